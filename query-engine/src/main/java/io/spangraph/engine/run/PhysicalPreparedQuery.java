package io.spangraph.engine.run;

import io.spangraph.engine.optimize.RuleStep;
import io.spangraph.engine.physical.PhysicalPlan;
import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.engine.run.QueryRunner.PinScope;
import io.spangraph.engine.run.QueryRunner.PreparedQuery;
import java.util.List;

/**
 * A query whose operators are chosen and checked.
 *
 * @param steps what the rules did, for EXPLAIN VERBOSE
 */
record PhysicalPreparedQuery(QueryPlan query, PinScope scope, PhysicalPlan plan, List<RuleStep> steps)
        implements PreparedQuery {
    PhysicalPreparedQuery {
        steps = List.copyOf(steps);
    }
}
