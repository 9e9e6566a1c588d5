package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import java.util.ArrayList;
import java.util.List;

/**
 * An aggregate as {@link HashAggregate} computes it. Rows whose first argument is null do not
 * count, unless the function says so.
 *
 * @param distinct each value counts once
 * @param arguments as many as the function takes. A node or relationship that is only counted needs no more than its type
 *     name here, which is null exactly when it is
 * @param identity with {@code distinct}, what tells values apart if that is not the first argument: the identity columns of
 *     a counted node or relationship; else empty
 */
public record AggregateSpec(
        AggregateFunction function,
        boolean distinct,
        List<CompiledExpression> arguments,
        List<CompiledExpression> identity) {

    public AggregateSpec {
        arguments = List.copyOf(arguments);
        identity = List.copyOf(identity);
        if (arguments.size() != function.arity()) {
            throw new IllegalArgumentException(function.spelling() + " takes " + function.arity() + " argument(s)");
        }
        if (distinct && arguments.isEmpty()) {
            throw new IllegalArgumentException("DISTINCT needs an argument");
        }
    }

    /** An aggregate over plain values. */
    public static AggregateSpec of(AggregateFunction function, boolean distinct, List<CompiledExpression> arguments) {
        return new AggregateSpec(function, distinct, arguments, List.of());
    }

    /** What is evaluated for each batch: the arguments, then with {@code distinct} what tells their values apart. */
    List<CompiledExpression> evaluated() {
        if (!distinct) {
            return arguments;
        }
        List<CompiledExpression> all = new ArrayList<>(arguments);
        all.addAll(identity);
        return all;
    }
}
