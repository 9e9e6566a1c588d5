package io.spangraph.iceberg.read.columns;

import io.spangraph.iceberg.parquet.ColumnValues;
import io.spangraph.iceberg.parquet.Nulls;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Picks rows of decoded values. */
public final class ValueGather {
    private ValueGather() {}

    /** @param rows positions in the values, in ascending order */
    public static ColumnValues gather(ColumnValues values, int[] rows) {
        return switch (values) {
            case ColumnValues.Longs longs -> {
                long[] picked = new long[rows.length];
                for (int i = 0; i < rows.length; i++) {
                    picked[i] = longs.values()[rows[i]];
                }
                yield new ColumnValues.Longs(picked, nulls(longs.nulls(), rows));
            }
            case ColumnValues.Doubles doubles -> {
                double[] picked = new double[rows.length];
                for (int i = 0; i < rows.length; i++) {
                    picked[i] = doubles.values()[rows[i]];
                }
                yield new ColumnValues.Doubles(picked, nulls(doubles.nulls(), rows));
            }
            case ColumnValues.Booleans booleans -> {
                boolean[] picked = new boolean[rows.length];
                for (int i = 0; i < rows.length; i++) {
                    picked[i] = booleans.values()[rows[i]];
                }
                yield new ColumnValues.Booleans(picked, nulls(booleans.nulls(), rows));
            }
            case ColumnValues.Codes codes -> {
                int[] picked = new int[rows.length];
                int nulls = 0;
                for (int i = 0; i < rows.length; i++) {
                    picked[i] = codes.codes()[rows[i]];
                    nulls += picked[i] >>> 31;
                }
                yield new ColumnValues.Codes(picked, codes.dictionary(), nulls);
            }
            case ColumnValues.Bytes bytes -> bytes(bytes, rows);
        };
    }

    private static ColumnValues.Bytes bytes(ColumnValues.Bytes bytes, int[] rows) {
        int[] from = bytes.offsets();
        int[] offsets = new int[rows.length + 1];
        for (int i = 0; i < rows.length; i++) {
            offsets[i + 1] = offsets[i] + from[rows[i] + 1] - from[rows[i]];
        }
        byte[] data = new byte[offsets[rows.length]];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(bytes.data(), from[rows[i]], data, offsets[i], offsets[i + 1] - offsets[i]);
        }
        return new ColumnValues.Bytes(data, offsets, nulls(bytes.nulls(), rows));
    }

    /** The values of rows that follow each other. */
    public static ColumnValues slice(ColumnValues values, int from, int to) {
        if (from == 0 && to == values.rows()) {
            return values;
        }
        int[] rows = new int[to - from];
        Arrays.setAll(rows, row -> from + row);
        return gather(values, rows);
    }

    /** The values of pieces of one kind, one after the other; codes are of one dictionary. */
    public static ColumnValues concat(List<ColumnValues> pieces) {
        if (pieces.size() == 1) {
            return pieces.getFirst();
        }
        int rows = pieces.stream().mapToInt(ColumnValues::rows).sum();
        return switch (pieces.getFirst()) {
            case ColumnValues.Longs first -> {
                long[] all = new long[rows];
                copy(pieces, all, piece -> ((ColumnValues.Longs) piece).values());
                yield new ColumnValues.Longs(all, nulls(pieces, rows));
            }
            case ColumnValues.Doubles first -> {
                double[] all = new double[rows];
                copy(pieces, all, piece -> ((ColumnValues.Doubles) piece).values());
                yield new ColumnValues.Doubles(all, nulls(pieces, rows));
            }
            case ColumnValues.Booleans first -> {
                boolean[] all = new boolean[rows];
                copy(pieces, all, piece -> ((ColumnValues.Booleans) piece).values());
                yield new ColumnValues.Booleans(all, nulls(pieces, rows));
            }
            case ColumnValues.Codes first -> {
                int[] all = new int[rows];
                copy(pieces, all, piece -> ((ColumnValues.Codes) piece).codes());
                int nulls = pieces.stream()
                        .mapToInt(piece -> ((ColumnValues.Codes) piece).nullCount())
                        .sum();
                yield new ColumnValues.Codes(all, first.dictionary(), nulls);
            }
            case ColumnValues.Bytes bytes -> throw new IllegalArgumentException("plain texts are not kept");
        };
    }

    private static void copy(List<ColumnValues> pieces, Object target, Function<ColumnValues, Object> array) {
        int at = 0;
        for (ColumnValues piece : pieces) {
            System.arraycopy(array.apply(piece), 0, target, at, piece.rows());
            at += piece.rows();
        }
    }

    private static Nulls nulls(List<ColumnValues> pieces, int rows) {
        long[] words = new long[(rows + 63) >> 6];
        int at = 0;
        for (ColumnValues piece : pieces) {
            for (int row = 0; piece.hasNulls() && row < piece.rows(); row++) {
                if (piece.isNull(row)) {
                    words[(at + row) >> 6] |= 1L << (at + row);
                }
            }
            at += piece.rows();
        }
        return Nulls.of(words);
    }

    private static Nulls nulls(Nulls nulls, int[] rows) {
        if (!nulls.any()) {
            return nulls;
        }
        long[] words = new long[(rows.length + 63) >> 6];
        for (int i = 0; i < rows.length; i++) {
            if (nulls.isNull(rows[i])) {
                words[i >> 6] |= 1L << i;
            }
        }
        return Nulls.of(words);
    }
}
