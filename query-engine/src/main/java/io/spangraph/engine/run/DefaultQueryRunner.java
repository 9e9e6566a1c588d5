package io.spangraph.engine.run;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.expr.FunctionContext;
import io.spangraph.engine.optimize.OptimizedPlan;
import io.spangraph.engine.optimize.Optimizer;
import io.spangraph.engine.optimize.RuleContext;
import io.spangraph.engine.optimize.rule.DefaultRules;
import io.spangraph.engine.physical.PhysicalPlan;
import io.spangraph.engine.physical.PhysicalPlan.TableScan;
import io.spangraph.engine.physical.PhysicalPlanner;
import io.spangraph.engine.physical.PlanChecker;
import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.engine.plan.QueryPlan.Mode;
import io.spangraph.engine.run.ScanBinder.PlannedScan;
import io.spangraph.engine.spi.ScanSource;
import io.spangraph.engine.spi.SnapshotSet;
import io.spangraph.model.schema.GraphSchema;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Optimises, plans, checks and runs queries over one graph. */
public final class DefaultQueryRunner implements QueryRunner {
    /** Variables that rules invent are numbered from here, far above those of any query. */
    private static final int FIRST_INVENTED_VARIABLE = 1_000_000;

    private final GraphSchema schema;
    private final ScanSource source;
    private final Optimizer optimizer;
    private final PhysicalPlanner planner;
    private final PlanChecker checker;

    public DefaultQueryRunner(GraphSchema schema, ScanSource source) {
        this(schema, source, DefaultRules.optimizer());
    }

    /** A runner with rules of the caller's choice, as tests compare them. */
    public DefaultQueryRunner(GraphSchema schema, ScanSource source, Optimizer optimizer) {
        this.schema = schema;
        this.source = source;
        this.optimizer = optimizer;
        this.planner = new PhysicalPlanner(schema);
        this.checker = new PlanChecker(schema);
    }

    @Override
    public PreparedQuery prepare(QueryPlan query, PinScope scope) {
        RuleContext rules =
                new RuleContext(schema, scope == PinScope.ALL_TENANTS, new AtomicInteger(FIRST_INVENTED_VARIABLE));
        return prepare(query, scope, optimizer.optimize(query.plan(), rules));
    }

    /** Plans a query that is already optimised. */
    public PreparedQuery prepare(QueryPlan query, PinScope scope, OptimizedPlan optimized) {
        PhysicalPlan plan = planner.plan(optimized.plan(), query.columns());
        checker.check(plan, scope == PinScope.ONE_TENANT);
        return new PhysicalPreparedQuery(query, scope, plan, optimized.steps());
    }

    @Override
    public ResultCursor run(PreparedQuery query, QueryContext context, SnapshotSet snapshots) {
        if (!(query instanceof PhysicalPreparedQuery prepared)) {
            throw new IllegalArgumentException("a query that was prepared elsewhere: " + query.getClass());
        }
        if (PinScope.of(context.principal()) != prepared.scope()) {
            throw QueryException.of(
                    QueryErrorCode.INTERNAL, "A plan was refused: it was made for readers of other tenants.");
        }
        checker.check(prepared.plan(), prepared.scope() == PinScope.ONE_TENANT);
        FunctionContext functions = new FunctionContext(schema, context);
        Mode mode = prepared.query().mode();
        boolean explainOnly = mode == Mode.EXPLAIN || mode == Mode.EXPLAIN_VERBOSE;
        ScanBinder scans = new ScanBinder(source, snapshots, functions, explainOnly);
        Map<TableScan, PlannedScan> planned = new IdentityHashMap<>();
        scans.planAll(prepared.plan(), planned);
        PlanDescriber describer = new PlanDescriber(prepared, planned);
        if (explainOnly) {
            return new ExplainedQuery(prepared.query(), describer.describe(Map.of()), planned.values());
        }
        ScanLimit.check(planned.values(), context.limits());
        return start(prepared, functions, scans, planned, describer);
    }

    private static ResultCursor start(
            PhysicalPreparedQuery prepared,
            FunctionContext functions,
            ScanBinder scans,
            Map<TableScan, PlannedScan> planned,
            PlanDescriber describer) {
        Map<PhysicalPlan, ProfiledOperator> profiles = new IdentityHashMap<>();
        boolean profiled = prepared.query().mode() == Mode.PROFILE;
        OperatorBuilder builder = new OperatorBuilder(functions, scans, planned, (plan, operator) -> {
            if (!profiled) {
                return operator;
            }
            ProfiledOperator observed = new ProfiledOperator(operator);
            profiles.put(plan, observed);
            return observed;
        });
        Operator root = builder.build(prepared.plan());
        return new RunningQuery(
                prepared.query(),
                functions.query(),
                root,
                builder.scanOperators(),
                planned,
                () -> profiled ? Optional.of(describer.describe(profiles)) : Optional.empty());
    }
}
