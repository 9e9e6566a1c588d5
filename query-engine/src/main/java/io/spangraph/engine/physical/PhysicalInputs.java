package io.spangraph.engine.physical;

import io.spangraph.engine.row.ColumnId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The inputs of each kind of operator, in one place: to read them, and to exchange them. */
public final class PhysicalInputs {
    private PhysicalInputs() {}

    /** The operator over what becomes of its inputs; the very same object if they stay. */
    public static PhysicalPlan map(PhysicalPlan plan, UnaryOperator<PhysicalPlan> change) {
        List<PhysicalPlan> inputs = plan.inputs();
        List<PhysicalPlan> mapped = inputs;
        for (int i = 0; i < inputs.size(); i++) {
            PhysicalPlan input = inputs.get(i);
            PhysicalPlan other = change.apply(input);
            if (other != input) {
                mapped = mapped == inputs ? new ArrayList<>(inputs) : mapped;
                mapped.set(i, other);
            }
        }
        return mapped == inputs ? plan : with(plan, mapped);
    }

    static List<PhysicalPlan> of(PhysicalPlan plan) {
        return switch (plan) {
            case PhysicalPlan.SingleRow leaf -> List.of();
            case PhysicalPlan.NoRows leaf -> List.of();
            case PhysicalPlan.ArgumentRows leaf -> List.of();
            case PhysicalPlan.TableScan leaf -> List.of();
            case PhysicalPlan.UnionAll union -> union.parts();
            case PhysicalPlan.Shared shared -> List.of(shared.input());
            case PhysicalPlan.Filter filter -> List.of(filter.input());
            case PhysicalPlan.FetchColumns fetch -> List.of(fetch.input());
            case PhysicalPlan.Project project -> List.of(project.input());
            case PhysicalPlan.HashJoin join -> List.of(join.build(), join.probe());
            // What stands in its place is no input: it runs only if the scan does not.
            case PhysicalPlan.ScopeScan scan -> List.of();
            case PhysicalPlan.NestedLoopJoin join -> List.of(join.left(), join.right());
            case PhysicalPlan.Apply apply -> List.of(apply.outer(), apply.inner());
            case PhysicalPlan.SemiApply apply -> List.of(apply.outer(), apply.inner());
            case PhysicalPlan.RollUpApply apply -> List.of(apply.outer(), apply.inner());
            case PhysicalPlan.VarExpand walk -> ofWalk(walk);
            case PhysicalPlan.Aggregate aggregate -> List.of(aggregate.input());
            case PhysicalPlan.MetadataAggregate aggregate -> List.of(aggregate.scanned());
            case PhysicalPlan.ShortestPath path ->
                Stream.concat(Stream.of(path.input(), path.edges(), path.steps()), path.trustedSteps().stream())
                        .toList();
            case PhysicalPlan.AggregateOfEach aggregate -> List.of(aggregate.input());
            case PhysicalPlan.Distinct distinct -> List.of(distinct.input());
            case PhysicalPlan.Sort sort -> List.of(sort.input());
            case PhysicalPlan.TopN top -> List.of(top.input());
            case PhysicalPlan.Skip skip -> List.of(skip.input());
            case PhysicalPlan.Limit limit -> List.of(limit.input());
            case PhysicalPlan.Unwind unwind -> List.of(unwind.input());
            case PhysicalPlan.ProcedureCall call -> List.of(call.input());
            case PhysicalPlan.ProduceResults results -> List.of(results.input());
        };
    }

    /** The same operator over other inputs that have the same columns. */
    static PhysicalPlan with(PhysicalPlan plan, List<PhysicalPlan> inputs) {
        Iterator<PhysicalPlan> in = inputs.iterator();
        return switch (plan) {
            case PhysicalPlan.SingleRow leaf -> leaf;
            case PhysicalPlan.NoRows leaf -> leaf;
            case PhysicalPlan.ArgumentRows leaf -> leaf;
            case PhysicalPlan.ScopeScan leaf -> leaf;
            case PhysicalPlan.TableScan leaf -> leaf;
            case PhysicalPlan.UnionAll union -> new PhysicalPlan.UnionAll(inputs);
            case PhysicalPlan.Shared shared -> new PhysicalPlan.Shared(shared.id(), in.next());
            case PhysicalPlan.Filter filter -> new PhysicalPlan.Filter(in.next(), filter.condition());
            case PhysicalPlan.FetchColumns fetch ->
                new PhysicalPlan.FetchColumns(in.next(), fetch.template(), fetch.reference());
            case PhysicalPlan.Project project -> new PhysicalPlan.Project(in.next(), project.items());
            case PhysicalPlan.HashJoin join ->
                new PhysicalPlan.HashJoin(
                        join.kind(), in.next(), in.next(), join.keys(), join.residual(), join.unread(), join.swapped());
            case PhysicalPlan.NestedLoopJoin join ->
                new PhysicalPlan.NestedLoopJoin(in.next(), in.next(), join.condition());
            case PhysicalPlan.Apply apply ->
                new PhysicalPlan.Apply(apply.id(), apply.kind(), in.next(), in.next(), apply.ordinal(), apply.added());
            case PhysicalPlan.SemiApply apply ->
                new PhysicalPlan.SemiApply(apply.id(), apply.anti(), in.next(), in.next(), apply.ordinal());
            case PhysicalPlan.RollUpApply apply ->
                new PhysicalPlan.RollUpApply(apply.id(), in.next(), in.next(), apply.ordinal(), apply.result());
            case PhysicalPlan.VarExpand walk ->
                new PhysicalPlan.VarExpand(
                        walk.shape(),
                        in.next(),
                        in.next(),
                        in.next(),
                        in.next(),
                        walk.trustedSteps().map(any -> in.next()),
                        walk.trustedTargets().map(any -> in.next()),
                        walk.narrowings(),
                        walk.columns());
            case PhysicalPlan.ShortestPath path ->
                new PhysicalPlan.ShortestPath(
                        path.shape(),
                        path.all(),
                        in.next(),
                        in.next(),
                        in.next(),
                        path.trustedSteps().map(any -> in.next()),
                        path.narrowings(),
                        path.columns());
            case PhysicalPlan.Aggregate aggregate ->
                new PhysicalPlan.Aggregate(in.next(), aggregate.keys(), aggregate.identity(), aggregate.aggregates());
            // What is asked are the very scans below.
            case PhysicalPlan.MetadataAggregate aggregate -> aggregate;
            case PhysicalPlan.AggregateOfEach aggregate ->
                new PhysicalPlan.AggregateOfEach(in.next(), aggregate.each(), aggregate.aggregates());
            case PhysicalPlan.Distinct distinct -> new PhysicalPlan.Distinct(in.next(), distinct.identity());
            case PhysicalPlan.Sort sort -> new PhysicalPlan.Sort(in.next(), sort.keys());
            case PhysicalPlan.TopN top ->
                new PhysicalPlan.TopN(in.next(), top.keys(), top.skip(), top.limit(), top.each());
            case PhysicalPlan.Skip skip -> new PhysicalPlan.Skip(in.next(), skip.count(), skip.each());
            case PhysicalPlan.Limit limit -> new PhysicalPlan.Limit(in.next(), limit.count(), limit.each());
            case PhysicalPlan.Unwind unwind -> new PhysicalPlan.Unwind(in.next(), unwind.list(), unwind.element());
            case PhysicalPlan.ProcedureCall call ->
                new PhysicalPlan.ProcedureCall(in.next(), call.procedure(), call.arguments(), call.yields());
            case PhysicalPlan.ProduceResults results ->
                new PhysicalPlan.ProduceResults(in.next(), results.items(), results.names());
        };
    }

    /** The columns of one input, then those of another. */
    static List<ColumnId> joined(List<ColumnId> left, List<ColumnId> right) {
        List<ColumnId> joined = new ArrayList<>(left.size() + right.size());
        joined.addAll(left);
        joined.addAll(right);
        return Collections.unmodifiableList(joined);
    }

    private static List<PhysicalPlan> ofWalk(PhysicalPlan.VarExpand walk) {
        List<PhysicalPlan> inputs = new ArrayList<>(List.of(walk.input(), walk.edges(), walk.steps(), walk.target()));
        walk.trustedSteps().ifPresent(inputs::add);
        walk.trustedTargets().ifPresent(inputs::add);
        return inputs;
    }
}
