package io.spangraph.engine.exec.basic;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import java.util.List;

/** Computes the columns of its rows from those of the input. */
public final class ProjectOperator implements Operator {
    private final Operator input;
    private final List<CompiledExpression> columns;
    private final RowLayout layout;
    private final QueryContext context;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    /** @param columns one for each column of the layout */
    public ProjectOperator(Operator input, List<CompiledExpression> columns, RowLayout layout, QueryContext context) {
        this.input = input;
        this.columns = List.copyOf(columns);
        this.layout = layout;
        this.context = context;
    }

    @Override
    public RowLayout layout() {
        return layout;
    }

    @Override
    public boolean advance() {
        if (!input.advance()) {
            return false;
        }
        context.cancellation().poll();
        RowBatch rows = input.batch();
        batch = rows.withColumns(
                columns.stream().map(column -> column.evaluate(rows)).toList());
        return true;
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public void close() {
        input.close();
    }
}
