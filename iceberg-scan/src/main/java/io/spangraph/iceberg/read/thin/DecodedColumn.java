package io.spangraph.iceberg.read.thin;

import io.spangraph.iceberg.cache.ScanCache.Cached;
import io.spangraph.iceberg.parquet.ColumnValues;
import io.spangraph.iceberg.parquet.RowRanges;
import io.spangraph.iceberg.read.columns.ValueGather;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All values of a column in a row group, in the table's unit. They lie in windows of rows as they were decoded, so that a
 * later scan with the same windows gets the arrays as they are.
 */
record DecodedColumn(List<ColumnValues> windows, int windowRows, long heapBytes) implements Cached {
    DecodedColumn {
        windows = List.copyOf(windows);
    }

    static DecodedColumn of(List<ColumnValues> windows, int windowRows) {
        long bytes = 64;
        for (ColumnValues window : windows) {
            bytes += heapBytes(window);
        }
        if (!windows.isEmpty() && windows.getFirst() instanceof ColumnValues.Codes codes) {
            bytes += codes.dictionary().heapBytes();
        }
        return new DecodedColumn(windows.stream().map(DecodedColumn::measured).toList(), windowRows, bytes);
    }

    private static ColumnValues measured(ColumnValues values) {
        return values instanceof ColumnValues.Longs longs ? longs.measured() : values;
    }

    private static long heapBytes(ColumnValues values) {
        return switch (values) {
            case ColumnValues.Longs longs -> 8L * longs.rows();
            case ColumnValues.Doubles doubles -> 8L * doubles.rows();
            case ColumnValues.Booleans booleans -> booleans.rows();
            case ColumnValues.Codes codes -> 4L * codes.rows();
            case ColumnValues.Bytes bytes -> bytes.data().length + 4L * bytes.rows();
        };
    }

    /** The values of some rows, in order. */
    ColumnValues read(RowRanges rows) {
        if (rows.size() == 1 && rows.from(0) % windowRows == 0) {
            int window = (int) (rows.from(0) / windowRows);
            if (window < windows.size() && windows.get(window).rows() == rows.rowCount()) {
                return windows.get(window);
            }
        }
        List<ColumnValues> pieces = new ArrayList<>();
        int[] picked = new int[(int) Math.min(windowRows, rows.rowCount())];
        int count = 0;
        int window = 0;
        for (int range = 0; range < rows.size(); range++) {
            long from = rows.from(range);
            while (from < rows.to(range)) {
                int next = (int) (from / windowRows);
                if (next != window && count > 0) {
                    pieces.add(pick(window, picked, count));
                    count = 0;
                }
                window = next;
                long start = (long) window * windowRows;
                long to = Math.min(rows.to(range), start + windowRows);
                for (; from < to; from++) {
                    picked[count++] = (int) (from - start);
                }
            }
        }
        pieces.add(pick(window, picked, count));
        return ValueGather.concat(pieces);
    }

    private ColumnValues pick(int window, int[] rows, int count) {
        ColumnValues values = windows.get(window);
        return count == values.rows() ? values : ValueGather.gather(values, Arrays.copyOf(rows, count));
    }
}
