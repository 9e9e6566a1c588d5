package io.spangraph.engine.exec.store;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.DoubleVector;
import io.spangraph.model.value.Value;
import java.util.Arrays;

/** Floating point numbers. */
final class DoubleBuffer extends ColumnBuffer {
    private double[] values = new double[0];

    DoubleBuffer(HeldMemory memory) {
        super(memory, Double.BYTES);
    }

    @Override
    boolean accepts(Vector vector) {
        return vector instanceof DoubleVector;
    }

    @Override
    void copy(Vector vector, int[] positions) {
        double[] source = ((DoubleVector) vector).values();
        int end = rows();
        for (int position : positions) {
            values[end++] = source[position];
        }
    }

    @Override
    void grow(int newCapacity) {
        values = Arrays.copyOf(values, newCapacity);
    }

    @Override
    Value present(int row) {
        return Value.of(values[row]);
    }

    @Override
    Vector gather(int[] positions) {
        double[] gathered = new double[positions.length];
        for (int i = 0; i < gathered.length; i++) {
            gathered[i] = positions[i] < 0 ? 0 : values[positions[i]];
        }
        return new DoubleVector(gathered, nullMask(positions));
    }

    /** NaN is the largest number, and the two zeros are one. */
    @Override
    RowOrder presentOrder() {
        double[] sorted = values;
        return (left, right) -> sorted[left] == sorted[right] ? 0 : Double.compare(sorted[left], sorted[right]);
    }
}
