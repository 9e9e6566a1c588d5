package io.spangraph.engine.run;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.physical.PhysicalPlan;

/** Makes the operators that have two inputs, and lets join keys narrow the scans of the probe side. */
final class JoinBuilder {
    Operator shared(PhysicalPlan.Shared shared) {
        throw unsupported();
    }

    Operator argument(PhysicalPlan.ArgumentRows argument) {
        throw unsupported();
    }

    Operator hashJoin(PhysicalPlan.HashJoin join) {
        throw unsupported();
    }

    Operator nestedLoop(PhysicalPlan.NestedLoopJoin join) {
        throw unsupported();
    }

    Operator apply(PhysicalPlan.Apply apply) {
        throw unsupported();
    }

    Operator semiApply(PhysicalPlan.SemiApply apply) {
        throw unsupported();
    }

    private static QueryException unsupported() {
        return QueryException.of(QueryErrorCode.UNSUPPORTED, "Joins are not supported yet.");
    }
}
