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
public record FetchPlan(TableState table, SnapshotFiles files, List<NestedField> columns, Condition pin) {
    public FetchPlan {
        columns = List.copyOf(columns);
    }

    /** The file that a row reference names. */
    public PlannedFile file(int ordinal) {
        return files.file(ordinal)
                .orElseThrow(() -> QueryException.of(
                        QueryErrorCode.INTERNAL,
                        "A row reference names file " + ordinal + " of table '" + table.name()
                                + "', which has none of that number."));
    }
}
