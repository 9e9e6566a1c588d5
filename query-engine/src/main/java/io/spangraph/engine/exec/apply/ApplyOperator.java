package io.spangraph.engine.exec.apply;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.store.Gather;
import io.spangraph.engine.plan.LogicalPlan.ApplyKind;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.ConstantVector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Joins each inner row to the outer row that it came from. With OPTIONAL, outer rows that the inner side found nothing for
 * follow with nulls.
 */
public final class ApplyOperator implements Operator {
    private final ApplyKind kind;
    private final Operator inner;
    private final RowLayout layout;
    private final int[] innerPositions;
    private final int ordinalPosition;
    private final QueryContext context;
    private final OuterRows outerRows;
    private boolean innerDone;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    /**
     * An apply.
     *
     * @param layout the outer columns, then those of the inner side that are new
     * @param innerPositions of the new columns in the inner rows
     * @param ordinalPosition of the ordinal in the inner rows
     */
    public ApplyOperator(
            ApplyKind kind,
            Operator outer,
            ArgumentOperator argument,
            Operator inner,
            RowLayout layout,
            int[] innerPositions,
            int ordinalPosition,
            QueryContext context) {
        this.kind = kind;
        this.inner = inner;
        this.layout = layout;
        this.innerPositions = innerPositions.clone();
        this.ordinalPosition = ordinalPosition;
        this.context = context;
        this.outerRows = new OuterRows(outer, context, "Apply");
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
            if (!inner.advance()) {
                innerDone = true;
                inner.close();
            } else if (inner.batch().rowCount() > 0) {
                batch = joined(inner.batch());
                return true;
            }
        }
        return kind == ApplyKind.OPTIONAL && nextUnmatched();
    }

    private RowBatch joined(RowBatch rows) {
        int[] ordinals = outerRows.match(rows, ordinalPosition);
        List<Vector> columns = new ArrayList<>(outerRows.rows().gather(ordinals).columns());
        int[] selected = rows.selectedRows();
        for (int position : innerPositions) {
            columns.add(Gather.rows(rows.column(position), selected));
        }
        return RowBatch.of(columns, ordinals.length);
    }

    private boolean nextUnmatched() {
        int[] unmatched = outerRows.nextWhere(false);
        if (unmatched.length == 0) {
            return false;
        }
        List<Vector> columns =
                new ArrayList<>(outerRows.rows().gather(unmatched).columns());
        while (columns.size() < layout.width()) {
            columns.add(new ConstantVector(Value.NULL, unmatched.length));
        }
        batch = RowBatch.of(columns, unmatched.length);
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
