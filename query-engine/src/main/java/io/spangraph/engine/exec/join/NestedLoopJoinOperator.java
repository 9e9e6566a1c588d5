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

/** Every pair of rows that satisfies a condition. The right side is kept in memory, the left side streams by. */
public final class NestedLoopJoinOperator implements Operator {
    private final Operator left;
    private final Operator right;
    private final Optional<CompiledExpression> condition;
    private final RowLayout layout;
    private final QueryContext context;
    private final HeldMemory memory;
    private final RowStore rightRows;
    private boolean started;
    private long nextPair;
    private long pairs;
    private RowBatch leftRows = RowBatch.of(List.of(), 0);
    private RowBatch batch = RowBatch.of(List.of(), 0);

    public NestedLoopJoinOperator(
            Operator left,
            Operator right,
            Optional<CompiledExpression> condition,
            RowLayout layout,
            QueryContext context) {
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
        if (!started) {
            started = true;
            readRightSide();
        }
        while (rightRows.rows() > 0) {
            context.cancellation().poll();
            if (nextPair < pairs) {
                RowBatch found = portion();
                if (condition.isPresent()) {
                    found = RowSelection.whereTrue(found, condition.get().evaluate(found));
                }
                if (found.rowCount() > 0) {
                    batch = found;
                    return true;
                }
            } else if (left.advance()) {
                leftRows = left.batch();
                nextPair = 0;
                pairs = (long) leftRows.rowCount() * rightRows.rows();
            } else {
                return false;
            }
        }
        return false;
    }

    private void readRightSide() {
        while (right.advance()) {
            context.cancellation().poll();
            rightRows.append(right.batch());
        }
        right.close();
    }

    private RowBatch portion() {
        int count = (int) Math.min(RowBatch.TARGET_ROWS, pairs - nextPair);
        int[] leftPositions = new int[count];
        int[] rightPositions = new int[count];
        for (int i = 0; i < count; i++) {
            leftPositions[i] = leftRows.physicalRow((int) ((nextPair + i) / rightRows.rows()));
            rightPositions[i] = (int) ((nextPair + i) % rightRows.rows());
        }
        nextPair += count;
        List<Vector> columns = new ArrayList<>();
        leftRows.columns().forEach(column -> columns.add(Gather.rows(column, leftPositions)));
        columns.addAll(rightRows.gather(rightPositions).columns());
        return RowBatch.of(columns, count);
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public void close() {
        left.close();
        right.close();
        memory.close();
    }
}
