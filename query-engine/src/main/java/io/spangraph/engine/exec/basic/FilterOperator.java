package io.spangraph.engine.exec.basic;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.RowSelection;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import java.util.List;

/** Passes on the rows for which a condition is true. Selects, never copies. */
public final class FilterOperator implements Operator {
    private final Operator input;
    private final CompiledExpression condition;
    private final QueryContext context;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    public FilterOperator(Operator input, CompiledExpression condition, QueryContext context) {
        this.input = input;
        this.condition = condition;
        this.context = context;
    }

    @Override
    public RowLayout layout() {
        return input.layout();
    }

    @Override
    public boolean advance() {
        while (input.advance()) {
            context.cancellation().poll();
            RowBatch rows = input.batch();
            batch = RowSelection.whereTrue(rows, condition.evaluate(rows));
            if (batch.rowCount() > 0) {
                return true;
            }
        }
        return false;
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
