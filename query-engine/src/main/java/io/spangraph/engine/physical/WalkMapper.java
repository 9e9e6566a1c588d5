package io.spangraph.engine.physical;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.row.ColumnId;
import java.util.Set;

/** Walks of several edges. */
final class WalkMapper {
    PhysicalPlan map(LogicalPlan expand, Set<ColumnId> wanted) {
        throw QueryException.of(QueryErrorCode.UNSUPPORTED, "Variable-length relationships are not supported yet.");
    }
}
