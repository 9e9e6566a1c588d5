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
import io.spangraph.engine.physical.PhysicalPlanner;
import io.spangraph.engine.physical.PhysicalRule;
import io.spangraph.engine.physical.PhysicalRules;
import io.spangraph.engine.physical.PlanChecker;
import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.engine.plan.QueryPlan.Mode;
import io.spangraph.engine.procedure.ServerFacts;
import io.spangraph.engine.spi.ScanSource;
import io.spangraph.engine.spi.SnapshotSet;
import io.spangraph.model.schema.ElementIdCodec;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.RowSource;
import io.spangraph.model.table.TableName;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Optimises, plans, checks and runs queries over one graph. */
public final class DefaultQueryRunner implements QueryRunner {
    /** Variables that rules invent are numbered from here, far above those of any query. */
    private static final int FIRST_INVENTED_VARIABLE = 1_000_000;

    private final GraphSchema schema;
    private final ScanSource source;
    private final Optimizer optimizer;
    private final ServerFacts server;
    private final PhysicalPlanner planner;
    private final PlanChecker checker;
    private final Set<TableName> graphTables;
    /** How ids are written for readers of one tenant, whichever it is, and of all. */
    private final Map<PinScope, ElementIdCodec> elementIds = new EnumMap<>(PinScope.class);

    public DefaultQueryRunner(GraphSchema schema, ScanSource source) {
        this(schema, source, DefaultRules.optimizer());
    }

    /** A runner whose procedures tell about a server. */
    public DefaultQueryRunner(GraphSchema schema, ScanSource source, ServerFacts server) {
        this(schema, source, DefaultRules.optimizer(), PhysicalRules.ALL, server);
    }

    /** A runner with rules of the caller's choice, as tests compare them. */
    public DefaultQueryRunner(GraphSchema schema, ScanSource source, Optimizer optimizer) {
        this(schema, source, optimizer, PhysicalRules.ALL);
    }

    /** A runner that makes choices of operators of the caller's, as tests compare them. */
    public DefaultQueryRunner(GraphSchema schema, ScanSource source, Optimizer optimizer, List<PhysicalRule> choices) {
        this(schema, source, optimizer, choices, ServerFacts.NO_SERVER);
    }

    private DefaultQueryRunner(
            GraphSchema schema,
            ScanSource source,
            Optimizer optimizer,
            List<PhysicalRule> choices,
            ServerFacts server) {
        this.schema = schema;
        this.source = source;
        this.optimizer = optimizer;
        this.server = server;
        this.planner = new PhysicalPlanner(schema, choices);
        this.checker = new PlanChecker(schema);
        this.graphTables = schema.sources().stream().map(RowSource::table).collect(Collectors.toUnmodifiableSet());
        for (PinScope scope : PinScope.values()) {
            elementIds.put(scope, new ElementIdCodec(schema, scope == PinScope.ONE_TENANT));
        }
    }

    @Override
    public PreparedQuery prepare(QueryPlan query, PinScope scope) {
        return prepare(query, scope, optimized(query, scope));
    }

    private OptimizedPlan optimized(QueryPlan query, PinScope scope) {
        RuleContext rules =
                new RuleContext(schema, scope == PinScope.ALL_TENANTS, new AtomicInteger(FIRST_INVENTED_VARIABLE));
        return optimizer.optimize(query.plan(), rules);
    }

    /** Plans a query that is already optimised. */
    public PreparedQuery prepare(QueryPlan query, PinScope scope, OptimizedPlan optimized) {
        return PhysicalPreparedQuery.of(
                query, scope, physical(query, scope, optimized), optimized.steps(), graphTables);
    }

    private PhysicalPlan physical(QueryPlan query, PinScope scope, OptimizedPlan optimized) {
        PhysicalPlan plan = planner.plan(optimized.plan(), query.columns());
        checker.check(plan, scope == PinScope.ONE_TENANT);
        return plan;
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
        FunctionContext functions = new FunctionContext(
                schema,
                context,
                Optional.ofNullable(elementIds.get(prepared.scope())).orElseThrow());
        Mode mode = prepared.query().mode();
        boolean explainOnly = mode == Mode.EXPLAIN || mode == Mode.EXPLAIN_VERBOSE;
        ScanBinder binder = new ScanBinder(source, snapshots, functions, explainOnly);
        QueryScans scans = new QueryScans(context.limits());
        PlannedReads planned = new PlannedReads();
        PhysicalPlan scanned = binder.chosen(prepared.plan(), planned);
        binder.planScans(scanned, planned);
        PhysicalPreparedQuery chosen = prepared.chosen(new JoinSides(planned).chosen(scanned));
        binder.planFetches(chosen.plan(), planned);
        PlanDescriber describer = new PlanDescriber(chosen, planned);
        if (explainOnly) {
            scans.addExplained(planned);
            return new ExplainedQuery(prepared.query(), describer.describe(Map.of()), scans);
        }
        scans.add(planned);
        ProcedurePlans procedures = new ProcedurePlans(
                functions, server, binder, scans, (plan, scope) -> physical(plan, scope, optimized(plan, scope)));
        Map<PhysicalPlan, OperatorProfile> profiles = Collections.synchronizedMap(new IdentityHashMap<>());
        boolean profiled = mode == Mode.PROFILE;
        ReplacingJoins joins = new ReplacingJoins(functions, binder, scans, planned, procedures);
        OperatorBuilder builder = new OperatorBuilder(
                functions, binder, planned, chosen.layouts(), procedures, joins, (plan, operator) -> {
                    if (!profiled) {
                        return operator;
                    }
                    return new ProfiledOperator(
                            operator, profiles.computeIfAbsent(plan, part -> new OperatorProfile()));
                });
        Operator root = builder.build(chosen.plan());
        scans.addOperators(builder.storageReads());
        return new RunningQuery(
                prepared.query(),
                context,
                root,
                scans,
                () -> profiled ? Optional.of(describer.describe(profiles)) : Optional.empty());
    }
}
