package io.spangraph.engine.run;

import io.spangraph.engine.physical.PhysicalInputs;
import io.spangraph.engine.physical.PhysicalPlan;
import io.spangraph.engine.physical.PhysicalPlan.HashJoin;
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
        return over instanceof HashJoin join && isBuildLarger(join) ? join.swap() : over;
    }

    private boolean isBuildLarger(HashJoin join) {
        OptionalDouble build = estimates.of(join.build());
        OptionalDouble probe = estimates.of(join.probe());
        return build.isPresent() && probe.isPresent() && build.getAsDouble() > probe.getAsDouble();
    }
}
