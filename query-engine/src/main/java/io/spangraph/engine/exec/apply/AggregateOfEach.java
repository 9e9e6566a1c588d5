package io.spangraph.engine.exec.apply;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.aggregate.AggregateSpec;
import io.spangraph.engine.exec.aggregate.AggregateStates;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.engine.row.Vector.LongVector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.LongStream;

/**
 * An aggregation without keys inside a subquery: exactly one row for each outer row, also for those without inner rows.
 */
public final class AggregateOfEach implements Operator {
    private final Operator input;
    private final int ordinalPosition;
    private final RowLayout layout;
    private final IntSupplier outerRows;
    private final QueryContext context;
    private final HeldMemory memory;
    private final AggregateStates states;
    private boolean drained;
    private int groups;
    private int next;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    /**
     * An aggregation of the rows of each ordinal.
     *
     * @param layout the ordinal, then the aggregates
     * @param outerRows how many ordinals there are
     */
    public AggregateOfEach(
            Operator input,
            int ordinalPosition,
            List<AggregateSpec> aggregates,
            RowLayout layout,
            IntSupplier outerRows,
            QueryContext context) {
        this.input = input;
        this.ordinalPosition = ordinalPosition;
        this.layout = layout;
        this.outerRows = outerRows;
        this.context = context;
        this.memory = new HeldMemory(context.memory(), "Aggregate");
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
        int end = Math.min(groups, next + RowBatch.TARGET_ROWS);
        if (next >= end) {
            return false;
        }
        List<Vector> columns = new ArrayList<>(layout.width());
        columns.add(new LongVector(LongStream.range(next, end).toArray(), NullMask.NONE, LongKind.INTEGER));
        columns.addAll(states.results(next, end));
        batch = RowBatch.of(columns, end - next);
        next = end;
        return true;
    }

    private void drain() {
        groups = outerRows.getAsInt();
        states.ensure(groups);
        while (input.advance()) {
            context.cancellation().poll();
            RowBatch rows = input.batch();
            states.add(rows, rows.selectedRows(), OuterRows.ordinals(rows, ordinalPosition));
        }
        input.close();
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public void close() {
        try {
            input.close();
        } finally {
            memory.close();
        }
    }
}
