package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.store.KeyIndex;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Groups its whole input and computes aggregates of each group. Without columns to group by there is exactly one group,
 * also over no rows. Groups come in the order of their first rows.
 */
public final class HashAggregate implements Operator {
    private final Operator input;
    private final List<GroupColumn> keys;
    private final RowLayout layout;
    private final QueryContext context;
    private final HeldMemory memory;
    private final KeyIndex groups;
    private final RowStore groupRows;
    private final AggregateStates states;
    private boolean drained;
    private int groupCount;
    private int emitted;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    /**
     * An aggregation of the input.
     *
     * @param keys in the order of the output; those that tell groups apart, and those that are carried along
     * @param layout of the output: the keys, then the aggregates
     */
    public HashAggregate(
            Operator input,
            List<GroupColumn> keys,
            List<AggregateSpec> aggregates,
            RowLayout layout,
            QueryContext context) {
        if (layout.width() != keys.size() + aggregates.size()) {
            throw new IllegalArgumentException(
                    keys.size() + " keys and " + aggregates.size() + " aggregates for the row " + layout);
        }
        this.input = input;
        this.keys = List.copyOf(keys);
        this.layout = layout;
        this.context = context;
        this.memory = new HeldMemory(context.memory(), "Aggregate");
        this.groups =
                new KeyIndex((int) keys.stream().filter(GroupColumn::identity).count(), memory);
        this.groupRows = new RowStore(keys.size(), memory);
        this.states = new AggregateStates(aggregates, memory, context.cancellation());
    }

    @Override
    public RowLayout layout() {
        return layout;
    }

    @Override
    public boolean advance() {
        if (!drained) {
            drained = true;
            drain();
        }
        context.cancellation().poll();
        int count = Math.min(RowBatch.TARGET_ROWS, groupCount - emitted);
        if (count == 0) {
            return false;
        }
        batch = results(emitted, emitted + count);
        emitted += count;
        return true;
    }

    private void drain() {
        if (keys.isEmpty()) {
            makeRoom(1);
        }
        while (input.advance()) {
            context.cancellation().poll();
            add(input.batch());
        }
        input.close();
    }

    private void add(RowBatch rows) {
        int[] positions = rows.selectedRows();
        if (positions.length == 0) {
            return;
        }
        int[] groupOf = groups.add(identity(rows), positions);
        noteFirstRows(rows, positions, groupOf);
        states.add(rows, positions, groupOf);
    }

    private List<Vector> identity(RowBatch rows) {
        return keys.stream()
                .filter(GroupColumn::identity)
                .map(key -> rows.column(key.position()))
                .toList();
    }

    /** Keeps the key columns of rows that open a group. */
    private void noteFirstRows(RowBatch rows, int[] positions, int[] groupOf) {
        int known = groupCount;
        int[] first = new int[positions.length];
        int count = 0;
        for (int i = 0; i < positions.length; i++) {
            if (groupOf[i] == known) {
                known++;
                first[count++] = positions[i];
            }
        }
        if (count > 0) {
            List<Vector> keyColumns =
                    keys.stream().map(key -> rows.column(key.position())).toList();
            groupRows.append(keyColumns, Arrays.copyOf(first, count));
            makeRoom(known);
        }
    }

    private void makeRoom(int groupsNow) {
        groupCount = groupsNow;
        states.ensure(groupsNow);
    }

    private RowBatch results(int from, int to) {
        List<Vector> columns = new ArrayList<>(layout.width());
        int[] rows = IntStream.range(from, to).toArray();
        for (int key = 0; key < keys.size(); key++) {
            columns.add(groupRows.gather(rows, key));
        }
        columns.addAll(states.results(from, to));
        return RowBatch.of(columns, to - from);
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public void close() {
        input.close();
        memory.close();
    }
}
