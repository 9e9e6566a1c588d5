package io.spangraph.engine.optimize;

import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Aggregate;
import io.spangraph.engine.plan.LogicalPlan.Apply;
import io.spangraph.engine.plan.LogicalPlan.RollUpApply;
import io.spangraph.engine.plan.LogicalPlan.SemiApply;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which of the things that work for each outer row by itself a plan has, so that a test can tell what it tried. */
final class SubqueryConstructs {
    static final List<String> ALL = List.of(
            "a counted subquery",
            "a collected subquery",
            "a subquery that is called",
            "a subquery that must find nothing",
            "an aggregation without keys in a subquery",
            "an aggregation with keys in a subquery",
            "DISTINCT in a subquery",
            "ORDER BY in a subquery",
            "SKIP in a subquery",
            "LIMIT in a subquery",
            "UNION in a subquery",
            "UNWIND in a subquery",
            "a subquery in a subquery",
            "a subquery without argument",
            "a shortest path",
            "all shortest paths");

    private SubqueryConstructs() {}

    static Set<String> of(LogicalPlan plan) {
        Set<String> found = new LinkedHashSet<>();
        collect(plan, false, found);
        return found;
    }

    private static void collect(LogicalPlan plan, boolean inside, Set<String> found) {
        note(plan, found);
        if (inside) {
            noteInside(plan, found);
        }
        boolean subquery = plan instanceof Apply || plan instanceof SemiApply || plan instanceof RollUpApply;
        if (subquery && !hasArgument(plan.inputs().get(1))) {
            found.add("a subquery without argument");
        }
        for (int i = 0; i < plan.inputs().size(); i++) {
            collect(plan.inputs().get(i), inside || (subquery && i == 1), found);
        }
    }

    private static boolean hasArgument(LogicalPlan plan) {
        return plan instanceof LogicalPlan.Argument || plan.inputs().stream().anyMatch(SubqueryConstructs::hasArgument);
    }

    private static void note(LogicalPlan plan, Set<String> found) {
        switch (plan) {
            case RollUpApply apply -> {
                AggregateFunction function = apply.result().call().function();
                boolean list = function == AggregateFunction.COLLECT || function == AggregateFunction.COLLECT_ROWS;
                found.add(list ? "a collected subquery" : "a counted subquery");
            }
            case Apply apply when apply.kind() == LogicalPlan.ApplyKind.INNER -> found.add("a subquery that is called");
            case SemiApply apply when apply.anti() -> found.add("a subquery that must find nothing");
            case LogicalPlan.ShortestPath path ->
                found.add(path.allShortest() ? "all shortest paths" : "a shortest path");
            case LogicalPlan other -> {}
        }
    }

    private static void noteInside(LogicalPlan plan, Set<String> found) {
        switch (plan) {
            case Aggregate aggregate ->
                found.add(
                        aggregate.keys().isEmpty()
                                ? "an aggregation without keys in a subquery"
                                : "an aggregation with keys in a subquery");
            case LogicalPlan.Distinct distinct -> found.add("DISTINCT in a subquery");
            case LogicalPlan.Sort sort -> found.add("ORDER BY in a subquery");
            case LogicalPlan.Skip skip -> found.add("SKIP in a subquery");
            case LogicalPlan.Limit limit -> found.add("LIMIT in a subquery");
            case LogicalPlan.Union union -> found.add("UNION in a subquery");
            case LogicalPlan.Unwind unwind -> found.add("UNWIND in a subquery");
            case Apply apply -> found.add("a subquery in a subquery");
            case SemiApply apply -> found.add("a subquery in a subquery");
            case RollUpApply apply -> found.add("a subquery in a subquery");
            case LogicalPlan other -> {}
        }
    }
}
