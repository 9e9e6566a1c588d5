package io.spangraph.engine.optimize;

import io.spangraph.engine.plan.LogicalPlan;
import java.util.List;

/**
 * The result of an {@link Optimizer}.
 *
 * @param steps the rules that changed the plan, in the order in which they did
 */
public record OptimizedPlan(LogicalPlan plan, List<RuleStep> steps) {
    public OptimizedPlan {
        steps = List.copyOf(steps);
    }
}
