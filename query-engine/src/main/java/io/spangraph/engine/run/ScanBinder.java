package io.spangraph.engine.run;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.expression.ExpressionCompiler;
import io.spangraph.engine.exec.mapping.MappingCompiler;
import io.spangraph.engine.exec.scan.BoundFetch;
import io.spangraph.engine.exec.scan.BoundScan;
import io.spangraph.engine.exec.scan.BoundScan.ColumnMaker;
import io.spangraph.engine.exec.scan.RowFetches;
import io.spangraph.engine.exec.scan.SharedScan;
import io.spangraph.engine.exec.scope.FileScopesMaker;
import io.spangraph.engine.exec.scope.KeptScopes;
import io.spangraph.engine.expr.Conjunction;
import io.spangraph.engine.expr.FunctionContext;
import io.spangraph.engine.physical.AskedScan;
import io.spangraph.engine.physical.PhysicalInputs;
import io.spangraph.engine.physical.PhysicalPlan;
import io.spangraph.engine.physical.PhysicalPlan.FetchColumns;
import io.spangraph.engine.physical.PhysicalPlan.TableScan;
import io.spangraph.engine.physical.Pushdown;
import io.spangraph.engine.physical.ScanTemplate;
import io.spangraph.engine.physical.ScanTemplate.ScanColumn;
import io.spangraph.engine.physical.ScanTemplate.ScanValue;
import io.spangraph.engine.plan.PinMode;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.LinkedFiles;
import io.spangraph.engine.spi.MetadataAnswer;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.engine.spi.ScanPlan;
import io.spangraph.engine.spi.ScanRequest;
import io.spangraph.engine.spi.ScanSource;
import io.spangraph.engine.spi.SnapshotSet;
import io.spangraph.engine.spi.TableSnapshot;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.table.TableName;
import io.spangraph.model.table.TableSchema;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plans the scans of a query at its source: with the tenant, the parameters and the snapshots of this run. */
final class ScanBinder {
    private final ScanSource source;
    private final SnapshotSet snapshots;
    private final FunctionContext context;
    private final boolean explainOnly;

    ScanBinder(ScanSource source, SnapshotSet snapshots, FunctionContext context, boolean explainOnly) {
        this.source = source;
        this.snapshots = snapshots;
        this.context = context;
        this.explainOnly = explainOnly;
    }

    /** Plans whatever is read below this operator, by the objects of the plan: equal scans are read apart. */
    void planAll(PhysicalPlan plan, PlannedReads planned) {
        planScans(plan, planned);
        planFetches(plan, planned);
    }

    /** Plans every fetch below this operator. */
    void planFetches(PhysicalPlan plan, PlannedReads planned) {
        if (plan instanceof FetchColumns fetch) {
            ScanTemplate template = fetch.template();
            planned.put(
                    fetch,
                    new PlannedFetch(
                            template,
                            snapshots.of(template.subject().table()),
                            pin(template.pin()),
                            new ScanMonitor(context.query().cancellation())));
        }
        plan.inputs().forEach(input -> planFetches(input, planned));
    }

    /** Plans every scan below this operator. */
    void planScans(PhysicalPlan plan, PlannedReads planned) {
        if (plan instanceof PhysicalPlan.MetadataAggregate aggregate) {
            aggregate.asked().forEach(asked -> planned.put(asked.scan(), answered(asked)));
        }
        if (plan instanceof TableScan scan && !planned.contains(scan)) {
            planned.put(scan, plan(scan.template()));
        }
        if (plan instanceof PhysicalPlan.ScopeScan scopes) {
            planScans(scopes.pattern().scopes(), planned);
            planScans(scopes.pattern().rows(), planned);
        }
        plan.inputs().forEach(input -> planScans(input, planned));
    }

    Optional<TableSchema> table(TableName name) {
        context.query().cancellation().poll();
        return source.table(name);
    }

    private PlannedScan plan(ScanTemplate template) {
        context.query().cancellation().poll();
        TableSnapshot snapshot = snapshots.of(template.subject().table());
        TableSchema table = source.table(snapshot)
                .orElseThrow(() -> QueryException.of(
                        QueryErrorCode.SCHEMA_CHANGED,
                        "The table '" + template.subject().table().shortName() + "' of '"
                                + template.subject().name() + "' does not exist any more."));
        ScanRequest request = new ScanRequest(
                snapshot,
                pin(template.pin()),
                new PushdownBinder(table, context, explainOnly).bind(template.pushdown()),
                template.present(),
                template.baseColumns(),
                template.rowReferences());
        return new PlannedScan(
                template, source.plan(request), new ScanMonitor(context.query().cancellation()), table, List.of());
    }

    /** The scan without the files whose metadata answer the question. */
    private PlannedScan answered(AskedScan asked) {
        PlannedScan whole = plan(asked.scan().template());
        if (!new PushdownBinder(whole.table(), context, explainOnly)
                .isExact(asked.scan().template().pushdown())) {
            return whole;
        }
        MetadataAnswer answer = source.metadata(whole.plan(), asked.question());
        return new PlannedScan(whole.template(), answer.rest(), whole.monitor(), whole.table(), answer.values());
    }

    private Pin pin(PinMode mode) {
        return switch (mode) {
            case PinMode.ByTenant(MappingExpression owner) ->
                new Pin.Tenant(
                        owner,
                        context.query()
                                .principal()
                                .tenant()
                                .orElseThrow(() -> QueryException.of(
                                        QueryErrorCode.INTERNAL,
                                        "A plan for one tenant cannot run for a principal that sees all tenants.")));
            case PinMode.Unrestricted all -> new Pin.All();
            case PinMode.PublicSource open -> new Pin.Public();
        };
    }

    /**
     * A scan whose files are known.
     *
     * @param answers of files that need not be read: for each of them, a value for each fact that was asked
     */
    record PlannedScan(
            ScanTemplate template, ScanPlan plan, ScanMonitor monitor, TableSchema table, List<List<Value>> answers) {}

    /** A fetch of rows that scans of the same run give. */
    record PlannedFetch(ScanTemplate template, TableSnapshot snapshot, Pin pin, ScanMonitor monitor) {}

    RowFetches open(PlannedFetch planned) {
        return new RowFetches(
                source, planned.snapshot(), planned.pin(), planned.template().baseColumns(), planned.monitor());
    }

    /** Compiles what a fetch makes of base columns. */
    BoundFetch bind(PlannedFetch planned, RowFetches rows, FetchColumns plan) {
        ScanTemplate template = planned.template();
        MappingCompiler mappings =
                new MappingCompiler(template.baseColumns(), context.query().cancellation());
        return new BoundFetch(
                rows,
                owner(template).map(mappings::compile),
                columns(template, mappings),
                plan.layout(),
                plan.input().layout().requirePosition(plan.reference()));
    }

    private static Optional<MappingExpression> owner(ScanTemplate template) {
        return template.pin() instanceof PinMode.ByTenant(MappingExpression expression)
                ? Optional.of(expression)
                : Optional.empty();
    }

    private static List<ColumnMaker> columns(ScanTemplate template, MappingCompiler mappings) {
        return template.columns().stream()
                .map(ScanColumn::value)
                .map(value -> maker(value, mappings))
                .toList();
    }

    /** A scan that reads nothing before its first part is wanted. */
    SharedScan open(PlannedScan planned) {
        return new SharedScan(source, planned.plan(), planned.monitor());
    }

    /** The scan that replaces another if links are kept, and what links there are; not planned before it is known. */
    Optional<KeptScopes.Opened> openKept(PlannedScan replaced, ScanTemplate rows, List<FileScopesMaker> makers) {
        PlannedScan planned = plan(rows);
        List<LinkedFiles> links = new ArrayList<>();
        for (FileScopesMaker maker : makers) {
            Optional<LinkedFiles> files = source.links(planned.plan(), maker, replaced.monitor());
            if (files.isEmpty()) {
                links.forEach(LinkedFiles::close);
                return Optional.empty();
            }
            links.add(files.get());
        }
        return Optional.of(new KeptScopes.Opened(links, new SharedScan(source, planned.plan(), replaced.monitor())));
    }

    /** Some rows of a planned scan, by references that it, or another scan of the same snapshot, has given. */
    BatchCursor some(PlannedScan planned, long[] references) {
        return source.open(planned.plan(), RuntimeKeys.ofRows(references), planned.monitor());
    }

    /**
     * The plan as it pays on this run's snapshots: where metadata leave out most of what one side of a join would read,
     * the join leaves out most of the other side by its keys.
     *
     * @param planned gets the scans that were planned for it and stay in the plan
     */
    PhysicalPlan chosen(PhysicalPlan plan, PlannedReads planned) {
        if (!(plan instanceof PhysicalPlan.ScopeScan scopes)) {
            return PhysicalInputs.map(plan, input -> chosen(input, planned));
        }
        TableScan rows = scopes.pattern().rows();
        PlannedScan whole = plan(rows.template());
        if (isNarrow(scopes.pattern().sides(), whole)) {
            return scopes.otherwise();
        }
        planned.put(rows, whole);
        return scopes;
    }

    /** What of a template decides which files are read: two that ask the same need not both be planned. */
    private record Asked(Pushdown pushdown, List<String> present) {
        static Asked of(ScanTemplate template) {
            return new Asked(template.pushdown(), template.present());
        }
    }

    private boolean isNarrow(List<ScanTemplate> sides, PlannedScan whole) {
        // Rows, as bytes depend on the columns too, which a side may have few of.
        long all = whole.plan().estimate().rows();
        Set<Asked> seen = new HashSet<>();
        seen.add(Asked.of(whole.template()));
        // What is chosen can be seen: by the files that are left for a key, a tenant could tell whether anybody has it.
        boolean ofOneTenant = whole.plan().request().pin() instanceof Pin.Tenant;
        for (ScanTemplate side : sides) {
            if (seen.add(Asked.of(side))
                    && (ofOneTenant || plan(side).plan().estimate().rows() < all / 2)) {
                return true;
            }
        }
        return false;
    }

    /** Compiles what tells whose the base rows of a scan are. */
    BoundScan bindBase(PlannedScan planned) {
        return bindBase(planned, planned.plan().request().columns());
    }

    /** The same on base rows with other columns. */
    BoundScan bindBase(PlannedScan planned, List<String> base) {
        ScanTemplate all = planned.template();
        ScanTemplate none = new ScanTemplate(
                all.subject(), all.pin(), List.of(), List.of(), List.of(), List.of(), List.of(), Pushdown.EVERYTHING);
        return bindSide(planned, none, base, new RowLayout(List.of()));
    }

    /** Compiles what the scan evaluates on each row. */
    BoundScan bind(PlannedScan planned, RowLayout layout) {
        return bindSide(planned, planned.template(), layout);
    }

    /** Compiles what a template evaluates on the base rows of a scan that reads more than the template asks for. */
    BoundScan bindSide(PlannedScan planned, ScanTemplate template, RowLayout layout) {
        return bindSide(planned, template, planned.plan().request().columns(), layout);
    }

    /**
     * The same on base rows with other columns.
     *
     * @param base the names of the columns, but for the row references behind them
     */
    BoundScan bindSide(PlannedScan planned, ScanTemplate template, List<String> base, RowLayout layout) {
        MappingCompiler mappings = new MappingCompiler(base, context.query().cancellation());
        ExpressionCompiler expressions = new ExpressionCompiler(layout, context);
        return new BoundScan(
                planned.plan(),
                planned.monitor(),
                owner(template).map(mappings::compile),
                template.conditions().stream().map(mappings::compile).toList(),
                layout,
                columns(template, mappings),
                template.required().stream().map(layout::requirePosition).toList(),
                template.predicates().isEmpty()
                        ? Optional.empty()
                        : Optional.of(expressions.compile(Conjunction.of(template.predicates()))));
    }

    private static ColumnMaker maker(ScanValue value, MappingCompiler mappings) {
        return switch (value) {
            case ScanValue.Constant(Value constant) -> new ColumnMaker.Constant(constant);
            case ScanValue.Mapped(MappingExpression expression) ->
                new ColumnMaker.Computed(mappings.compile(expression));
            case ScanValue.RowReference reference -> new ColumnMaker.RowReference();
        };
    }
}
