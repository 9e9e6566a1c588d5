package io.spangraph.engine.exec.basic;

import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import java.util.List;

/** One row without columns: what a query starts from. */
public final class SingleRowOperator implements Operator {
    private static final RowLayout LAYOUT = new RowLayout(List.of());

    private boolean given;

    @Override
    public RowLayout layout() {
        return LAYOUT;
    }

    @Override
    public boolean advance() {
        boolean first = !given;
        given = true;
        return first;
    }

    @Override
    public RowBatch batch() {
        return RowBatch.of(List.of(), 1);
    }

    @Override
    public void close() {
        given = true;
    }
}
