package io.spangraph.engine.spi;

import java.util.List;
import java.util.Objects;

/**
 * What a query wants of one table.
 *
 * @param pin whose rows; the source may use it to skip data, the engine checks it on every row all the same
 * @param predicate the source skips what it can and says in {@link ScanPlan#residual()} what it does not promise
 * @param columns base columns, in the order in which batches hold them
 * @param rowReferences whether batches end with a further column of row references, as longs
 */
public record ScanRequest(
        TableSnapshot snapshot, Pin pin, ScanPredicate predicate, List<String> columns, boolean rowReferences) {
    public ScanRequest {
        Objects.requireNonNull(pin, "a scan without a pin");
        columns = List.copyOf(columns);
    }
}
