package io.spangraph.engine.physical;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The inputs of each kind of operator, in one place. */
final class PhysicalInputs {
    private PhysicalInputs() {}

    static List<PhysicalPlan> of(PhysicalPlan plan) {
        return switch (plan) {
            case PhysicalPlan.SingleRow leaf -> List.of();
            case PhysicalPlan.NoRows leaf -> List.of();
            case PhysicalPlan.ArgumentRows leaf -> List.of();
            case PhysicalPlan.TableScan leaf -> List.of();
            case PhysicalPlan.UnionAll union -> union.parts();
            case PhysicalPlan.Shared shared -> List.of(shared.input());
            case PhysicalPlan.Filter filter -> List.of(filter.input());
            case PhysicalPlan.Project project -> List.of(project.input());
            case PhysicalPlan.HashJoin join -> List.of(join.build(), join.probe());
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

    private static List<PhysicalPlan> ofWalk(PhysicalPlan.VarExpand walk) {
        List<PhysicalPlan> inputs = new ArrayList<>(List.of(walk.input(), walk.edges(), walk.steps(), walk.target()));
        walk.trustedSteps().ifPresent(inputs::add);
        walk.trustedTargets().ifPresent(inputs::add);
        return inputs;
    }
}
