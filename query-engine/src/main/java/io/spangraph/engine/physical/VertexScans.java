package io.spangraph.engine.physical;

import io.spangraph.engine.expr.Conjunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.VertexScan;
import java.util.ArrayList;
import java.util.List;

/** The scan behind the target of an expansion; conditions above it become predicates of the scan. */
final class VertexScans {
    private VertexScans() {}

    static VertexScan scanOf(LogicalPlan target) {
        return switch (target) {
            case VertexScan scan -> scan;
            case LogicalPlan.Filter(LogicalPlan input, Expression condition) -> {
                VertexScan scan = scanOf(input);
                List<Expression> predicates = new ArrayList<>(scan.predicates());
                predicates.addAll(Conjunction.split(condition));
                yield scan.withPredicates(predicates);
            }
            case LogicalPlan other -> throw new IllegalStateException("no vertices to expand to: " + other);
        };
    }
}
