package io.spangraph.engine.run;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.aggregate.AggregateSpec;
import io.spangraph.engine.exec.aggregate.Distinct;
import io.spangraph.engine.exec.aggregate.GroupColumn;
import io.spangraph.engine.exec.aggregate.Grouping;
import io.spangraph.engine.exec.aggregate.HashAggregate;
import io.spangraph.engine.exec.aggregate.MetadataAggregation;
import io.spangraph.engine.exec.basic.FilterOperator;
import io.spangraph.engine.exec.basic.NoRowsOperator;
import io.spangraph.engine.exec.basic.ProjectOperator;
import io.spangraph.engine.exec.basic.SingleRowOperator;
import io.spangraph.engine.exec.basic.UnionAllOperator;
import io.spangraph.engine.exec.basic.UnwindOperator;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.expression.ExpressionCompiler;
import io.spangraph.engine.exec.parallel.GatherOperator;
import io.spangraph.engine.exec.parallel.ParallelAggregate;
import io.spangraph.engine.exec.parallel.Pipeline;
import io.spangraph.engine.exec.procedure.ProcedureCallOperator;
import io.spangraph.engine.exec.scan.FetchOperator;
import io.spangraph.engine.exec.scan.RowFetches;
import io.spangraph.engine.exec.scan.SharedScan;
import io.spangraph.engine.exec.scan.StorageReads;
import io.spangraph.engine.exec.scan.TableScanOperator;
import io.spangraph.engine.exec.scan.TableScanOperator.Reading;
import io.spangraph.engine.exec.scope.ScopeScanOperator;
import io.spangraph.engine.exec.scope.SharedScope;
import io.spangraph.engine.exec.sort.Sort;
import io.spangraph.engine.exec.sort.SortSpec;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.FieldRef;
import io.spangraph.engine.expr.FunctionContext;
import io.spangraph.engine.physical.PhysicalPlan;
import io.spangraph.engine.physical.PhysicalPlan.AggregateColumn;
import io.spangraph.engine.physical.PhysicalPlan.Computed;
import io.spangraph.engine.physical.PhysicalPlan.FetchColumns;
import io.spangraph.engine.physical.PhysicalPlan.OuterRow;
import io.spangraph.engine.physical.PhysicalPlan.ScopeScan;
import io.spangraph.engine.physical.PhysicalPlan.SortColumn;
import io.spangraph.engine.physical.PhysicalPlan.TableScan;
import io.spangraph.engine.procedure.Procedure;
import io.spangraph.engine.procedure.ProcedureContext;
import io.spangraph.engine.procedure.Procedures;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.run.ScanBinder.PlannedFetch;
import io.spangraph.engine.run.ScanBinder.PlannedScan;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Makes the operators of a plan for one run. */
final class OperatorBuilder {
    private final FunctionContext functions;
    private final QueryContext context;
    private final ScanBinder scans;
    private final PlannedReads planned;
    private final PlanLayouts layouts;
    private final ProcedureContext procedures;
    private final BiFunction<PhysicalPlan, Operator, Operator> observer;
    private final Map<TableScan, SharedScan> sharedScans = new IdentityHashMap<>();
    private final Map<FetchColumns, RowFetches> fetches = new IdentityHashMap<>();
    private final JoinBuilder joins = new JoinBuilder(this);
    private final WalkBuilder walks = new WalkBuilder(this);
    private final SliceBuilder slices = new SliceBuilder(this);
    private final PipelineBuilder pipelines = new PipelineBuilder(this);
    private final ScopeBuilder scopes;
    private Demand demand = Demand.ALL;

    /**
     * A builder for one run.
     *
     * @param layouts of the plan's operators
     * @param joins makes the operators of what runs in place of a scan of scopes
     * @param observer may wrap each operator, as PROFILE does
     */
    OperatorBuilder(
            FunctionContext functions,
            ScanBinder scans,
            PlannedReads planned,
            PlanLayouts layouts,
            ProcedureContext procedures,
            Function<PhysicalPlan, SharedScope.Join> joins,
            BiFunction<PhysicalPlan, Operator, Operator> observer) {
        this.functions = functions;
        this.context = functions.query();
        this.scans = scans;
        this.planned = planned;
        this.layouts = layouts;
        this.procedures = procedures;
        this.observer = observer;
        this.scopes = new ScopeBuilder(this, scans, joins);
    }

    QueryContext context() {
        return context;
    }

    FunctionContext functions() {
        return functions;
    }

    RowLayout layout(PhysicalPlan plan) {
        return layouts.of(plan);
    }

    /** The columns of both sides of a join. */
    RowLayout layoutOfBothSides(PhysicalPlan.HashJoin join) {
        return layouts.ofBothSides(join);
    }

    /** How many outer rows an apply has, for what runs inside of it. */
    IntSupplier outerRows(OuterRow each) {
        return joins.outerRows(each.apply());
    }

    /** What reads from storage, once everything is built. */
    List<StorageReads> storageReads() {
        List<StorageReads> reads = new ArrayList<>(sharedScans.values());
        reads.addAll(fetches.values());
        return reads;
    }

    RowFetches rowFetches(FetchColumns fetch) {
        return fetches.computeIfAbsent(fetch, known -> scans.open(plannedFetch(known)));
    }

    private PlannedFetch plannedFetch(FetchColumns fetch) {
        return planned.of(fetch).orElseThrow();
    }

    /** An operator that fetches; safe for use by many threads once {@link #rowFetches} was asked for it. */
    Operator fetch(FetchColumns fetch, Operator input) {
        return new FetchOperator(input, scans.bind(plannedFetch(fetch), rowFetches(fetch), fetch), context);
    }

    SharedScan sharedScan(TableScan scan) {
        return sharedScans.computeIfAbsent(scan, known -> scans.open(plannedScan(known)));
    }

    /** An operator that reads a scan; safe for use by many threads once {@link #sharedScan} was asked for it. */
    TableScanOperator scanOperator(TableScan scan, Reading reading) {
        return new TableScanOperator(scans.bind(plannedScan(scan), layout(scan)), sharedScan(scan), reading);
    }

    SharedScope sharedScope(ScopeScan scan) {
        return scopes.shared(scan);
    }

    /** An operator that reads scopes; safe for use by many threads once {@link #sharedScope} was asked for it. */
    ScopeScanOperator scopeOperator(ScopeScan scan, Reading reading) {
        return scopes.operator(scan, reading);
    }

    PlannedScan plannedScan(TableScan scan) {
        return planned.of(scan).orElseThrow();
    }

    Operator build(PhysicalPlan plan) {
        if (demand == Demand.ALL) {
            Optional<Pipeline> pipeline = pipelines.pipeline(plan);
            if (pipeline.isPresent()) {
                return new GatherOperator(pipeline.get(), context);
            }
        }
        return observed(plan, operator(plan));
    }

    /** Makes an input of an operator. */
    Operator build(PhysicalPlan plan, Demand wanted) {
        Demand outer = demand;
        demand = outer.on(wanted);
        try {
            return build(plan);
        } finally {
            demand = outer;
        }
    }

    /** The pipelines that several threads may drain, if this is worth it. */
    List<Pipeline> pipelines(PhysicalPlan plan) {
        return demand == Demand.PER_OUTER_ROW ? List.of() : pipelines.pipelines(plan);
    }

    Operator observed(PhysicalPlan plan, Operator operator) {
        return observer.apply(plan, operator);
    }

    private Operator operator(PhysicalPlan plan) {
        return switch (plan) {
            case PhysicalPlan.SingleRow single -> new SingleRowOperator();
            case PhysicalPlan.NoRows none -> new NoRowsOperator(layout(none));
            case TableScan scan -> scanOperator(scan, Reading.ALONE);
            case PhysicalPlan.UnionAll union ->
                new UnionAllOperator(union.parts().stream().map(this::build).toList(), layout(union));
            case PhysicalPlan.Filter filter -> filter(filter, build(filter.input()));
            case FetchColumns fetch -> fetch(fetch, build(fetch.input()));
            case PhysicalPlan.Project project ->
                projection(project.input(), project.items(), layout(project), build(project.input()));
            case PhysicalPlan.ProduceResults results ->
                projection(results.input(), results.items(), layout(results), build(results.input()));
            case PhysicalPlan.Aggregate aggregate -> aggregation(aggregate);
            case PhysicalPlan.MetadataAggregate aggregate -> metadataAggregation(aggregate);
            case PhysicalPlan.Distinct(PhysicalPlan input, List<ColumnId> identity) ->
                new Distinct(build(input), positions(identity, layout(input)), context);
            case PhysicalPlan.Sort(PhysicalPlan input, List<SortColumn> keys) ->
                new Sort(build(input, Demand.ALL), sortSpecs(keys, layout(input)), context);
            case PhysicalPlan.AggregateOfEach aggregate -> slices.aggregate(aggregate);
            case PhysicalPlan.TopN top -> slices.top(top);
            case PhysicalPlan.Skip skip -> slices.skip(skip);
            case PhysicalPlan.Limit limit -> slices.limit(limit);
            case PhysicalPlan.Unwind unwind -> unwind(unwind, build(unwind.input()));
            case PhysicalPlan.Shared shared -> joins.shared(shared);
            case PhysicalPlan.ArgumentRows argument -> joins.argument(argument);
            case PhysicalPlan.HashJoin join -> joins.hashJoin(join);
            case ScopeScan scan -> scopeOperator(scan, Reading.ALONE);
            case PhysicalPlan.NestedLoopJoin join -> joins.nestedLoop(join);
            case PhysicalPlan.Apply apply -> joins.apply(apply);
            case PhysicalPlan.SemiApply apply -> joins.semiApply(apply);
            case PhysicalPlan.RollUpApply apply -> joins.rollUpApply(apply);
            case PhysicalPlan.ProcedureCall call -> procedureCall(call);
            case PhysicalPlan.VarExpand walk -> walks.varExpand(walk);
            case PhysicalPlan.ShortestPath path -> walks.shortestPath(path);
        };
    }

    CompiledExpression compile(Expression expression, RowLayout layout) {
        return new ExpressionCompiler(layout, functions).compile(expression);
    }

    static List<Integer> positions(List<ColumnId> columns, RowLayout layout) {
        return columns.stream().map(layout::requirePosition).toList();
    }

    Operator filter(PhysicalPlan.Filter filter, Operator input) {
        return new FilterOperator(input, compile(filter.condition(), layout(filter.input())), context);
    }

    Operator unwind(PhysicalPlan.Unwind unwind, Operator input) {
        return new UnwindOperator(input, compile(unwind.list(), layout(unwind.input())), layout(unwind), context);
    }

    Operator projection(PhysicalPlan input, List<Computed> items, RowLayout layout, Operator rows) {
        ExpressionCompiler compiler = new ExpressionCompiler(layout(input), functions);
        List<CompiledExpression> columns = new ArrayList<>();
        items.forEach(item -> columns.add(compiler.compile(item.expression())));
        return new ProjectOperator(rows, columns, layout, context);
    }

    private Operator procedureCall(PhysicalPlan.ProcedureCall call) {
        Procedure procedure = Procedures.require(call.procedure());
        int[] yields = call.yields().stream()
                .mapToInt(column -> procedure.position(column.name()))
                .toArray();
        List<CompiledExpression> arguments =
                new ExpressionCompiler(layout(call.input()), functions).compileAll(call.arguments());
        return new ProcedureCallOperator(build(call.input()), procedure, arguments, yields, layout(call), procedures);
    }

    private Operator aggregation(PhysicalPlan.Aggregate aggregate) {
        RowLayout input = layout(aggregate.input());
        Set<ColumnId> identity = new HashSet<>(aggregate.identity());
        List<GroupColumn> keys = aggregate.keys().stream()
                .map(key -> new GroupColumn(input.requirePosition(key), identity.contains(key)))
                .toList();
        Supplier<Grouping> groupings = () -> new Grouping(
                keys,
                aggregate.aggregates().stream()
                        .map(column -> aggregateSpec(column, input))
                        .toList(),
                layout(aggregate));
        // Lists are to hold their values in the order of the rows.
        boolean ordered = aggregate.aggregates().stream()
                .map(column -> column.call().function())
                .anyMatch(function ->
                        function == AggregateFunction.COLLECT || function == AggregateFunction.COLLECT_ROWS);
        List<Pipeline> parallel = ordered ? List.of() : pipelines(aggregate.input());
        return parallel.isEmpty()
                ? new HashAggregate(build(aggregate.input(), Demand.ALL), groupings.get(), context)
                : new HashAggregate(new ParallelAggregate(parallel, groupings, context), groupings.get(), context);
    }

    private Operator metadataAggregation(PhysicalPlan.MetadataAggregate aggregate) {
        List<AggregateFunction> functionsOfColumns = aggregate.scanned().aggregates().stream()
                .map(column -> column.call().function())
                .toList();
        List<List<Value>> answers = aggregate.asked().stream()
                .flatMap(asked -> plannedScan(asked.scan()).answers().stream())
                .toList();
        return new MetadataAggregation(build(aggregate.scanned()), functionsOfColumns, answers);
    }

    AggregateSpec aggregateSpec(AggregateColumn column, RowLayout input) {
        ExpressionCompiler compiler = new ExpressionCompiler(input, functions);
        List<CompiledExpression> identity = column.identity().stream()
                .map(part -> compiler.compile(new FieldRef(part.variable(), part.field())))
                .toList();
        return new AggregateSpec(
                column.call().function(), column.call().distinct(), compiler.compileAll(column.arguments()), identity);
    }

    List<SortSpec> sortSpecs(List<SortColumn> keys, RowLayout input) {
        ExpressionCompiler compiler = new ExpressionCompiler(input, functions);
        return keys.stream()
                .map(key -> new SortSpec(
                        compiler.compile(new FieldRef(
                                key.column().variable(), key.column().field())),
                        key.descending()))
                .toList();
    }
}
