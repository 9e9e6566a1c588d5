package io.spangraph.engine.row;

import io.spangraph.model.value.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A few thousand rows as columns. A filter does not copy: it selects, so a loop runs over {@link #rowCount()} rows and
 * asks {@link #physicalRow(int)} where each lies in the vectors.
 */
public final class RowBatch {
    /** What a source aims at. */
    public static final int TARGET_ROWS = 4096;

    /** The positions of all rows of the last batch without a selection: most have one size, and nobody changes them. */
    private static volatile int[] allRows = new int[0];

    private final List<Vector> columns;
    private final int physicalRows;
    private final Optional<int[]> selection;

    private RowBatch(List<Vector> columns, int physicalRows, Optional<int[]> selection) {
        this.columns = List.copyOf(columns);
        this.physicalRows = physicalRows;
        this.selection = selection;
        for (Vector column : this.columns) {
            if (column.length() != physicalRows) {
                throw new IllegalArgumentException(
                        "a column of " + column.length() + " rows in a batch of " + physicalRows);
            }
        }
    }

    public static RowBatch of(List<Vector> columns, int rows) {
        return new RowBatch(columns, rows, Optional.empty());
    }

    /** The same columns with other or further vectors; the selection stays. */
    public RowBatch withColumns(List<Vector> others) {
        return new RowBatch(others, physicalRows, selection);
    }

    /** Keeps these rows only, given as positions in the vectors. */
    public RowBatch select(int[] physicalPositions) {
        return new RowBatch(columns, physicalRows, Optional.of(physicalPositions));
    }

    public int rowCount() {
        return selection.map(rows -> rows.length).orElse(physicalRows);
    }

    /** Rows of the vectors, selected or not. */
    public int physicalRows() {
        return physicalRows;
    }

    /** Where the i-th selected row lies in the vectors. */
    public int physicalRow(int row) {
        return selection.isPresent() ? selection.get()[row] : row;
    }

    /** Whether every row of the vectors counts, so that a loop need not look up where a row lies. */
    public boolean isWhole() {
        return selection.isEmpty();
    }

    /** Where all selected rows lie in the vectors, in order. Not to be changed: batches share it. */
    public int[] selectedRows() {
        return selection.orElseGet(() -> allRows(physicalRows));
    }

    private static int[] allRows(int count) {
        int[] known = allRows;
        if (known.length == count) {
            return known;
        }
        int[] all = new int[count];
        Arrays.setAll(all, row -> row);
        allRows = all;
        return all;
    }

    public Vector column(int position) {
        return columns.get(position);
    }

    public List<Vector> columns() {
        return columns;
    }

    public Value value(int row, int column) {
        return columns.get(column).value(physicalRow(row));
    }

    public long heapBytes() {
        long bytes = 0;
        for (Vector column : columns) {
            bytes += column.heapBytes();
        }
        return bytes;
    }

    /** What holding this batch costs besides its dictionaries, which other batches have as well. */
    public long heapBytesAlone() {
        long bytes = 0;
        for (Vector column : columns) {
            bytes += column instanceof Vector.DictionaryVector texts ? 4L * texts.length() : column.heapBytes();
        }
        return bytes;
    }
}
