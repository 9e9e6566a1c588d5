package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.ExpressionTree;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Aggregate;
import io.spangraph.engine.plan.LogicalPlan.Item;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Filters rows instead of groups where the condition is about grouping keys only.
 *
 * <pre>
 *   Filter model = 'm1'
 *     EagerAggregation count(*) AS n BY s.model AS model
 * becomes
 *   EagerAggregation count(*) AS n BY s.model AS model
 *     Filter s.model = 'm1'
 * </pre>
 *
 * Not without keys, where no rows still make one group. Not for keys that are nodes or relationships: they group by
 * identity, and rows of one identity may differ in what the condition asks.
 */
public final class PushFilterThroughAggregate extends FilterPush {
    @Override
    public String summary() {
        return "Filters rows instead of groups where the condition is about grouping keys only.";
    }

    @Override
    Optional<LogicalPlan> push(LogicalPlan below, Expression conjunct) {
        if (!(below instanceof Aggregate aggregate) || aggregate.keys().isEmpty()) {
            return Optional.empty();
        }
        Set<Variable> plainKeys = aggregate.keys().stream()
                .map(Item::variable)
                .filter(variable -> !variable.isEntity())
                .collect(Collectors.toSet());
        if (!plainKeys.containsAll(ExpressionTree.variables(conjunct))) {
            return Optional.empty();
        }
        return Substitution.of(aggregate.keys())
                .apply(conjunct)
                .filter(Movable::isMovable)
                .map(said -> new Aggregate(filter(aggregate.input(), said), aggregate.keys(), aggregate.aggregates()));
    }
}
