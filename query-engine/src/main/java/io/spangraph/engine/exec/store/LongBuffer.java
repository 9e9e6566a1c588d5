package io.spangraph.engine.exec.store;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.model.value.Value;
import java.util.Arrays;

/** Integers, dates and times. */
final class LongBuffer extends ColumnBuffer {
    private final LongKind kind;
    private long[] values = new long[0];

    LongBuffer(HeldMemory memory, LongKind kind) {
        super(memory, Long.BYTES);
        this.kind = kind;
    }

    @Override
    boolean accepts(Vector vector) {
        return vector instanceof LongVector longs && longs.kind() == kind;
    }

    @Override
    void copy(Vector vector, int[] positions) {
        long[] source = ((LongVector) vector).values();
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
        return gather(new int[] {row}).value(0);
    }

    @Override
    Vector gather(int[] positions) {
        long[] gathered = new long[positions.length];
        long[] source = values;
        for (int i = 0; i < gathered.length; i++) {
            int row = positions[i];
            gathered[i] = row < 0 ? 0 : source[row];
        }
        return new LongVector(gathered, nullMask(positions), kind);
    }

    LongKind kind() {
        return kind;
    }

    /** By row; those of null rows may be anything. */
    long[] values() {
        return values;
    }

    @Override
    RowOrder presentOrder() {
        long[] sorted = values;
        return (left, right) -> Long.compare(sorted[left], sorted[right]);
    }
}
