package io.spangraph.engine.reference;

import io.spangraph.engine.spi.RowReference;
import io.spangraph.model.table.TableSchema;
import io.spangraph.model.value.Value;
import java.util.List;
import java.util.Map;

/**
 * A small table in memory: what the reference evaluator reads, and what an in-memory source serves to the engine.
 *
 * @param rows values by column; a column that is left out is null
 * @param rowsPerFile how many rows a file of the table has, from which rows have the references that a source gives them
 */
public record ReferenceTable(TableSchema schema, List<Map<String, Value>> rows, int rowsPerFile) {
    public ReferenceTable {
        rows = rows.stream().map(Map::copyOf).toList();
        if (rowsPerFile < 1) {
            throw new IllegalArgumentException("a file needs at least one row, not " + rowsPerFile);
        }
    }

    /** The reference of a row by its place in the table. */
    public long reference(int row) {
        return RowReference.of(row / rowsPerFile, row % rowsPerFile);
    }
}
