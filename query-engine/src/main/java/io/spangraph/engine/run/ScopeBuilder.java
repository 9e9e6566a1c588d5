package io.spangraph.engine.run;

import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.scan.ScanRows;
import io.spangraph.engine.exec.scan.TableScanOperator.Reading;
import io.spangraph.engine.exec.scope.FileScopesMaker;
import io.spangraph.engine.exec.scope.GroupingSpec;
import io.spangraph.engine.exec.scope.KeptScopes;
import io.spangraph.engine.exec.scope.ScopeScanOperator;
import io.spangraph.engine.exec.scope.ScopeSearch;
import io.spangraph.engine.exec.scope.ScopeSpec;
import io.spangraph.engine.exec.scope.ScopeSpec.LinkKeys;
import io.spangraph.engine.exec.scope.ScopeSpec.Side;
import io.spangraph.engine.exec.scope.ScopeSpec.SideColumn;
import io.spangraph.engine.exec.scope.ScopeStep;
import io.spangraph.engine.exec.scope.SharedScope;
import io.spangraph.engine.physical.BlockGrouping;
import io.spangraph.engine.physical.LinkedRows;
import io.spangraph.engine.physical.PhysicalPlan;
import io.spangraph.engine.physical.PhysicalPlan.Computed;
import io.spangraph.engine.physical.PhysicalPlan.ScopeScan;
import io.spangraph.engine.physical.PhysicalPlan.TableScan;
import io.spangraph.engine.physical.ScanTemplate;
import io.spangraph.engine.physical.ScopePattern;
import io.spangraph.engine.physical.ScopePattern.Step;
import io.spangraph.engine.physical.ScopePattern.Way;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.run.ScanBinder.PlannedScan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes the operators that follow edges inside scopes. */
final class ScopeBuilder {
    private final OperatorBuilder operators;
    private final ScanBinder scans;
    private final Function<PhysicalPlan, SharedScope.Join> joins;
    private final Map<ScopeScan, SharedScope> shared = new IdentityHashMap<>();

    /** @param joins makes the operators of a plan that runs in place of a scan of scopes */
    ScopeBuilder(OperatorBuilder operators, ScanBinder scans, Function<PhysicalPlan, SharedScope.Join> joins) {
        this.operators = operators;
        this.scans = scans;
        this.joins = joins;
    }

    SharedScope shared(ScopeScan scan) {
        return shared.computeIfAbsent(scan, this::open);
    }

    private SharedScope open(ScopeScan scan) {
        ScopePattern pattern = scan.pattern();
        PlannedScan rows = operators.plannedScan(pattern.rows());
        return new SharedScope(
                operators.sharedScan(pattern.scopes()),
                operators.sharedScan(pattern.rows()),
                references -> scans.some(rows, references),
                () -> joins.apply(scan.otherwise()),
                kept(scan, rows),
                operators.context());
    }

    private KeptScopes kept(ScopeScan scan, PlannedScan rows) {
        ScopePattern pattern = scan.pattern();
        LinkedRows linked = LinkedRows.of(pattern, scan.reads());
        List<FileScopesMaker> makers = pattern.links().stream()
                .map(link -> new FileScopesMaker(pattern.scope(), link.key(), link.foreign(), operators.context()))
                .toList();
        return new KeptScopes(
                () -> scans.openKept(rows, linked.rows().template(), makers),
                linked.told().stream().map(column -> told(column, makers)).toList());
    }

    private static KeptScopes.Told told(String column, List<FileScopesMaker> makers) {
        int links = 0;
        while (!makers.get(links).columns().contains(column)) {
            links++;
        }
        return new KeptScopes.Told(links, makers.get(links).columns().indexOf(column));
    }

    /** An operator that reads scopes; safe for use by many threads once {@link #shared} was asked for them. */
    ScopeScanOperator operator(ScopeScan scan, Reading reading) {
        ScopePattern pattern = scan.pattern();
        PlannedScan rows = operators.plannedScan(pattern.rows());
        PlannedScan scopes = operators.plannedScan(pattern.scopes());
        return new ScopeScanOperator(
                spec(scan, pattern.sides(), rows, rows.plan().request().columns()),
                kept(scan, rows, LinkedRows.of(pattern, scan.reads())),
                new ScopeSearch(
                        new ScanRows(scans.bindBase(scopes)),
                        columns(pattern.scope(), scopes.plan().request().columns()),
                        operators.context()),
                new ScanRows(scans.bindBase(rows)),
                shared(scan),
                reading,
                operators.context());
    }

    private ScopeScanOperator.Kept kept(ScopeScan scan, PlannedScan rows, LinkedRows linked) {
        List<String> read = linked.rows().template().baseColumns();
        List<String> base = Stream.concat(read.stream(), linked.told().stream()).toList();
        return new ScopeScanOperator.Kept(
                spec(scan, linked.sides(), rows, base), new ScanRows(scans.bindBase(rows, read)));
    }

    private static List<CompiledExpression> columns(List<String> names, List<String> base) {
        List<CompiledExpression> columns = new ArrayList<>();
        for (String name : names) {
            int position = base.indexOf(name);
            columns.add(batch -> batch.column(position));
        }
        return columns;
    }

    /**
     * The scan over base rows.
     *
     * @param base the columns of these rows; those that are not there are not asked for
     */
    private ScopeSpec spec(ScopeScan scan, List<ScanTemplate> templates, PlannedScan rows, List<String> base) {
        ScopePattern pattern = scan.pattern();
        Map<ColumnId, SideColumn> positions = new HashMap<>();
        List<Side> sides = new ArrayList<>();
        for (ScanTemplate template : templates) {
            for (int column = 0; column < template.columns().size(); column++) {
                positions.put(template.columns().get(column).id(), new SideColumn(sides.size(), column));
            }
            List<Integer> present = template.present().stream()
                    .map(base::indexOf)
                    .filter(position -> position >= 0)
                    .toList();
            RowLayout layout = new TableScan(template).layout();
            sides.add(new Side(new ScanRows(scans.bindSide(rows, template, base, layout)), present));
        }
        List<LinkKeys> links = pattern.links().stream()
                .map(link -> new LinkKeys(columns(link.key(), base), columns(link.foreign(), base)))
                .toList();
        return new ScopeSpec(
                columns(pattern.scope(), base),
                links,
                sides,
                steps(pattern.steps(), positions),
                scan.reads().stream().map(positions::get).toList(),
                scan.grouping().map(grouping -> grouping(grouping, scan.reads())),
                operators.layout(scan));
    }

    private GroupingSpec grouping(BlockGrouping grouping, List<ColumnId> reads) {
        List<ColumnId> rows = new ArrayList<>(reads);
        grouping.rows().forEach(row -> rows.add(row.column()));
        RowLayout layout = new RowLayout(rows);
        List<List<CompiledExpression>> projections = new ArrayList<>();
        for (List<Computed> items : grouping.projections()) {
            RowLayout input = layout;
            projections.add(items.stream()
                    .map(item -> operators.compile(item.expression(), input))
                    .toList());
            layout = new RowLayout(items.stream().map(Computed::column).toList());
        }
        RowLayout items = layout;
        return new GroupingSpec(
                grouping.side(),
                grouping.rows().stream().map(BlockGrouping.SideRow::side).toList(),
                projections,
                OperatorBuilder.positions(grouping.values(), items),
                OperatorBuilder.positions(grouping.keys(), items),
                grouping.aggregates().stream()
                        .map(column -> operators.aggregateSpec(column, items))
                        .toList());
    }

    private List<ScopeStep> steps(List<Step> steps, Map<ColumnId, SideColumn> positions) {
        return steps.stream().map(step -> step(step, positions)).toList();
    }

    private ScopeStep step(Step step, Map<ColumnId, SideColumn> positions) {
        return switch (step) {
            case Step.Hop(int from, int to, Way way, int links) -> new ScopeStep.Hop(from, to, way(way), links);
            case Step.Walk walk ->
                new ScopeStep.Walk(
                        walk.from(),
                        walk.edge(),
                        walk.step(),
                        walk.to(),
                        way(walk.way()),
                        walk.min(),
                        walk.max().orElse(Integer.MAX_VALUE),
                        walk.links(),
                        walk.sameKeyIsSameEdge());
            case Step.Keep keep ->
                new ScopeStep.Keep(
                        operators.compile(keep.condition(), new RowLayout(keep.reads())),
                        keep.reads().stream().map(positions::get).toList());
            case Step.Exists(boolean negated, List<Step> inner) ->
                new ScopeStep.Exists(negated, steps(inner, positions));
            case Step.Optionally(List<Step> inner) -> new ScopeStep.Optionally(steps(inner, positions));
        };
    }

    private static ScopeStep.Way way(Way way) {
        return switch (way) {
            case SAME_ROW -> ScopeStep.Way.SAME_ROW;
            case TO_PARENT -> ScopeStep.Way.TO_PARENT;
            case TO_CHILDREN -> ScopeStep.Way.TO_CHILDREN;
        };
    }
}
