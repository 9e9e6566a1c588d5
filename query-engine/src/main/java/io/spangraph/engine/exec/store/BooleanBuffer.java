package io.spangraph.engine.exec.store;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.BooleanVector;
import io.spangraph.model.value.Value;
import java.util.Arrays;

/** Truth values. */
final class BooleanBuffer extends ColumnBuffer {
    private boolean[] values = new boolean[0];

    BooleanBuffer(HeldMemory memory) {
        super(memory, 1);
    }

    @Override
    boolean accepts(Vector vector) {
        return vector instanceof BooleanVector;
    }

    @Override
    void copy(Vector vector, int[] positions) {
        boolean[] source = ((BooleanVector) vector).values();
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
        boolean[] gathered = new boolean[positions.length];
        for (int i = 0; i < gathered.length; i++) {
            gathered[i] = positions[i] >= 0 && values[positions[i]];
        }
        return new BooleanVector(gathered, nullMask(positions));
    }

    @Override
    RowOrder presentOrder() {
        boolean[] sorted = values;
        return (left, right) -> Boolean.compare(sorted[left], sorted[right]);
    }
}
