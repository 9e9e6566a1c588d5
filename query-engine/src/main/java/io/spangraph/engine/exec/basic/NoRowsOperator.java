package io.spangraph.engine.exec.basic;

import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import java.util.List;

/** Stands where nothing in the graph can match. */
public final class NoRowsOperator implements Operator {
    private final RowLayout layout;

    public NoRowsOperator(RowLayout layout) {
        this.layout = layout;
    }

    @Override
    public RowLayout layout() {
        return layout;
    }

    @Override
    public boolean advance() {
        return false;
    }

    @Override
    public RowBatch batch() {
        return RowBatch.of(List.of(), 0);
    }

    @Override
    public void close() {}
}
