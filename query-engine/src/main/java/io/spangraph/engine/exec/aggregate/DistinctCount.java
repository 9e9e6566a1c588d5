package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.store.ValueSet;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.Vector;
import java.util.List;

/**
 * {@code count(DISTINCT x)} where there is one group only: the size of a set of values, without a pair of group and value
 * for each.
 */
final class DistinctCount extends Accumulator {
    private final ValueSet values;

    DistinctCount(HeldMemory memory) {
        super(memory, 0);
        this.values = new ValueSet(memory);
    }

    @Override
    void add(List<Vector> arguments, GroupedRows rows) {
        values.add(arguments.getFirst(), rows.positions(), rows.whole());
    }

    @Override
    void merge(Accumulator other, int count, int[] groupOf) {
        values.addAll(((DistinctCount) other).values);
    }

    @Override
    Vector result(int from, int to) {
        return new Vector.LongVector(new long[] {values.presentValues()}, NullMask.NONE, Vector.LongKind.INTEGER);
    }

    @Override
    void grow(int newCapacity) {}
}
