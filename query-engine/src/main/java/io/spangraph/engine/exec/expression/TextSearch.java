package io.spangraph.engine.exec.expression;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.expr.Expression.TextOperator;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.ConstantVector;
import io.spangraph.model.value.Value;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** STARTS WITH, ENDS WITH, CONTAINS and =~. What is not a text matches nothing, and nothing either way: null. */
record TextSearch(TextOperator operator, CompiledExpression text, CompiledExpression pattern, Cancellation cancellation)
        implements CompiledExpression {

    @Override
    public Vector evaluate(RowBatch batch) {
        Vector texts = text.evaluate(batch);
        Vector patterns = pattern.evaluate(batch);
        int[] rows = batch.selectedRows();
        if (patterns instanceof ConstantVector(Value constant, int length)) {
            if (rows.length == 0 || !(constant instanceof Value.StringValue(String wanted))) {
                return new ConstantVector(Value.NULL, length);
            }
            Predicate<String> matcher = matcher(wanted);
            return Vectors.map(texts, rows, value -> matches(value, matcher));
        }
        TruthBuilder truth = new TruthBuilder(batch.physicalRows());
        for (int row : rows) {
            Value result = patterns.value(row) instanceof Value.StringValue(String wanted)
                    ? matches(texts.value(row), matcher(wanted))
                    : Value.NULL;
            truth.set(row, TruthBuilder.of(result));
        }
        return truth.build();
    }

    private static Value matches(Value value, Predicate<String> matcher) {
        return value instanceof Value.StringValue(String content) ? Value.of(matcher.test(content)) : Value.NULL;
    }

    private Predicate<String> matcher(String wanted) {
        return switch (operator) {
            case STARTS_WITH -> content -> content.startsWith(wanted);
            case ENDS_WITH -> content -> content.endsWith(wanted);
            case CONTAINS -> content -> content.contains(wanted);
            case MATCHES -> regularExpression(wanted, cancellation);
        };
    }

    static Predicate<String> regularExpression(String expression, Cancellation cancellation) {
        try {
            Pattern compiled = Pattern.compile(expression);
            return content -> matchesWhole(compiled, content, cancellation);
        } catch (PatternSyntaxException invalid) {
            throw QueryException.of(
                            QueryErrorCode.ARGUMENT_ERROR,
                            "Invalid regular expression '" + expression + "': " + invalid.getDescription()
                                    + " near position " + invalid.getIndex() + ".")
                    .causedBy(invalid);
        }
    }

    private static boolean matchesWhole(Pattern pattern, String content, Cancellation cancellation) {
        try {
            return pattern.matcher(new PolledText(content, cancellation)).matches();
        } catch (StackOverflowError tooDeep) {
            throw QueryException.of(
                            QueryErrorCode.COMPLEXITY_LIMIT,
                            "The regular expression '" + pattern + "' is too complex for a text of " + content.length()
                                    + " characters.")
                    .causedBy(tooDeep);
        }
    }
}
