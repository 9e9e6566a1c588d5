package io.spangraph.engine.exec.apply;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import java.util.List;

/**
 * Keeps the outer rows for which the inner side finds something, or those for which it finds nothing; asks it no further once
 * every outer row is found something for.
 */
public final class SemiApplyOperator implements Operator {
    private final boolean anti;
    private final RowLayout layout;
    private final Operator inner;
    private final int ordinalPosition;
    private final QueryContext context;
    private final OuterRows outerRows;
    private boolean innerDone;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    /** @param ordinalPosition of the ordinal in the inner rows */
    public SemiApplyOperator(
            boolean anti,
            Operator outer,
            ArgumentOperator argument,
            Operator inner,
            int ordinalPosition,
            QueryContext context) {
        this.anti = anti;
        this.layout = outer.layout();
        this.inner = inner;
        this.ordinalPosition = ordinalPosition;
        this.context = context;
        this.outerRows = new OuterRows(outer, context, "SemiApply");
        argument.supply(outerRows::rows);
    }

    @Override
    public RowLayout layout() {
        return layout;
    }

    @Override
    public boolean advance() {
        context.cancellation().poll();
        if (outerRows.rows().rows() == 0) {
            return false;
        }
        while (!innerDone) {
            context.cancellation().poll();
            innerDone = !inner.advance();
            if (!innerDone) {
                outerRows.match(inner.batch(), ordinalPosition);
                innerDone = outerRows.allMatched();
            }
            if (innerDone) {
                inner.close();
            }
        }
        int[] kept = outerRows.nextWhere(!anti);
        if (kept.length == 0) {
            return false;
        }
        batch = outerRows.rows().gather(kept);
        return true;
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
            outerRows.close();
        }
    }
}
