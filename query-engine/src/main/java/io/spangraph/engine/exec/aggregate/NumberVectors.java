package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.util.BitSet;

/** Gives results the form of numbers where they are, so that what follows has its fast paths. */
final class NumberVectors {
    private NumberVectors() {}

    static Vector of(Value[] values) {
        BitSet nulls = new BitSet();
        boolean integers = true;
        boolean floats = true;
        for (int i = 0; i < values.length; i++) {
            nulls.set(i, values[i].isNull());
            integers &= values[i].isNull() || values[i] instanceof Value.IntegerValue;
            floats &= values[i].isNull() || values[i] instanceof Value.FloatValue;
        }
        if (integers) {
            long[] longs = new long[values.length];
            for (int i = 0; i < longs.length; i++) {
                longs[i] = values[i] instanceof Value.IntegerValue(long number) ? number : 0;
            }
            return new Vector.LongVector(longs, NullMask.of(nulls), Vector.LongKind.INTEGER);
        }
        if (floats) {
            double[] doubles = new double[values.length];
            for (int i = 0; i < doubles.length; i++) {
                doubles[i] = values[i] instanceof Value.FloatValue(double number) ? number : 0;
            }
            return new Vector.DoubleVector(doubles, NullMask.of(nulls));
        }
        return new Vector.ValueVector(values);
    }
}
