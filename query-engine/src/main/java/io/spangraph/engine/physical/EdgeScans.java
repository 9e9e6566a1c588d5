package io.spangraph.engine.physical;

import io.spangraph.engine.expr.Conjunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.EdgeScan;
import java.util.ArrayList;
import java.util.List;

/** The scan behind the edges of an expansion; conditions above it become predicates of the scan. */
final class EdgeScans {
    private EdgeScans() {}

    static EdgeScan scanOf(LogicalPlan edges) {
        return switch (edges) {
            case EdgeScan scan -> scan;
            case LogicalPlan.Filter(LogicalPlan input, Expression condition) -> {
                EdgeScan scan = scanOf(input);
                List<Expression> predicates = new ArrayList<>(scan.predicates());
                predicates.addAll(Conjunction.split(condition));
                yield scan.withPredicates(predicates);
            }
            case LogicalPlan other -> throw new IllegalStateException("no edges to expand by: " + other);
        };
    }
}
