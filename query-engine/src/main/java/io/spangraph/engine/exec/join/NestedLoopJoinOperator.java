package io.spangraph.engine.exec.join;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.RowSelection;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.store.Gather;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every pair of rows that satisfies a condition, for joins without a key. The right side is held in memory and not read
 * when there is nothing on the left.
 */
public final class NestedLoopJoinOperator implements Operator {
    private final Operator left;
    private final Operator right;
    private final Optional<CompiledExpression> condition;
    private final RowLayout layout;
    private final QueryContext context;
    private final HeldMemory memory;
    private final RowStore rightRows;
    private boolean rightRead;
    private boolean done;
    private int[] leftPositions = new int[0];
    private int nextLeft;
    private int nextRight;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    /**
     * A join of two inputs.
     *
     * @param condition over the columns of the layout; without it every pair is given
     * @param layout columns of the left side, then those of the right side
     */
    public NestedLoopJoinOperator(
            Operator left,
            Operator right,
            Optional<CompiledExpression> condition,
            RowLayout layout,
            QueryContext context) {
        int width = left.layout().width() + right.layout().width();
        if (layout.width() != width) {
            throw new IllegalArgumentException("a row of " + width + " columns for the layout " + layout);
        }
        this.left = left;
        this.right = right;
        this.condition = condition;
        this.layout = layout;
        this.context = context;
        this.memory = new HeldMemory(context.memory(), "NestedLoopJoin");
        this.rightRows = new RowStore(right.layout().width(), memory);
    }

    @Override
    public RowLayout layout() {
        return layout;
    }

    @Override
    public boolean advance() {
        while (!done) {
            context.cancellation().poll();
            if (nextLeft == leftPositions.length) {
                advanceLeft();
                continue;
            }
            batch = satisfying(nextPairs());
            if (batch.rowCount() > 0) {
                return true;
            }
        }
        return false;
    }

    private void advanceLeft() {
        if (!left.advance()) {
            done = true;
            return;
        }
        leftPositions = left.batch().selectedRows();
        nextLeft = 0;
        nextRight = 0;
        if (leftPositions.length > 0 && !rightRead) {
            rightRead = true;
            readRight();
            done = rightRows.rows() == 0;
        }
    }

    private void readRight() {
        while (right.advance()) {
            context.cancellation().poll();
            rightRows.append(right.batch());
        }
        right.close();
    }

    private RowBatch nextPairs() {
        long open = (long) (leftPositions.length - nextLeft) * rightRows.rows() - nextRight;
        int count = (int) Math.min(RowBatch.TARGET_ROWS, open);
        int[] leftOf = new int[count];
        int[] rightOf = new int[count];
        for (int i = 0; i < count; i++) {
            leftOf[i] = leftPositions[nextLeft];
            rightOf[i] = nextRight++;
            if (nextRight == rightRows.rows()) {
                nextRight = 0;
                nextLeft++;
            }
        }
        List<Vector> columns = new ArrayList<>(layout.width());
        left.batch().columns().forEach(column -> columns.add(Gather.rows(column, leftOf)));
        columns.addAll(rightRows.gather(rightOf).columns());
        return RowBatch.of(columns, count);
    }

    private RowBatch satisfying(RowBatch pairs) {
        return condition
                .map(expression -> RowSelection.whereTrue(pairs, expression.evaluate(pairs)))
                .orElse(pairs);
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public void close() {
        try {
            left.close();
        } finally {
            try {
                right.close();
            } finally {
                memory.close();
            }
        }
    }
}
