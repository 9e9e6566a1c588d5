package io.spangraph.engine.run;

import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.scan.ScanRows;
import io.spangraph.engine.exec.scan.TableScanOperator.Reading;
import io.spangraph.engine.exec.scope.ScopeScanOperator;
import io.spangraph.engine.exec.scope.ScopeSearch;
import io.spangraph.engine.exec.scope.ScopeSpec;
import io.spangraph.engine.exec.scope.ScopeSpec.LinkKeys;
import io.spangraph.engine.exec.scope.ScopeSpec.Side;
import io.spangraph.engine.exec.scope.ScopeSpec.SideColumn;
import io.spangraph.engine.exec.scope.ScopeStep;
import io.spangraph.engine.exec.scope.SharedScope;
import io.spangraph.engine.physical.PhysicalPlan;
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
                references -> scans.fetch(rows, references),
                () -> joins.apply(scan.otherwise()),
                operators.context());
    }

    /** An operator that reads scopes; safe for use by many threads once {@link #shared} was asked for them. */
    ScopeScanOperator operator(ScopeScan scan, Reading reading) {
        ScopePattern pattern = scan.pattern();
        PlannedScan rows = operators.plannedScan(pattern.rows());
        PlannedScan scopes = operators.plannedScan(pattern.scopes());
        return new ScopeScanOperator(
                spec(scan, rows),
                new ScopeSearch(
                        new ScanRows(scans.bindBase(scopes)), columns(pattern.scope(), scopes), operators.context()),
                new ScanRows(scans.bindBase(rows)),
                shared(scan),
                reading,
                operators.context());
    }

    private static List<CompiledExpression> columns(List<String> names, PlannedScan scan) {
        List<String> base = scan.plan().request().columns();
        List<CompiledExpression> columns = new ArrayList<>();
        for (String name : names) {
            int position = base.indexOf(name);
            columns.add(batch -> batch.column(position));
        }
        return columns;
    }

    private ScopeSpec spec(ScopeScan scan, PlannedScan rows) {
        ScopePattern pattern = scan.pattern();
        List<String> base = rows.plan().request().columns();
        Map<ColumnId, SideColumn> positions = new HashMap<>();
        List<Side> sides = new ArrayList<>();
        for (ScanTemplate template : pattern.sides()) {
            for (int column = 0; column < template.columns().size(); column++) {
                positions.put(template.columns().get(column).id(), new SideColumn(sides.size(), column));
            }
            List<Integer> present = template.present().stream()
                    .map(base::indexOf)
                    .filter(position -> position >= 0)
                    .toList();
            RowLayout layout = new TableScan(template).layout();
            sides.add(new Side(new ScanRows(scans.bindSide(rows, template, layout)), present));
        }
        List<LinkKeys> links = pattern.links().stream()
                .map(link -> new LinkKeys(columns(link.key(), rows), columns(link.foreign(), rows)))
                .toList();
        return new ScopeSpec(
                columns(pattern.scope(), rows),
                links,
                sides,
                steps(pattern.steps(), positions),
                scan.columns().stream().map(positions::get).toList(),
                operators.layout(scan));
    }

    private List<ScopeStep> steps(List<Step> steps, Map<ColumnId, SideColumn> positions) {
        return steps.stream().map(step -> step(step, positions)).toList();
    }

    private ScopeStep step(Step step, Map<ColumnId, SideColumn> positions) {
        return switch (step) {
            case Step.Hop(int from, int to, Way way, int links) -> new ScopeStep.Hop(from, to, way(way), links);
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
