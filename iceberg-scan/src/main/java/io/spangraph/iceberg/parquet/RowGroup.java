package io.spangraph.iceberg.parquet;

import java.util.List;

/**
 * Rows of a file that are stored together, column by column.
 *
 * @param firstRow position in the file of its first row
 * @param chunks one per leaf, by the leaf's index
 */
public record RowGroup(int ordinal, long firstRow, long rows, List<ColumnChunk> chunks, long compressedBytes) {
    public RowGroup {
        chunks = List.copyOf(chunks);
    }
}
