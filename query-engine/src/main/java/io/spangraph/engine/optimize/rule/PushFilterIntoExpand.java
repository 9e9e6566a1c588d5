package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Variable;
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
 *     Filter s.status = 'error'
 *       NodeByLabelScan s:Span
 * </pre>
 *
 * From there {@link PushFilterIntoScan} takes it into the scan. Of a walk of variable length the relationships are left
 * alone: a condition on the whole walk is none on its parts.
 */
public final class PushFilterIntoExpand extends FilterPush {
    @Override
    public String summary() {
        return "Filters the side of an expansion that the condition is about.";
    }

    @Override
    Optional<LogicalPlan> push(LogicalPlan below, Expression conjunct) {
        List<LogicalPlan> inputs = below.inputs();
        if (below instanceof Expand) {
            return pushIntoOneOf(below, conjunct, List.of(0, 1, 2));
        }
        if (below instanceof VarExpand) {
            return pushIntoOneOf(below, conjunct, List.of(0, inputs.size() - 1));
        }
        if (below instanceof ShortestPath) {
            return pushIntoOneOf(below, conjunct, List.of(0));
        }
        return Optional.empty();
    }

    private static Optional<LogicalPlan> pushIntoOneOf(LogicalPlan plan, Expression conjunct, List<Integer> sides) {
        for (int side : sides) {
            List<Variable> bound = plan.inputs().get(side).variables();
            if (readsOnly(conjunct, bound)) {
                List<LogicalPlan> inputs = new ArrayList<>(plan.inputs());
                inputs.set(side, filter(inputs.get(side), conjunct));
                return Optional.of(plan.withInputs(inputs));
            }
        }
        return Optional.empty();
    }
}
