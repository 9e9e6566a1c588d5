package io.spangraph.engine.run;

import io.spangraph.engine.physical.PhysicalPlan;
import io.spangraph.engine.physical.PhysicalPlan.HashJoin;
import io.spangraph.engine.row.RowLayout;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The layouts of the rows of a plan's operators, by the objects of the plan. Nothing of a run is in them, so that a plan
 * which is kept works them out once. Safe for use by many threads.
 */
final class PlanLayouts {
    private final Map<PhysicalPlan, RowLayout> ofRows = Collections.synchronizedMap(new IdentityHashMap<>());
    private final Map<HashJoin, RowLayout> ofBothSides = Collections.synchronizedMap(new IdentityHashMap<>());

    RowLayout of(PhysicalPlan plan) {
        return ofRows.computeIfAbsent(plan, PhysicalPlan::layout);
    }

    /** The columns of both sides of a join, whichever of them it gives. */
    RowLayout ofBothSides(HashJoin join) {
        return ofBothSides.computeIfAbsent(
                join,
                sides -> new RowLayout(Stream.concat(sides.build().columns().stream(), sides.probe().columns().stream())
                        .toList()));
    }
}
