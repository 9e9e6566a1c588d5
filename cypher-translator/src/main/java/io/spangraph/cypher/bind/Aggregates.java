package io.spangraph.cypher.bind;

import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstExpression.Call;
import io.spangraph.cypher.ast.AstExpression.CountRows;
import io.spangraph.cypher.ast.AstWalk;
import io.spangraph.cypher.ast.Place;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.expr.AggregateCall;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.ScalarFunctions;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Aggregate functions: which calls they are, and what may stand in them. */
public final class Aggregates {
    private Aggregates() {}

    /** The aggregate function of this name, in any case. */
    static Optional<AggregateFunction> function(String name) {
        return Arrays.stream(AggregateFunction.values())
                .filter(function -> function != AggregateFunction.COUNT_ROWS
                        && function.spelling().equalsIgnoreCase(name))
                .findFirst();
    }

    public static boolean isAggregate(AstExpression expression) {
        return expression instanceof CountRows
                || expression instanceof Call call && function(call.function()).isPresent();
    }

    public static boolean contains(AstExpression expression) {
        return AstWalk.find(expression, Aggregates::isAggregate).isPresent();
    }

    static boolean isRandom(AstExpression expression) {
        return expression instanceof Call call && ScalarFunctions.isVolatile(call.function());
    }

    /** The aggregate that a call stands for; its arguments are bound in the scope of the rows that are grouped. */
    public static AggregateCall bind(AstExpression aggregate, ExpressionBinder rows) {
        if (!(aggregate instanceof Call call)) {
            return new AggregateCall(AggregateFunction.COUNT_ROWS, List.of(), false);
        }
        AggregateFunction function = function(call.function()).orElseThrow();
        checkArguments(call, function);
        List<Expression> arguments = new ArrayList<>();
        for (AstExpression argument : call.arguments()) {
            TypedExpression bound = rows.bind(argument);
            checkType(function, arguments.size(), bound, argument);
            arguments.add(bound.expression());
        }
        return new AggregateCall(function, arguments, call.distinct());
    }

    private static void checkArguments(Call call, AggregateFunction function) {
        try {
            FunctionBinder.checkCount(call, function.spelling(), function.arity(), function.arity());
        } catch (QueryException wrongCount) {
            throw function == AggregateFunction.COUNT && call.arguments().size() > 1
                    ? wrongCount.withHint("Combinations are counted as lists: count(DISTINCT [a, b]).")
                    : wrongCount;
        }
        for (AstExpression argument : call.arguments()) {
            AstWalk.find(argument, Aggregates::isAggregate).ifPresent(nested -> {
                throw CypherErrors.semantic(
                        "Can't use aggregate functions inside of aggregate functions",
                        nested.place().position());
            });
            AstWalk.find(argument, Aggregates::isRandom).ifPresent(random -> {
                throw CypherErrors.semantic(
                        "Can't use non-deterministic (random) functions inside of aggregate functions",
                        random.place().position());
            });
        }
    }

    private static void checkType(
            AggregateFunction function, int index, TypedExpression bound, AstExpression argument) {
        switch (function) {
            case SUM, AVG -> {
                if (bound.type() != StaticType.DURATION) {
                    expectNumber(bound, argument);
                }
            }
            case STDEV, STDEVP, PERCENTILE_CONT, PERCENTILE_DISC -> expectNumber(bound, argument);
            case COUNT_ROWS, COUNT, MIN, MAX, COLLECT, COLLECT_ROWS -> {}
        }
        boolean share = index == 1;
        if (share && isLiteralOutside(argument)) {
            throw CypherErrors.semantic(
                            function.spelling() + "() takes a share from 0.0 to 1.0",
                            argument.place().position())
                    .withHint("The 95th percentile is that of 0.95.");
        }
        if (share
                && AstWalk.find(argument, part -> part instanceof AstExpression.Name)
                        .isPresent()) {
            throw CypherErrors.semantic(
                    "The percentile of " + function.spelling() + "() must be a constant or a parameter",
                    argument.place().position());
        }
    }

    private static void expectNumber(TypedExpression bound, AstExpression argument) {
        try {
            TypeCheck.expect(bound, argument, StaticType.NUMBER);
        } catch (QueryException mismatch) {
            throw bound.type() == StaticType.BOOLEAN
                    ? mismatch.withHint("Count what is true by sum(CASE WHEN ... THEN 1 ELSE 0 END).")
                    : mismatch;
        }
    }

    private static boolean isLiteralOutside(AstExpression share) {
        return share instanceof AstExpression.Literal(Value value, Place place)
                && (Values.lessThan(value, Value.of(0L)).orElse(false)
                        || Values.lessThan(Value.of(1L), value).orElse(false));
    }

    /** The error of an aggregate where there are no groups. */
    static QueryException misplaced(AstExpression aggregate, String name) {
        return CypherErrors.semantic(
                        "Invalid use of aggregating function " + name + "(...) in this context",
                        aggregate.place().position())
                .withHint("Aggregate first and then filter: WITH n, count(*) AS c WHERE c > 1.");
    }

    public static StaticType resultType(AggregateCall call) {
        return switch (call.function()) {
            case COUNT_ROWS, COUNT -> StaticType.INTEGER;
            // Of durations they are durations.
            case SUM, AVG -> StaticType.ANY;
            case STDEV, STDEVP, PERCENTILE_CONT -> StaticType.FLOAT;
            case PERCENTILE_DISC -> StaticType.NUMBER;
            case MIN, MAX -> StaticType.ANY;
            case COLLECT, COLLECT_ROWS -> StaticType.LIST;
        };
    }
}
