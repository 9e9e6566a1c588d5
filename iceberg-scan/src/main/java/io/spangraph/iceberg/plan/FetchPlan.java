package io.spangraph.iceberg.plan;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.iceberg.catalog.TableState;
import java.util.List;
import org.apache.iceberg.types.Types.NestedField;

/**
 * What is needed to read rows by their references.
 *
 * @param pin has to be true of each row
 */
public record FetchPlan(TableState table, SnapshotPlan snapshot, List<NestedField> columns, Condition pin) {
    public FetchPlan {
        columns = List.copyOf(columns);
    }

    /** The file that a row reference names. */
    public PlannedFile file(int ordinal) {
        if (ordinal >= snapshot.files().size()) {
            throw QueryException.of(
                    QueryErrorCode.INTERNAL,
                    "A row reference names file " + ordinal + " of table '" + table.name() + "', whose snapshot has "
                            + snapshot.files().size() + ".");
        }
        return snapshot.files().get(ordinal);
    }
}
