package io.spangraph.engine.run;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.expression.ExpressionCompiler;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.FunctionContext;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.ValueText;
import io.spangraph.model.value.Values;

/** The numbers of SKIP and LIMIT, which may be parameters and so are known only when the query runs. */
final class RowCounts {
    private RowCounts() {}

    static long of(Expression expression, String clause, FunctionContext context) {
        Value value = ExpressionCompiler.constant(expression, context);
        if (value instanceof Value.IntegerValue(long count) && count >= 0) {
            return count;
        }
        boolean negative = value instanceof Value.IntegerValue;
        throw QueryException.of(
                negative ? QueryErrorCode.ARGUMENT_ERROR : QueryErrorCode.TYPE_ERROR,
                clause + " expected an Integer of 0 or more but got " + Values.typeName(value) + ": "
                        + ValueText.excerpt(value) + ".");
    }
}
