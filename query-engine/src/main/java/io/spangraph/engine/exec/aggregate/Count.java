package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.Vector;
import java.util.Arrays;
import java.util.List;

/** {@code count(x)}: every row counts where x is not null. */
final class Count extends Accumulator {
    private long[] counts = new long[0];

    Count(HeldMemory memory) {
        super(memory, Long.BYTES);
    }

    @Override
    void add(List<Vector> arguments, int[] positions, int[] groups) {
        Vector counted = arguments.getFirst();
        for (int i = 0; i < groups.length; i++) {
            if (!counted.isNull(positions[i])) {
                counts[groups[i]]++;
            }
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
