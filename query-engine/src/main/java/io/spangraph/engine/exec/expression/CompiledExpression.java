package io.spangraph.engine.exec.expression;

import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;

/** An expression bound to a row layout, parameters and a running query. */
@FunctionalInterface
public interface CompiledExpression {
    /**
     * The value for each row of the vectors of the batch: the result is as long as {@link RowBatch#physicalRows()}, and
     * what stands in rows that are not selected has no meaning. An error in a row that is not selected is never thrown.
     */
    Vector evaluate(RowBatch batch);
}
