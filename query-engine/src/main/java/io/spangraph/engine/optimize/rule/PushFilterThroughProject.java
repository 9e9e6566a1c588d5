package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Project;
import java.util.Optional;

/**
 * Filters before computing, in terms of what the computed columns stand for.
 *
 * <pre>
 *   Filter d > 10
 *     Projection s, s.duration AS d
 * becomes
 *   Projection s, s.duration AS d
 *     Filter s.duration > 10
 * </pre>
 *
 * Stays above when the condition, said that way, could fail or is volatile.
 */
public final class PushFilterThroughProject extends FilterPush {
    @Override
    public String summary() {
        return "Filters before computing, in terms of what the computed columns stand for.";
    }

    @Override
    Optional<LogicalPlan> push(LogicalPlan below, Expression conjunct) {
        if (!(below instanceof Project project)) {
            return Optional.empty();
        }
        return Substitution.of(project.items())
                .apply(conjunct)
                .filter(Movable::isMovable)
                .map(said -> new Project(filter(project.input(), said), project.items()));
    }
}
