package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.optimize.RuleContext;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Limit;
import io.spangraph.engine.plan.LogicalPlan.Skip;
import io.spangraph.engine.plan.LogicalPlan.Sort;
import io.spangraph.engine.plan.LogicalPlan.TopN;
import java.util.Optional;

/**
 * Keeps only the first rows while sorting where only they are wanted.
 *
 * <pre>
 *   Limit 10
 *     Skip 20
 *       Sort t.start DESC
 * becomes
 *   Top t.start DESC SKIP 20 LIMIT 10
 * </pre>
 */
public final class SortLimitToTopN implements Rule {
    @Override
    public String summary() {
        return "Keeps only the first rows while sorting where only they are wanted.";
    }

    @Override
    public Optional<LogicalPlan> apply(LogicalPlan plan, RuleContext context) {
        if (!(plan instanceof Limit limit)) {
            return Optional.empty();
        }
        if (limit.input() instanceof Sort sort) {
            return Optional.of(new TopN(sort.input(), sort.keys(), Optional.empty(), limit.count()));
        }
        if (limit.input() instanceof Skip skip && skip.input() instanceof Sort sort) {
            return Optional.of(new TopN(sort.input(), sort.keys(), Optional.of(skip.count()), limit.count()));
        }
        return Optional.empty();
    }
}
