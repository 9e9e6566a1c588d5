package io.spangraph.engine.exec.store;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;

/** A column of which only nulls came so far, so that its form is still open. */
final class NullBuffer extends ColumnBuffer {
    NullBuffer(HeldMemory memory) {
        super(memory, 0);
    }

    @Override
    boolean accepts(Vector vector) {
        return false;
    }

    @Override
    void copy(Vector vector, int[] positions) {
        throw new IllegalStateException("a column without a form takes nulls only");
    }

    @Override
    void grow(int newCapacity) {}

    @Override
    Value present(int row) {
        throw new IllegalStateException("row " + row + " is null");
    }

    @Override
    Vector gather(int[] positions) {
        return new Vector.ConstantVector(Value.NULL, positions.length);
    }

    @Override
    RowOrder presentOrder() {
        return (left, right) -> 0;
    }
}
