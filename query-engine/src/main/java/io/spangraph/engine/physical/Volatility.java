package io.spangraph.engine.physical;

import io.spangraph.engine.expr.AggregateCall;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.ExpressionTree;
import io.spangraph.engine.expr.ScalarFunctions;
import io.spangraph.engine.optimize.PlanTree;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Item;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Finds plans that give other rows each time, which must not run once for what asks for them several times. */
final class Volatility {
    private Volatility() {}

    static boolean isVolatile(LogicalPlan plan) {
        AtomicBoolean found = new AtomicBoolean();
        PlanTree.forEach(plan, node -> {
            if (expressions(node).anyMatch(Volatility::isVolatile)) {
                found.set(true);
            }
        });
        return found.get();
    }

    static boolean isVolatile(Expression expression) {
        boolean here = expression instanceof Expression.FunctionCall call && ScalarFunctions.isVolatile(call.name());
        return here || ExpressionTree.children(expression).stream().anyMatch(Volatility::isVolatile);
    }

    /** What the node computes; scans and patterns only compare. */
    private static Stream<Expression> expressions(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.Filter filter -> Stream.of(filter.condition());
            case LogicalPlan.Project project -> items(project.items());
            case LogicalPlan.Aggregate aggregate ->
                Stream.concat(
                        items(aggregate.keys()),
                        aggregate.aggregates().stream().flatMap(item -> arguments(item.call())));
            case LogicalPlan.RollUpApply apply -> arguments(apply.result().call());
            case LogicalPlan.Unwind unwind -> Stream.of(unwind.list());
            case LogicalPlan.Sort sort -> sort.keys().stream().map(LogicalPlan.SortKey::expression);
            case LogicalPlan.TopN top -> top.keys().stream().map(LogicalPlan.SortKey::expression);
            case LogicalPlan.Join join -> join.conditions().stream();
            case LogicalPlan other -> Stream.of();
        };
    }

    private static Stream<Expression> items(List<Item> items) {
        return items.stream().map(Item::expression);
    }

    private static Stream<Expression> arguments(AggregateCall call) {
        return call.arguments().stream();
    }
}
