package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Expand;
import io.spangraph.engine.plan.LogicalPlan.ShortestPath;
import io.spangraph.engine.plan.LogicalPlan.VarExpand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Filters the side of an expansion that the condition is about: what is expanded, the relationships, or the target.
 *
 * <pre>
 *   Filter t.id = 'x' AND s.status = 'error'
 *     Expand(All) (t)-[r]->(s)
 *       NodeByLabelScan t:Trace
 *       RelationshipTypeScan r:HAS_SPAN(Trace,Span)
 *       NodeByLabelScan s:Span
 * becomes
 *   Expand(All) (t)-[r]->(s)
 *     Filter t.id = 'x'
 *       NodeByLabelScan t:Trace
 *     RelationshipTypeScan r:HAS_SPAN(Trace,Span)
 *     NodeByLabelScan s:Span WHERE s.status = 'error'
 * </pre>
 *
 * Relationships and targets take it into their scans at once, because they are always scans. Of a walk of variable length
 * the relationships are left alone: a condition on the whole walk is none on its parts.
 */
public final class PushFilterIntoExpand extends FilterPush {
    @Override
    public String summary() {
        return "Filters the side of an expansion that the condition is about.";
    }

    @Override
    Optional<LogicalPlan> push(LogicalPlan below, Expression conjunct) {
        if (below instanceof Expand) {
            return pushIntoOneOf(below, conjunct, List.of(0, 1, 2));
        }
        if (below instanceof VarExpand) {
            return pushIntoOneOf(below, conjunct, List.of(0, 3));
        }
        return below instanceof ShortestPath ? pushIntoOneOf(below, conjunct, List.of(0)) : Optional.empty();
    }

    private static Optional<LogicalPlan> pushIntoOneOf(LogicalPlan plan, Expression conjunct, List<Integer> sides) {
        for (int side : sides) {
            if (readsOnly(conjunct, plan.inputs().get(side).variables())) {
                List<LogicalPlan> inputs = new ArrayList<>(plan.inputs());
                LogicalPlan before = inputs.get(side);
                Optional<LogicalPlan> filtered = side == 0
                        ? Optional.of(filter(before, conjunct))
                        : PushFilterIntoScan.intoScan(before, conjunct);
                return filtered.map(other -> {
                    inputs.set(side, other);
                    return plan.withInputs(inputs);
                });
            }
        }
        return Optional.empty();
    }
}
