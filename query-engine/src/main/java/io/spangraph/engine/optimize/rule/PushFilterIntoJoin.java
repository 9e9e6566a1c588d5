package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Join;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Filters the side of a join that the condition is about, or makes it a condition of the join, so that a cartesian
 * product becomes a join.
 *
 * <pre>
 *   Filter a.id = b.agent_id AND a.name = 'x'
 *     CartesianProduct
 *       NodeByLabelScan a:Agent
 *       NodeByLabelScan b:Trace
 * becomes
 *   Join a.id = b.agent_id
 *     Filter a.name = 'x'
 *       NodeByLabelScan a:Agent
 *     NodeByLabelScan b:Trace
 * </pre>
 */
public final class PushFilterIntoJoin extends FilterPush {
    @Override
    public String summary() {
        return "Filters the side of a join that the condition is about, or makes it a condition of the join.";
    }

    @Override
    Optional<LogicalPlan> push(LogicalPlan below, Expression conjunct) {
        if (!(below instanceof Join join)) {
            return Optional.empty();
        }
        if (readsOnly(conjunct, join.left().variables())) {
            return Optional.of(new Join(filter(join.left(), conjunct), join.right(), join.conditions()));
        }
        if (readsOnly(conjunct, join.right().variables())) {
            return Optional.of(new Join(join.left(), filter(join.right(), conjunct), join.conditions()));
        }
        List<Expression> conditions = new ArrayList<>(join.conditions());
        conditions.add(conjunct);
        return Optional.of(new Join(join.left(), join.right(), conditions));
    }
}
