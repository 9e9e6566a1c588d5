package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Unwind;
import java.util.Optional;

/**
 * Filters before a list is unwound where the condition does not ask for the element.
 *
 * <pre>
 *   Filter t.total > 10
 *     Unwind t.tags AS tag
 * becomes
 *   Unwind t.tags AS tag
 *     Filter t.total > 10
 * </pre>
 */
public final class PushFilterThroughUnwind extends FilterPush {
    @Override
    public String summary() {
        return "Filters before a list is unwound where the condition does not ask for the element.";
    }

    @Override
    Optional<LogicalPlan> push(LogicalPlan below, Expression conjunct) {
        if (below instanceof Unwind unwind && readsOnly(conjunct, unwind.input().variables())) {
            return Optional.of(new Unwind(filter(unwind.input(), conjunct), unwind.list(), unwind.element()));
        }
        return Optional.empty();
    }
}
