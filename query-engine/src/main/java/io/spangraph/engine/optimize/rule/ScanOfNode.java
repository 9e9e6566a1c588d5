package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Apply;
import io.spangraph.engine.plan.LogicalPlan.Expand;
import io.spangraph.engine.plan.LogicalPlan.Filter;
import io.spangraph.engine.plan.LogicalPlan.Join;
import io.spangraph.engine.plan.LogicalPlan.RollUpApply;
import io.spangraph.engine.plan.LogicalPlan.SemiApply;
import io.spangraph.engine.plan.LogicalPlan.ShortestPath;
import io.spangraph.engine.plan.LogicalPlan.VarExpand;
import io.spangraph.engine.plan.LogicalPlan.VertexScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the scan that binds a node, where rows that the scan drops are missing above and change nothing else: below
 * filters, expansions, joins and the outer side of subqueries, but not below a limit, an aggregation or the like.
 */
final class ScanOfNode {
    private ScanOfNode() {}

    /** The scan, or empty where the node comes from elsewhere. */
    static Optional<VertexScan> find(LogicalPlan plan, Variable node) {
        if (plan instanceof VertexScan scan) {
            return scan.node().equals(node) ? Optional.of(scan) : Optional.empty();
        }
        for (int side : sides(plan)) {
            Optional<VertexScan> found = find(plan.inputs().get(side), node);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The plan with the scan replaced; the very same plan if there is none or nothing changed. */
    static LogicalPlan replace(LogicalPlan plan, Variable node, Function<VertexScan, LogicalPlan> function) {
        if (plan instanceof VertexScan scan) {
            return scan.node().equals(node) ? function.apply(scan) : scan;
        }
        List<LogicalPlan> inputs = new ArrayList<>(plan.inputs());
        boolean changed = false;
        for (int side : sides(plan)) {
            LogicalPlan other = replace(inputs.get(side), node, function);
            changed |= other != inputs.get(side);
            inputs.set(side, other);
        }
        return changed ? plan.withInputs(inputs) : plan;
    }

    /** The inputs whose rows the node joins or filters, and does nothing else with. */
    private static List<Integer> sides(LogicalPlan plan) {
        if (plan instanceof Expand) {
            return List.of(0, 2);
        }
        if (plan instanceof VarExpand) {
            return List.of(0, 3);
        }
        if (plan instanceof Join) {
            return List.of(0, 1);
        }
        boolean firstOnly = plan instanceof Filter
                || plan instanceof Apply
                || plan instanceof SemiApply
                || plan instanceof RollUpApply
                || plan instanceof ShortestPath;
        return firstOnly ? List.of(0) : List.of();
    }
}
