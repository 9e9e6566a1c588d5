package io.spangraph.iceberg.read;

import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.util.BitSet;
import java.util.List;

/** Picks rows from vectors of several batches into one vector, which is of the same kind where all of them are. */
final class VectorGather {
    private VectorGather() {}

    static Vector gather(List<Vector> parts, int[] fromPart, int[] fromRow) {
        if (parts.stream().allMatch(Vector.LongVector.class::isInstance) && !parts.isEmpty()) {
            return longs(parts.stream().map(Vector.LongVector.class::cast).toList(), fromPart, fromRow);
        }
        if (parts.stream().allMatch(Vector.DoubleVector.class::isInstance) && !parts.isEmpty()) {
            return doubles(parts.stream().map(Vector.DoubleVector.class::cast).toList(), fromPart, fromRow);
        }
        if (parts.stream().allMatch(Vector.BooleanVector.class::isInstance) && !parts.isEmpty()) {
            return booleans(parts.stream().map(Vector.BooleanVector.class::cast).toList(), fromPart, fromRow);
        }
        Value[] values = new Value[fromPart.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = parts.get(fromPart[i]).value(fromRow[i]);
        }
        return new Vector.ValueVector(values);
    }

    private static Vector longs(List<Vector.LongVector> parts, int[] fromPart, int[] fromRow) {
        long[] values = new long[fromPart.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = parts.get(fromPart[i]).values()[fromRow[i]];
        }
        return new Vector.LongVector(
                values, nulls(parts, fromPart, fromRow), parts.getFirst().kind());
    }

    private static Vector doubles(List<Vector.DoubleVector> parts, int[] fromPart, int[] fromRow) {
        double[] values = new double[fromPart.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = parts.get(fromPart[i]).values()[fromRow[i]];
        }
        return new Vector.DoubleVector(values, nulls(parts, fromPart, fromRow));
    }

    private static Vector booleans(List<Vector.BooleanVector> parts, int[] fromPart, int[] fromRow) {
        boolean[] values = new boolean[fromPart.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = parts.get(fromPart[i]).values()[fromRow[i]];
        }
        return new Vector.BooleanVector(values, nulls(parts, fromPart, fromRow));
    }

    private static NullMask nulls(List<? extends Vector> parts, int[] fromPart, int[] fromRow) {
        BitSet nulls = new BitSet();
        for (int i = 0; i < fromPart.length; i++) {
            if (parts.get(fromPart[i]).isNull(fromRow[i])) {
                nulls.set(i);
            }
        }
        return NullMask.of(nulls);
    }
}
