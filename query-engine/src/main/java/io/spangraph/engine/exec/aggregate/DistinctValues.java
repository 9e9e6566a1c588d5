package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.store.KeyIndex;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import java.util.ArrayList;
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
        int[] present = new int[rows.count()];
        int[] groupOf = new int[rows.count()];
        int count = 0;
        for (int i = 0; i < rows.count(); i++) {
            if (!value.isNull(rows.positions()[i])) {
                present[count] = rows.positions()[i];
                groupOf[count++] = rows.groups()[i];
            }
        }
        int known = seen.size();
        int[] numbers = seen.add(key(evaluated, rows), Arrays.copyOf(present, count));
        int fresh = 0;
        for (int i = 0; i < count; i++) {
            if (numbers[i] == known) {
                known++;
                present[fresh] = present[i];
                groupOf[fresh++] = groupOf[i];
            }
        }
        if (fresh > 0) {
            pass(evaluated, Arrays.copyOf(present, fresh), groupOf);
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

    private List<Vector> key(List<Vector> evaluated, GroupedRows rows) {
        long[] groupAt = new long[evaluated.getFirst().length()];
        for (int i = 0; i < rows.count(); i++) {
            groupAt[rows.positions()[i]] = rows.groups()[i];
        }
        List<Vector> key = new ArrayList<>();
        key.add(new Vector.LongVector(groupAt, NullMask.NONE, Vector.LongKind.INTEGER));
        key.addAll(ownIdentity ? evaluated.subList(arity, evaluated.size()) : evaluated.subList(0, 1));
        return key;
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
