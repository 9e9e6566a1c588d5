package io.spangraph.engine.run;

import io.spangraph.engine.context.Workers;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.parallel.Pipeline;
import io.spangraph.engine.exec.scan.PartReader;
import io.spangraph.engine.exec.scan.PartSource;
import io.spangraph.engine.exec.scan.TableScanOperator.Reading;
import io.spangraph.engine.physical.PhysicalPlan;
import io.spangraph.engine.physical.PhysicalPlan.ScopeScan;
import io.spangraph.engine.physical.PhysicalPlan.TableScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Finds the parts of a plan that several threads can run at once, and makes the operators for each of them. */
final class PipelineBuilder {
    private final OperatorBuilder operators;

    PipelineBuilder(OperatorBuilder operators) {
        this.operators = operators;
    }

    /** The plan as a pipeline, if it is one scan and what passes its rows on, and large enough. */
    Optional<Pipeline> pipeline(PhysicalPlan plan) {
        return scanBelow(plan)
                .filter(scan ->
                        source(scan).hasManyParts() && isLarge(source(scan).estimatedRows()))
                .map(scan -> pipeline(plan, scan, UnaryOperator.identity()));
    }

    /** The plan as one pipeline, or as several whose rows follow on each other; none if it is to stay on one thread. */
    List<Pipeline> pipelines(PhysicalPlan plan) {
        if (!(plan instanceof PhysicalPlan.UnionAll union)) {
            return pipeline(plan).stream().toList();
        }
        List<Pipeline> pipelines = new ArrayList<>();
        long rows = 0;
        for (PhysicalPlan part : union.parts()) {
            Optional<PhysicalPlan> scan = scanBelow(part);
            if (scan.isEmpty()) {
                return List.of();
            }
            rows += source(scan.get()).estimatedRows();
            pipelines.add(pipeline(part, scan.get(), top -> operators.observed(union, top)));
        }
        return isLarge(rows) ? pipelines : List.of();
    }

    private boolean isLarge(long rows) {
        Workers workers = operators.context().execution().workers();
        return workers.helpWith(rows);
    }

    /** The scan of a plan that is a chain above one: of a table, or of its scopes. */
    private static Optional<PhysicalPlan> scanBelow(PhysicalPlan plan) {
        return switch (plan) {
            case TableScan scan -> Optional.of(scan);
            case ScopeScan scan -> Optional.of(scan);
            case PhysicalPlan.Filter filter -> scanBelow(filter.input());
            case PhysicalPlan.Project project -> scanBelow(project.input());
            case PhysicalPlan.ProduceResults results -> scanBelow(results.input());
            case PhysicalPlan.Unwind unwind -> scanBelow(unwind.input());
            case PhysicalPlan.FetchColumns fetch -> scanBelow(fetch.input());
            case PhysicalPlan other -> Optional.empty();
        };
    }

    private PartSource source(PhysicalPlan scan) {
        return scan instanceof ScopeScan scopes
                ? operators.sharedScope(scopes)
                : operators.sharedScan((TableScan) scan);
    }

    private PartReader reader(PhysicalPlan scan, Reading reading) {
        return scan instanceof ScopeScan scopes
                ? operators.scopeOperator(scopes, reading)
                : operators.scanOperator((TableScan) scan, reading);
    }

    private Pipeline pipeline(PhysicalPlan plan, PhysicalPlan scan, UnaryOperator<Operator> above) {
        openFetches(plan);
        return new Pipeline(source(scan), operators.layout(plan), reading -> {
            PartReader base = reader(scan, reading);
            return new Pipeline.Copy(base, above.apply(chain(plan, base)));
        });
    }

    /** Before several threads ask for them. */
    private void openFetches(PhysicalPlan plan) {
        if (plan instanceof PhysicalPlan.FetchColumns fetch) {
            operators.rowFetches(fetch);
        }
        plan.inputs().forEach(this::openFetches);
    }

    private Operator chain(PhysicalPlan plan, PartReader base) {
        Operator operator = switch (plan) {
            case TableScan scan -> base;
            case ScopeScan scan -> base;
            case PhysicalPlan.Filter filter -> operators.filter(filter, chain(filter.input(), base));
            case PhysicalPlan.Project project ->
                operators.projection(
                        project.input(), project.items(), operators.layout(project), chain(project.input(), base));
            case PhysicalPlan.ProduceResults results ->
                operators.projection(
                        results.input(), results.items(), operators.layout(results), chain(results.input(), base));
            case PhysicalPlan.Unwind unwind -> operators.unwind(unwind, chain(unwind.input(), base));
            case PhysicalPlan.FetchColumns fetch -> operators.fetch(fetch, chain(fetch.input(), base));
            case PhysicalPlan other ->
                throw new IllegalStateException(
                        "no part of a pipeline: " + other.getClass().getSimpleName());
        };
        return operators.observed(plan, operator);
    }
}
