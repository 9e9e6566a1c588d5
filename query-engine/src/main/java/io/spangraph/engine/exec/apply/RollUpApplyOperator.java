package io.spangraph.engine.exec.apply;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.aggregate.AggregateSpec;
import io.spangraph.engine.exec.aggregate.AggregateStates;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.ConstantVector;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Each outer row with one value made of its inner rows, which are added up by their ordinals as they come. */
public final class RollUpApplyOperator implements Operator {
    private final Operator inner;
    private final RowLayout layout;
    private final OptionalInt ordinalPosition;
    private final QueryContext context;
    private final OuterRows outerRows;
    private final HeldMemory memory;
    private final AggregateStates states;
    private boolean innerDone;
    private int next;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    /**
     * An apply that adds up.
     *
     * @param result over the inner rows
     * @param layout the outer columns, then the result's
     * @param ordinalPosition of the ordinal in the inner rows; empty if these are the same for every outer row
     */
    public RollUpApplyOperator(
            Operator outer,
            ArgumentOperator argument,
            Operator inner,
            AggregateSpec result,
            RowLayout layout,
            OptionalInt ordinalPosition,
            QueryContext context) {
        this.inner = inner;
        this.layout = layout;
        this.ordinalPosition = ordinalPosition;
        this.context = context;
        this.outerRows = new OuterRows(outer, context, "RollUpApply");
        this.memory = new HeldMemory(context.memory(), "RollUpApply");
        this.states = new AggregateStates(List.of(result), memory, context.cancellation());
        argument.supply(outerRows::rows);
    }

    @Override
    public RowLayout layout() {
        return layout;
    }

    @Override
    public boolean advance() {
        context.cancellation().poll();
        int rows = outerRows.rows().rows();
        int end = Math.min(rows, next + RowBatch.TARGET_ROWS);
        if (next >= end) {
            return false;
        }
        if (!innerDone) {
            innerDone = true;
            states.ensure(ordinalPosition.isPresent() ? rows : 1);
            addUp();
        }
        List<Vector> columns = new ArrayList<>(
                outerRows.rows().gather(IntStream.range(next, end).toArray()).columns());
        columns.addAll(results(next, end));
        batch = RowBatch.of(columns, end - next);
        next = end;
        return true;
    }

    private void addUp() {
        while (inner.advance()) {
            context.cancellation().poll();
            RowBatch rows = inner.batch();
            int[] groups = ordinalPosition.isPresent()
                    ? OuterRows.ordinals(rows, ordinalPosition.getAsInt())
                    : new int[rows.rowCount()];
            states.add(rows, rows.selectedRows(), groups);
        }
        inner.close();
    }

    private List<Vector> results(int from, int to) {
        return ordinalPosition.isPresent()
                ? states.results(from, to)
                : states.results(0, 1).stream()
                        .<Vector>map(only -> new ConstantVector(only.value(0), to - from))
                        .toList();
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public void close() {
        try {
            inner.close();
        } finally {
            memory.close();
            outerRows.close();
        }
    }
}
