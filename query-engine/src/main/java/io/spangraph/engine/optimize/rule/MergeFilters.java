package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.Conjunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.optimize.RuleContext;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes one filter of two, so that other rules find all conditions in one place.
 *
 * <pre>
 *   Filter s.status = 'error'
 *     Filter s.duration > 10
 * becomes
 *   Filter s.duration > 10 AND s.status = 'error'
 * </pre>
 *
 * Not if the upper condition can fail: the lower one may guard it.
 */
public final class MergeFilters implements Rule {
    @Override
    public String summary() {
        return "Makes one filter of two.";
    }

    @Override
    public Optional<LogicalPlan> apply(LogicalPlan plan, RuleContext context) {
        if (plan instanceof Filter(Filter(LogicalPlan input, Expression lower), Expression upper)
                && Movable.isMovable(upper)) {
            List<Expression> conjuncts = new ArrayList<>(Conjunction.split(lower));
            conjuncts.addAll(Conjunction.split(upper));
            return Optional.of(new Filter(input, Conjunction.of(conjuncts)));
        }
        return Optional.empty();
    }
}
