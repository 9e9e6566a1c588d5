package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.ExpressionTree;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.EdgeScan;
import io.spangraph.engine.plan.LogicalPlan.VertexScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hands conditions to the scan, which can skip files by them.
 *
 * <pre>
 *   Filter s.trace_id = 'x'
 *     NodeByLabelScan s:Span
 * becomes
 *   NodeByLabelScan s:Span WHERE s.trace_id = 'x'
 * </pre>
 *
 * A condition without variables stays above, where it is evaluated once and not for each row.
 */
public final class PushFilterIntoScan extends FilterPush {
    @Override
    public String summary() {
        return "Hands conditions to the scan, which can skip files by them.";
    }

    @Override
    Optional<LogicalPlan> push(LogicalPlan below, Expression conjunct) {
        boolean isScan = below instanceof VertexScan || below instanceof EdgeScan;
        if (!isScan || ExpressionTree.variables(conjunct).isEmpty() || !readsOnly(conjunct, below.variables())) {
            return Optional.empty();
        }
        return intoScan(below, conjunct);
    }

    /** The scan with a further predicate; empty where there is no scan that takes one. */
    static Optional<LogicalPlan> intoScan(LogicalPlan plan, Expression predicate) {
        if (plan instanceof VertexScan scan) {
            return Optional.of(scan.withPredicates(with(scan.predicates(), predicate)));
        }
        if (plan instanceof EdgeScan scan) {
            return Optional.of(scan.withPredicates(with(scan.predicates(), predicate)));
        }
        return Optional.empty();
    }

    /** The predicates and this one, if it is not among them. */
    static List<Expression> with(List<Expression> predicates, Expression conjunct) {
        if (predicates.contains(conjunct)) {
            return predicates;
        }
        List<Expression> more = new ArrayList<>(predicates);
        more.add(conjunct);
        return more;
    }
}
