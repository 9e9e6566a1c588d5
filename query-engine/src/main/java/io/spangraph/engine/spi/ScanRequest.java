package io.spangraph.engine.spi;

import java.util.List;
import java.util.Objects;

/**
 * What a query wants of one table.
 *
 * @param pin whose rows; the source may use it to skip data, the engine checks it on every row all the same
 * @param predicate the source skips what it can and says in {@link ScanPlan#residual()} what it does not promise
 * @param present columns that are null in none of the rows that the source gives: this it promises
 * @param columns base columns, in the order in which batches hold them
 * @param rowReferences whether batches end with a further column of row references, as longs
 */
public record ScanRequest(
        TableSnapshot snapshot,
        Pin pin,
        ScanPredicate predicate,
        List<String> present,
        List<String> columns,
        boolean rowReferences) {
    public ScanRequest {
        Objects.requireNonNull(pin, "a scan without a pin");
        present = List.copyOf(present);
        columns = List.copyOf(columns);
    }

    /** For rows whose columns may all be null. */
    public ScanRequest(
            TableSnapshot snapshot, Pin pin, ScanPredicate predicate, List<String> columns, boolean rowReferences) {
        this(snapshot, pin, predicate, List.of(), columns, rowReferences);
    }
}
