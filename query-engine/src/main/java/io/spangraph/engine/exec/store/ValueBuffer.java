package io.spangraph.engine.exec.store;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.ValueSize;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.util.Arrays;

/** Values of any type, for what has no better form. */
final class ValueBuffer extends ColumnBuffer {
    private Value[] values = new Value[0];

    ValueBuffer(HeldMemory memory) {
        super(memory, Long.BYTES);
    }

    @Override
    boolean accepts(Vector vector) {
        return true;
    }

    @Override
    void copy(Vector vector, int[] positions) {
        int end = rows();
        // A dictionary and a constant hand out the same objects again and again.
        boolean shared = vector instanceof Vector.DictionaryVector || vector instanceof Vector.ConstantVector;
        long bytes = 0;
        for (int position : positions) {
            Value value = vector.value(position);
            bytes += shared ? 0 : ValueSize.of(value);
            values[end++] = value;
        }
        reserve(shared ? vector.heapBytes() : bytes);
    }

    @Override
    void grow(int newCapacity) {
        int old = values.length;
        values = Arrays.copyOf(values, newCapacity);
        Arrays.fill(values, old, newCapacity, Value.NULL);
    }

    @Override
    Value present(int row) {
        return values[row];
    }

    @Override
    Vector gather(int[] positions) {
        return new Vector.ValueVector(values(positions));
    }

    @Override
    RowOrder presentOrder() {
        Value[] sorted = values;
        return (left, right) -> Values.compareForOrder(sorted[left], sorted[right]);
    }
}
