package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.store.KeyIndex;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Passes each value of a group on once, to the aggregate without DISTINCT. */
final class DistinctValues extends Accumulator {
    private final Accumulator inner;
    private final int arity;
    private final boolean ownIdentity;
    private final KeyIndex seen;

    DistinctValues(Accumulator inner, AggregateSpec spec, HeldMemory memory) {
        super(memory, 0);
        this.inner = inner;
        this.arity = spec.arguments().size();
        this.ownIdentity = !spec.identity().isEmpty();
        this.seen = new KeyIndex(1 + (ownIdentity ? spec.identity().size() : 1), memory);
    }

    @Override
    void add(List<Vector> evaluated, int[] positions, int[] groups) {
        Vector value = evaluated.getFirst();
        int[] present = new int[positions.length];
        int[] groupOf = new int[positions.length];
        int count = 0;
        for (int i = 0; i < positions.length; i++) {
            if (!value.isNull(positions[i])) {
                present[count] = positions[i];
                groupOf[count++] = groups[i];
            }
        }
        int known = seen.size();
        int[] numbers = seen.add(key(evaluated, positions, groups), Arrays.copyOf(present, count));
        int fresh = 0;
        for (int i = 0; i < count; i++) {
            if (numbers[i] == known) {
                known++;
                present[fresh] = present[i];
                groupOf[fresh++] = groupOf[i];
            }
        }
        inner.add(evaluated.subList(0, arity), Arrays.copyOf(present, fresh), Arrays.copyOf(groupOf, fresh));
    }

    private List<Vector> key(List<Vector> evaluated, int[] positions, int[] groups) {
        long[] groupAt = new long[evaluated.getFirst().length()];
        for (int i = 0; i < positions.length; i++) {
            groupAt[positions[i]] = groups[i];
        }
        List<Vector> key = new ArrayList<>();
        key.add(new Vector.LongVector(groupAt, NullMask.NONE, Vector.LongKind.INTEGER));
        key.addAll(ownIdentity ? evaluated.subList(arity, evaluated.size()) : evaluated.subList(0, 1));
        return key;
    }

    @Override
    void ensure(int groups) {
        inner.ensure(groups);
    }

    @Override
    Vector result(int from, int to) {
        return inner.result(from, to);
    }

    @Override
    void grow(int newCapacity) {}
}
