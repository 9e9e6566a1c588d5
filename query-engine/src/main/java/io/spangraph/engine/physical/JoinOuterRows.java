package io.spangraph.engine.physical;

import io.spangraph.engine.exec.join.JoinKind;
import io.spangraph.engine.expr.Conjunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.physical.PhysicalPlan.ArgumentRows;
import io.spangraph.engine.physical.PhysicalPlan.HashJoin;
import io.spangraph.engine.physical.PhysicalPlan.SemiApply;
import io.spangraph.engine.row.ColumnId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Joins the outer rows with what EXISTS looks up by their keys, instead of keeping them all and numbering them.
 *
 * <pre>{@code
 * SemiApply                                     SemiHashJoin: a.key = r.near, b.key = r.far WHERE r.since > 0
 *   Scan: a, b                                    Scan: a, b
 *   Filter: r.since > 0                      =>   Scan: r
 *     HashJoin: a.key = r.near, b.key = r.far
 *       Argument
 *       Scan: r
 * }</pre>
 *
 * A subquery that joins more than once stays: the keys of few outer rows narrow each of its scans.
 */
public final class JoinOuterRows implements PhysicalRule {
    @Override
    public String summary() {
        return "Joins the outer rows with what EXISTS looks up by their keys.";
    }

    @Override
    public PhysicalPlan apply(PhysicalPlan plan, Supplier<ColumnId> newColumns) {
        return joined(plan);
    }

    private static PhysicalPlan joined(PhysicalPlan plan) {
        PhysicalPlan over = PhysicalInputs.map(plan, JoinOuterRows::joined);
        return switch (over) {
            case SemiApply apply -> join(apply).orElse(apply);
            case PhysicalPlan.ScopeScan scan ->
                new PhysicalPlan.ScopeScan(scan.pattern(), scan.reads(), scan.grouping(), joined(scan.otherwise()));
            case PhysicalPlan other -> other;
        };
    }

    private static Optional<PhysicalPlan> join(SemiApply apply) {
        List<Expression> conditions = new ArrayList<>();
        if (!(unfiltered(apply.inner(), conditions) instanceof HashJoin join)
                || join.kind() != JoinKind.INNER
                || !(unfiltered(join.build(), conditions) instanceof ArgumentRows argument)
                || argument.apply() != apply.id()
                || reads(join.probe(), apply.id())
                || join.keys().stream().anyMatch(key -> key.build().equals(apply.ordinal()))) {
            return Optional.empty();
        }
        join.residual().ifPresent(conditions::add);
        return Optional.of(new HashJoin(
                apply.anti() ? JoinKind.ANTI : JoinKind.SEMI,
                apply.outer(),
                join.probe(),
                join.keys(),
                conditions.isEmpty() ? Optional.empty() : Optional.of(Conjunction.of(conditions)),
                Set.of()));
    }

    /** What is below filters. */
    private static PhysicalPlan unfiltered(PhysicalPlan plan, List<Expression> conditions) {
        PhysicalPlan below = plan;
        while (below instanceof PhysicalPlan.Filter(PhysicalPlan input, Expression condition)) {
            conditions.addAll(Conjunction.split(condition));
            below = input;
        }
        return below;
    }

    private static boolean reads(PhysicalPlan plan, int apply) {
        return plan instanceof ArgumentRows argument && argument.apply() == apply
                || plan.inputs().stream().anyMatch(input -> reads(input, apply));
    }
}
