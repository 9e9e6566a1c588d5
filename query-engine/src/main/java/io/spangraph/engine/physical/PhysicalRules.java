package io.spangraph.engine.physical;

import java.util.List;

/** All choices of operators, in the order in which they are made. */
public final class PhysicalRules {
    public static final List<PhysicalRule> ALL =
            List.of(new ReadLate(), new WalkInScopes(), new ReadScopeOnce(), new GroupByRow(), new JoinOuterRows());

    private PhysicalRules() {}
}
