package io.spangraph.engine.run;

import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.scope.SharedScope;
import io.spangraph.engine.expr.FunctionContext;
import io.spangraph.engine.physical.PhysicalPlan;
import io.spangraph.engine.procedure.ProcedureContext;
import java.util.function.Function;

/**
 * Makes the joins that run in place of a scan of scopes once a table has turned out not to be in their order. Their scans
 * are planned then, and count like all others of the query.
 */
record ReplacingJoins(
        FunctionContext functions, ScanBinder binder, QueryScans scans, PlannedReads reads, ProcedureContext procedures)
        implements Function<PhysicalPlan, SharedScope.Join> {
    @Override
    public SharedScope.Join apply(PhysicalPlan plan) {
        PlannedReads planned = new PlannedReads();
        binder.planAll(plan, planned);
        scans.add(planned);
        reads.putReplacing(plan, planned);
        OperatorBuilder builder = new OperatorBuilder(
                functions, binder, planned, new PlanLayouts(), procedures, this, (part, operator) -> operator);
        Operator rows = builder.build(plan);
        scans.addOperators(builder.storageReads());
        return new SharedScope.Join(rows, builder.storageReads());
    }
}
