package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.optimize.RuleContext;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Limit;
import io.spangraph.engine.plan.LogicalPlan.Project;
import io.spangraph.engine.plan.LogicalPlan.Skip;
import java.util.Optional;

/**
 * Computes columns for the rows that remain only, and brings SKIP and LIMIT next to the sort that they follow.
 *
 * <pre>
 *   Limit 10
 *     Projection t.name AS name
 *       Sort t.start
 * becomes
 *   Projection t.name AS name
 *     Limit 10
 *       Sort t.start
 * </pre>
 */
public final class PushLimitThroughProject implements Rule {
    @Override
    public String summary() {
        return "Skips and limits rows before columns are computed for them.";
    }

    @Override
    public Optional<LogicalPlan> apply(LogicalPlan plan, RuleContext context) {
        if (plan instanceof Limit limit && limit.input() instanceof Project project) {
            return Optional.of(new Project(new Limit(project.input(), limit.count()), project.items()));
        }
        if (plan instanceof Skip skip && skip.input() instanceof Project project) {
            return Optional.of(new Project(new Skip(project.input(), skip.count()), project.items()));
        }
        return Optional.empty();
    }
}
