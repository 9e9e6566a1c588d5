package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Union;
import java.util.Optional;

/**
 * Filters both sides of a union instead of the whole.
 *
 * <pre>
 *   Filter name = 'a'
 *     Union name
 *       Projection t.name AS name
 *       Projection s.name AS name
 * becomes
 *   Union name
 *     Filter name = 'a'
 *       Projection t.name AS name
 *     Filter name = 'a'
 *       Projection s.name AS name
 * </pre>
 */
public final class PushFilterThroughUnion extends FilterPush {
    @Override
    public String summary() {
        return "Filters both sides of a union instead of the whole.";
    }

    @Override
    Optional<LogicalPlan> push(LogicalPlan below, Expression conjunct) {
        if (!(below instanceof Union union)) {
            return Optional.empty();
        }
        return Substitution.renaming(union.leftColumns(), union.rightColumns())
                .apply(conjunct)
                .map(right -> new Union(
                        filter(union.left(), conjunct),
                        filter(union.right(), right),
                        union.leftColumns(),
                        union.rightColumns()));
    }
}
