package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.Vector;
import java.util.Arrays;
import java.util.List;

/** {@code count(*)}: every row counts. */
final class CountRows extends Accumulator {
    private long[] counts = new long[0];

    CountRows(HeldMemory memory) {
        super(memory, Long.BYTES);
    }

    @Override
    void add(List<Vector> arguments, int[] positions, int[] groups) {
        for (int group : groups) {
            counts[group]++;
        }
    }

    @Override
    Vector result(int from, int to) {
        return new Vector.LongVector(Arrays.copyOfRange(counts, from, to), NullMask.NONE, Vector.LongKind.INTEGER);
    }

    @Override
    void grow(int newCapacity) {
        counts = Arrays.copyOf(counts, newCapacity);
    }
}
