package io.spangraph.engine.plan;

import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.LogicalPlan.Aggregate;
import io.spangraph.engine.plan.LogicalPlan.Apply;
import io.spangraph.engine.plan.LogicalPlan.Argument;
import io.spangraph.engine.plan.LogicalPlan.Distinct;
import io.spangraph.engine.plan.LogicalPlan.EdgeOnRow;
import io.spangraph.engine.plan.LogicalPlan.EdgeScan;
import io.spangraph.engine.plan.LogicalPlan.Expand;
import io.spangraph.engine.plan.LogicalPlan.Filter;
import io.spangraph.engine.plan.LogicalPlan.Join;
import io.spangraph.engine.plan.LogicalPlan.Limit;
import io.spangraph.engine.plan.LogicalPlan.NodeScan;
import io.spangraph.engine.plan.LogicalPlan.ProcedureCall;
import io.spangraph.engine.plan.LogicalPlan.Project;
import io.spangraph.engine.plan.LogicalPlan.RelationshipScan;
import io.spangraph.engine.plan.LogicalPlan.RollUpApply;
import io.spangraph.engine.plan.LogicalPlan.SemiApply;
import io.spangraph.engine.plan.LogicalPlan.ShortestPath;
import io.spangraph.engine.plan.LogicalPlan.SingleRow;
import io.spangraph.engine.plan.LogicalPlan.Skip;
import io.spangraph.engine.plan.LogicalPlan.Sort;
import io.spangraph.engine.plan.LogicalPlan.TopN;
import io.spangraph.engine.plan.LogicalPlan.Union;
import io.spangraph.engine.plan.LogicalPlan.Unwind;
import io.spangraph.engine.plan.LogicalPlan.VarExpand;
import io.spangraph.engine.plan.LogicalPlan.VertexByKey;
import io.spangraph.engine.plan.LogicalPlan.VertexScan;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is the same question for every plan node: its inputs, the node over others, the variables it binds. */
final class PlanNodes {
    private PlanNodes() {}

    static List<LogicalPlan> inputs(LogicalPlan plan) {
        return switch (plan) {
            case SingleRow leaf -> List.of();
            case Argument leaf -> List.of();
            case NodeScan leaf -> List.of();
            case RelationshipScan leaf -> List.of();
            case VertexScan leaf -> List.of();
            case EdgeScan leaf -> List.of();
            case EdgeOnRow leaf -> List.of();
            case VertexByKey leaf -> List.of();
            case Expand expand -> List.of(expand.input(), expand.edges(), expand.target());
            case VarExpand expand -> List.of(expand.input(), expand.edges(), expand.steps(), expand.target());
            case ShortestPath path -> List.of(path.input(), path.edges(), path.steps());
            case Filter filter -> List.of(filter.input());
            case Project project -> List.of(project.input());
            case Aggregate aggregate -> List.of(aggregate.input());
            case Distinct distinct -> List.of(distinct.input());
            case Sort sort -> List.of(sort.input());
            case Skip skip -> List.of(skip.input());
            case Limit limit -> List.of(limit.input());
            case TopN top -> List.of(top.input());
            case Unwind unwind -> List.of(unwind.input());
            case Union union -> List.of(union.left(), union.right());
            case Join join -> List.of(join.left(), join.right());
            case Apply apply -> List.of(apply.outer(), apply.inner());
            case SemiApply apply -> List.of(apply.outer(), apply.inner());
            case RollUpApply apply -> List.of(apply.outer(), apply.inner());
            case ProcedureCall call -> List.of(call.input());
        };
    }

    static LogicalPlan withInputs(LogicalPlan plan, List<LogicalPlan> in) {
        if (in.size() != inputs(plan).size()) {
            throw new IllegalArgumentException(
                    in.size() + " inputs for " + plan.getClass().getSimpleName());
        }
        return switch (plan) {
            case SingleRow leaf -> leaf;
            case Argument leaf -> leaf;
            case NodeScan leaf -> leaf;
            case RelationshipScan leaf -> leaf;
            case VertexScan leaf -> leaf;
            case EdgeScan leaf -> leaf;
            case EdgeOnRow leaf -> leaf;
            case VertexByKey leaf -> leaf;
            case Expand e -> new Expand(in.get(0), e.from(), e.relationship(), e.to(), in.get(1), in.get(2));
            case VarExpand e ->
                new VarExpand(
                        in.get(0),
                        e.from(),
                        e.relationship(),
                        e.walk(),
                        e.between(),
                        e.step(),
                        e.to(),
                        e.min(),
                        e.max(),
                        in.get(1),
                        in.get(2),
                        in.get(3));
            case ShortestPath p ->
                new ShortestPath(
                        in.get(0),
                        p.from(),
                        p.to(),
                        p.relationship(),
                        p.walk(),
                        p.between(),
                        p.step(),
                        p.min(),
                        p.max(),
                        p.allShortest(),
                        in.get(1),
                        in.get(2));
            case Filter filter -> new Filter(in.get(0), filter.condition());
            case Project project -> new Project(in.get(0), project.items());
            case Aggregate aggregate -> new Aggregate(in.get(0), aggregate.keys(), aggregate.aggregates());
            case Distinct distinct -> new Distinct(in.get(0));
            case Sort sort -> new Sort(in.get(0), sort.keys());
            case Skip skip -> new Skip(in.get(0), skip.count());
            case Limit limit -> new Limit(in.get(0), limit.count());
            case TopN top -> new TopN(in.get(0), top.keys(), top.skip(), top.limit());
            case Unwind unwind -> new Unwind(in.get(0), unwind.list(), unwind.element());
            case Union union -> new Union(in.get(0), in.get(1), union.leftColumns(), union.rightColumns());
            case Join join -> new Join(in.get(0), in.get(1), join.conditions());
            case Apply apply -> new Apply(in.get(0), in.get(1), apply.kind());
            case SemiApply apply -> new SemiApply(in.get(0), in.get(1), apply.anti());
            case RollUpApply apply -> new RollUpApply(in.get(0), in.get(1), apply.result());
            case ProcedureCall call -> new ProcedureCall(in.get(0), call.procedure(), call.arguments(), call.yields());
        };
    }

    static List<Variable> variables(LogicalPlan plan) {
        Set<Variable> all = new LinkedHashSet<>();
        addVariables(plan, all);
        return List.copyOf(all);
    }

    /** Into one set: a list at each hop, copied at the next, would make a long pattern a slow one. */
    private static void addVariables(LogicalPlan plan, Set<Variable> all) {
        switch (plan) {
            case SingleRow leaf -> {}
            case Argument argument -> all.addAll(argument.variables());
            case NodeScan scan -> all.add(scan.node());
            case RelationshipScan scan -> all.add(scan.relationship());
            case VertexScan scan -> {
                all.add(scan.node());
                scan.edgesOnRow().forEach(edge -> all.add(edge.relationship()));
            }
            case EdgeScan scan -> all.add(scan.relationship());
            case EdgeOnRow edge -> {}
            case VertexByKey end -> addVariables(end.vertex(), all);
            case Expand expand -> {
                addVariables(expand.input(), all);
                all.add(expand.relationship());
                addVariables(expand.target(), all);
            }
            case VarExpand expand -> {
                addVariables(expand.input(), all);
                all.add(expand.walk());
                expand.between().ifPresent(all::add);
                addVariables(expand.target(), all);
            }
            case ShortestPath path -> {
                addVariables(path.input(), all);
                all.add(path.walk());
                all.add(path.between());
            }
            case Filter filter -> addVariables(filter.input(), all);
            case Project project -> project.items().forEach(item -> all.add(item.variable()));
            case Aggregate aggregate -> {
                aggregate.keys().forEach(key -> all.add(key.variable()));
                aggregate.aggregates().forEach(item -> all.add(item.variable()));
            }
            case Distinct distinct -> addVariables(distinct.input(), all);
            case Sort sort -> addVariables(sort.input(), all);
            case Skip skip -> addVariables(skip.input(), all);
            case Limit limit -> addVariables(limit.input(), all);
            case TopN top -> addVariables(top.input(), all);
            case Unwind unwind -> {
                addVariables(unwind.input(), all);
                all.add(unwind.element());
            }
            case Union union -> all.addAll(union.leftColumns());
            case Join join -> {
                addVariables(join.left(), all);
                addVariables(join.right(), all);
            }
            case Apply apply -> {
                addVariables(apply.outer(), all);
                addVariables(apply.inner(), all);
            }
            case SemiApply apply -> addVariables(apply.outer(), all);
            case RollUpApply apply -> {
                addVariables(apply.outer(), all);
                all.add(apply.result().variable());
            }
            case ProcedureCall call -> {
                addVariables(call.input(), all);
                call.yields().forEach(item -> all.add(item.variable()));
            }
        }
    }

    /** Whether the plan is a scan of the node, with or without conditions on it. */
    static boolean isScanOf(LogicalPlan plan, Variable node) {
        return switch (plan) {
            case NodeScan scan -> scan.node().equals(node);
            case VertexScan scan -> scan.node().equals(node);
            case Filter filter -> isScanOf(filter.input(), node);
            case LogicalPlan other -> false;
        };
    }
}
