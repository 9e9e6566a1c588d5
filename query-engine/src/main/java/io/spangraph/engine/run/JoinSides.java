package io.spangraph.engine.run;

import io.spangraph.engine.expr.Expression.FieldRef;
import io.spangraph.engine.physical.PhysicalInputs;
import io.spangraph.engine.physical.PhysicalPlan;
import io.spangraph.engine.physical.PhysicalPlan.Computed;
import io.spangraph.engine.physical.PhysicalPlan.HashJoin;
import io.spangraph.engine.physical.PhysicalPlan.KeyPair;
import java.util.OptionalDouble;

/**
 * Lets the sides of joins change places where the build side is the larger one by what metadata tell: the smaller side is
 * held in memory and the larger one streams by. Before anything is read, so that EXPLAIN shows it.
 */
final class JoinSides {
    private final RowEstimates estimates;

    JoinSides(PlannedReads planned) {
        this.estimates = new RowEstimates(planned);
    }

    /** The plan with joins turned; the very same if none is. */
    PhysicalPlan chosen(PhysicalPlan plan) {
        PhysicalPlan over = PhysicalInputs.map(plan, this::chosen);
        return switch (over) {
            case HashJoin join -> isBuildLarger(join) ? turned(join) : join;
            // The parts of a union have their columns in one order.
            case PhysicalPlan.UnionAll union
            when plan != over ->
                new PhysicalPlan.UnionAll(
                        union.parts().stream().map(part -> inOrder(part, plan)).toList());
            case PhysicalPlan other -> other;
        };
    }

    private boolean isBuildLarger(HashJoin join) {
        OptionalDouble build = estimates.of(join.build());
        OptionalDouble probe = estimates.of(join.probe());
        return build.isPresent() && probe.isPresent() && build.getAsDouble() > probe.getAsDouble();
    }

    private static HashJoin turned(HashJoin join) {
        return new HashJoin(
                join.kind().turned(),
                join.probe(),
                join.build(),
                join.keys().stream()
                        .map(key -> new KeyPair(key.probe(), key.build()))
                        .toList(),
                join.residual(),
                join.unread());
    }

    private static PhysicalPlan inOrder(PhysicalPlan part, PhysicalPlan before) {
        return part.columns().equals(before.columns())
                ? part
                : new PhysicalPlan.Project(
                        part,
                        before.columns().stream()
                                .map(column -> new Computed(column, new FieldRef(column.variable(), column.field())))
                                .toList());
    }
}
