package io.spangraph.engine.exec.store;

import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.BooleanVector;
import io.spangraph.engine.row.Vector.ConstantVector;
import io.spangraph.engine.row.Vector.DictionaryVector;
import io.spangraph.engine.row.Vector.DoubleVector;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.engine.row.Vector.TextVector;
import io.spangraph.engine.row.Vector.ValueVector;
import io.spangraph.model.value.Value;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Copies chosen rows of a vector, in its own form; a dictionary is shared, not copied. */
public final class Gather {
    private Gather() {}

    /** The rows at these positions, which may repeat and stand in any order. */
    public static Vector rows(Vector vector, int[] positions) {
        return switch (vector) {
            case LongVector longs -> {
                long[] values = new long[positions.length];
                for (int i = 0; i < positions.length; i++) {
                    values[i] = longs.values()[positions[i]];
                }
                yield new LongVector(values, nulls(longs.nulls(), positions), longs.kind());
            }
            case DoubleVector doubles -> {
                double[] values = new double[positions.length];
                for (int i = 0; i < positions.length; i++) {
                    values[i] = doubles.values()[positions[i]];
                }
                yield new DoubleVector(values, nulls(doubles.nulls(), positions));
            }
            case BooleanVector booleans -> {
                boolean[] values = new boolean[positions.length];
                for (int i = 0; i < positions.length; i++) {
                    values[i] = booleans.values()[positions[i]];
                }
                yield new BooleanVector(values, nulls(booleans.nulls(), positions));
            }
            case DictionaryVector texts -> {
                int[] codes = new int[positions.length];
                for (int i = 0; i < positions.length; i++) {
                    codes[i] = texts.codes()[positions[i]];
                }
                yield new DictionaryVector(codes, texts.dictionary());
            }
            case TextVector texts -> {
                int[] offsets = new int[positions.length + 1];
                for (int i = 0; i < positions.length; i++) {
                    int length = texts.offsets()[positions[i] + 1] - texts.offsets()[positions[i]];
                    offsets[i + 1] = Math.addExact(offsets[i], length);
                }
                byte[] utf8 = new byte[offsets[positions.length]];
                for (int i = 0; i < positions.length; i++) {
                    System.arraycopy(
                            texts.utf8(), texts.offsets()[positions[i]], utf8, offsets[i], offsets[i + 1] - offsets[i]);
                }
                yield new TextVector(utf8, offsets, nulls(texts.nulls(), positions));
            }
            case ValueVector general -> {
                Value[] values = new Value[positions.length];
                for (int i = 0; i < positions.length; i++) {
                    values[i] = general.values()[positions[i]];
                }
                yield new ValueVector(values);
            }
            case ConstantVector constant -> new ConstantVector(constant.constant(), positions.length);
        };
    }

    /** As {@link #rows}, with null where a position is negative. */
    public static Vector rowsOrNull(Vector vector, int[] positions) {
        int lowest = 0;
        for (int position : positions) {
            lowest = Math.min(lowest, position);
        }
        if (lowest >= 0) {
            return rows(vector, positions);
        }
        BitSet absent = new BitSet(positions.length);
        int[] present = positions.clone();
        for (int i = 0; i < positions.length; i++) {
            if (positions[i] < 0) {
                absent.set(i);
                present[i] = 0;
            }
        }
        return absent.cardinality() == positions.length
                ? new ConstantVector(Value.NULL, positions.length)
                : withNulls(rows(vector, present), absent);
    }

    private static Vector withNulls(Vector vector, BitSet absent) {
        return switch (vector) {
            case LongVector longs ->
                new LongVector(longs.values(), or(longs.nulls(), absent), longs.kind(), longs.ofInts());
            case DoubleVector doubles -> new DoubleVector(doubles.values(), or(doubles.nulls(), absent));
            case BooleanVector booleans -> new BooleanVector(booleans.values(), or(booleans.nulls(), absent));
            case TextVector texts -> new TextVector(texts.utf8(), texts.offsets(), or(texts.nulls(), absent));
            case DictionaryVector(int[] codes, List<Value> dictionary) -> {
                absent.stream().forEach(row -> codes[row] = -1);
                yield new DictionaryVector(codes, dictionary);
            }
            case ValueVector(Value[] values) -> {
                absent.stream().forEach(row -> values[row] = Value.NULL);
                yield new ValueVector(values);
            }
            case ConstantVector(Value.StringValue constant, int length) -> {
                int[] codes = new int[length];
                absent.stream().forEach(row -> codes[row] = -1);
                yield new DictionaryVector(codes, List.of(constant));
            }
            case ConstantVector(Value constant, int length) -> {
                Value[] values = new Value[length];
                Arrays.setAll(values, row -> absent.get(row) ? Value.NULL : constant);
                yield new ValueVector(values);
            }
        };
    }

    private static NullMask or(NullMask mask, BitSet absent) {
        BitSet nulls = BitSet.valueOf(mask.words());
        nulls.or(absent);
        return NullMask.of(nulls);
    }

    private static NullMask nulls(NullMask mask, int[] positions) {
        if (mask.isEmpty()) {
            return NullMask.NONE;
        }
        BitSet nulls = new BitSet();
        for (int i = 0; i < positions.length; i++) {
            if (mask.isNull(positions[i])) {
                nulls.set(i);
            }
        }
        return NullMask.of(nulls);
    }
}
