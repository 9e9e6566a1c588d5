package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Distinct;
import io.spangraph.engine.plan.LogicalPlan.Sort;
import java.util.Optional;

/**
 * Filters before rows are sorted or made distinct.
 *
 * <pre>
 *   Filter s.duration > 10
 *     Sort s.start
 * becomes
 *   Sort s.start
 *     Filter s.duration > 10
 * </pre>
 *
 * Never below SKIP or LIMIT, which count the rows that come.
 */
public final class PushFilterThroughSort extends FilterPush {
    @Override
    public String summary() {
        return "Filters before rows are sorted or made distinct.";
    }

    @Override
    Optional<LogicalPlan> push(LogicalPlan below, Expression conjunct) {
        if (below instanceof Sort sort) {
            return Optional.of(new Sort(filter(sort.input(), conjunct), sort.keys()));
        }
        if (below instanceof Distinct distinct) {
            return Optional.of(new Distinct(filter(distinct.input(), conjunct)));
        }
        return Optional.empty();
    }
}
