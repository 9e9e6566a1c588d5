package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.store.KeyIndex;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Passes each value of a group on once, to the aggregate without DISTINCT. A state that is to be merged keeps the values
 * instead: only the state that it is merged into knows which of them are new.
 */
final class DistinctValues extends Accumulator {
    private final Accumulator inner;
    private final int arity;
    private final boolean ownIdentity;
    private final boolean partial;
    private final KeyIndex seen;
    private final RowStore kept;
    /** The group of each row that is kept. */
    private int[] groupOfKept = new int[0];

    private int[] numbers = new int[0];
    private int groups;

    DistinctValues(Accumulator inner, AggregateSpec spec, HeldMemory memory, boolean partial) {
        super(memory, 0);
        this.inner = inner;
        this.arity = spec.arguments().size();
        this.ownIdentity = !spec.identity().isEmpty();
        this.partial = partial;
        this.seen = new KeyIndex(1 + (ownIdentity ? spec.identity().size() : 1), memory);
        this.kept = new RowStore(spec.evaluated().size(), memory);
    }

    @Override
    void add(List<Vector> evaluated, GroupedRows rows) {
        Vector value = evaluated.getFirst();
        if (numbers.length < rows.count()) {
            numbers = new int[rows.count()];
        }
        System.arraycopy(rows.groups(), 0, numbers, 0, rows.count());
        int before = seen.size();
        List<Vector> identity = ownIdentity ? evaluated.subList(arity, evaluated.size()) : evaluated.subList(0, 1);
        seen.addWithin(groups, identity, rows.positions(), rows.whole(), numbers);
        if (seen.size() == before) {
            return;
        }
        int[] fresh = new int[rows.count()];
        int[] groupOf = new int[rows.count()];
        int known = before;
        int count = 0;
        for (int i = 0; i < rows.count(); i++) {
            if (numbers[i] == known) {
                known++;
                // Null is a value of its own to the index, and none to the aggregate.
                if (!value.isNull(rows.positions()[i])) {
                    fresh[count] = rows.positions()[i];
                    groupOf[count++] = rows.groups()[i];
                }
            }
        }
        if (count > 0) {
            pass(evaluated, Arrays.copyOf(fresh, count), groupOf);
        }
    }

    private void pass(List<Vector> evaluated, int[] fresh, int[] groupOf) {
        if (!partial) {
            inner.add(evaluated.subList(0, arity), GroupedRows.of(fresh, groupOf));
            return;
        }
        int first = kept.rows();
        if (first + fresh.length > groupOfKept.length) {
            int grown = Math.max(first + fresh.length, first + first / 2);
            reserve((long) Integer.BYTES * (grown - groupOfKept.length));
            groupOfKept = Arrays.copyOf(groupOfKept, grown);
        }
        System.arraycopy(groupOf, 0, groupOfKept, first, fresh.length);
        kept.append(evaluated, fresh);
    }

    @Override
    void merge(Accumulator other, int count, int[] groupOf) {
        DistinctValues others = (DistinctValues) other;
        for (int from = 0; from < others.kept.rows(); from += RowBatch.TARGET_ROWS) {
            int to = Math.min(others.kept.rows(), from + RowBatch.TARGET_ROWS);
            RowBatch values = others.kept.gather(IntStream.range(from, to).toArray());
            int[] groups = new int[to - from];
            for (int i = 0; i < groups.length; i++) {
                groups[i] = groupOf[others.groupOfKept[from + i]];
            }
            add(values.columns(), GroupedRows.of(values.selectedRows(), groups));
        }
    }

    @Override
    void ensure(int groupsNow) {
        groups = groupsNow;
        inner.ensure(groupsNow);
    }

    @Override
    Vector result(int from, int to) {
        return inner.result(from, to);
    }

    @Override
    void grow(int newCapacity) {}
}
