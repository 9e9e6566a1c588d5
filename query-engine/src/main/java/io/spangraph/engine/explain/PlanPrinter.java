package io.spangraph.engine.explain;

import io.spangraph.engine.expr.Conjunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.LabelExpression;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.Direction;
import io.spangraph.engine.plan.EdgeCandidate;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Aggregate;
import io.spangraph.engine.plan.LogicalPlan.AggregateItem;
import io.spangraph.engine.plan.LogicalPlan.Apply;
import io.spangraph.engine.plan.LogicalPlan.Argument;
import io.spangraph.engine.plan.LogicalPlan.Distinct;
import io.spangraph.engine.plan.LogicalPlan.EdgeOnRow;
import io.spangraph.engine.plan.LogicalPlan.EdgeScan;
import io.spangraph.engine.plan.LogicalPlan.Expand;
import io.spangraph.engine.plan.LogicalPlan.Filter;
import io.spangraph.engine.plan.LogicalPlan.Item;
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
import io.spangraph.engine.plan.LogicalPlan.SortKey;
import io.spangraph.engine.plan.LogicalPlan.TopN;
import io.spangraph.engine.plan.LogicalPlan.Union;
import io.spangraph.engine.plan.LogicalPlan.Unwind;
import io.spangraph.engine.plan.LogicalPlan.VarExpand;
import io.spangraph.engine.plan.LogicalPlan.VertexByKey;
import io.spangraph.engine.plan.LogicalPlan.VertexScan;
import io.spangraph.engine.plan.PinMode;
import io.spangraph.engine.plan.VertexCandidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Logical plans as indented text, one line for each node, under the operator names that graph users know. The same plan
 * always gives the same text: EXPLAIN, golden files and the tests of rules rely on it.
 */
public final class PlanPrinter {
    private static final int INDENT = 2;
    private static final String NO_TYPE = "(no type)";

    private PlanPrinter() {}

    /** The whole tree; ends with a line break. */
    public static String print(LogicalPlan plan) {
        StringBuilder text = new StringBuilder();
        append(plan, 0, text);
        return text.toString();
    }

    private static void append(LogicalPlan plan, int depth, StringBuilder text) {
        text.append(" ".repeat(depth * INDENT)).append(operator(plan));
        String details = details(plan);
        if (!details.isEmpty()) {
            text.append(' ').append(details);
        }
        text.append('\n');
        plan.inputs().forEach(input -> append(input, depth + 1, text));
    }

    /** The name of the node's operator. */
    public static String operator(LogicalPlan plan) {
        return switch (plan) {
            case SingleRow single -> "SingleRow";
            case Argument argument -> "Argument";
            case NodeScan scan -> scan.labels() instanceof LabelExpression.Any ? "AllNodesScan" : "NodeByLabelScan";
            case RelationshipScan scan -> "RelationshipTypeScan";
            case VertexScan scan -> "NodeByLabelScan";
            case EdgeScan scan -> "RelationshipTypeScan";
            case EdgeOnRow edge -> "EdgeOnRow";
            case VertexByKey end -> "NodeByKey";
            case Expand expand -> "Expand(All)";
            case VarExpand expand -> "VarLengthExpand(All)";
            case ShortestPath path -> path.allShortest() ? "AllShortestPaths" : "ShortestPath";
            case Filter filter -> "Filter";
            case Project project -> "Projection";
            case Aggregate aggregate -> "EagerAggregation";
            case Distinct distinct -> "Distinct";
            case Sort sort -> "Sort";
            case Skip skip -> "Skip";
            case Limit limit -> "Limit";
            case TopN top -> "Top";
            case Unwind unwind -> "Unwind";
            case Union union -> "Union";
            case Join join -> join.conditions().isEmpty() ? "CartesianProduct" : "Join";
            case Apply apply ->
                switch (apply.kind()) {
                    case INNER -> "Apply";
                    case OPTIONAL -> "OptionalApply";
                };
            case SemiApply apply -> apply.anti() ? "AntiSemiApply" : "SemiApply";
            case RollUpApply apply -> "RollUpApply";
            case ProcedureCall call -> "ProcedureCall";
        };
    }

    /** What the node does, in one line; empty where its name says it all. */
    public static String details(LogicalPlan plan) {
        return switch (plan) {
            case SingleRow single -> "";
            case Argument argument -> ExpressionPrinter.names(argument.variables());
            case NodeScan scan -> scan.node() + labels(scan.labels());
            case RelationshipScan scan ->
                arrow(
                        scan.direction(),
                        scan.relationship() + (scan.types().isEmpty() ? "" : ":" + joined(scan.types(), "|")));
            case VertexScan scan -> vertexScan(scan);
            case VertexByKey end -> vertexScan(end.vertex());
            case EdgeScan scan -> edgeScan(scan);
            case EdgeOnRow edge ->
                candidates(edge.relationship(), List.of(edge.candidate())) + " on " + edge.owner()
                        + reads(edge.properties());
            case Expand expand ->
                pattern(expand.from(), expand.relationship() + "", direction(expand.edges()), expand.to());
            case VarExpand expand ->
                pattern(
                        expand.from(),
                        expand.walk() + range(expand.min(), expand.max()),
                        direction(expand.edges()),
                        expand.to());
            case ShortestPath path ->
                pattern(path.from(), path.walk() + range(path.min(), path.max()), direction(path.edges()), path.to());
            case Filter filter -> ExpressionPrinter.print(filter.condition());
            case Project project -> items(project.items());
            case Aggregate aggregate -> aggregate(aggregate);
            case Distinct distinct -> ExpressionPrinter.names(distinct.variables());
            case Sort sort -> sortKeys(sort.keys());
            case Skip skip -> ExpressionPrinter.print(skip.count());
            case Limit limit -> ExpressionPrinter.print(limit.count());
            case TopN top ->
                sortKeys(top.keys())
                        + top.skip()
                                .map(skip -> " SKIP " + ExpressionPrinter.print(skip))
                                .orElse("")
                        + " LIMIT " + ExpressionPrinter.print(top.limit());
            case Unwind unwind -> ExpressionPrinter.print(unwind.list()) + " AS " + unwind.element();
            case Union union -> ExpressionPrinter.names(union.leftColumns());
            case Join join ->
                join.conditions().isEmpty() ? "" : ExpressionPrinter.print(Conjunction.of(join.conditions()));
            case Apply apply -> "";
            case SemiApply apply -> "";
            case RollUpApply apply -> aggregate(apply.result());
            case ProcedureCall call -> call(call);
        };
    }

    private static String call(ProcedureCall call) {
        String yields = call.yields().stream()
                .map(item -> item.column().equals(item.variable().name())
                        ? item.column()
                        : item.column() + " AS " + item.variable())
                .collect(Collectors.joining(", "));
        return ExpressionPrinter.print(new Expression.FunctionCall(call.procedure(), call.arguments()))
                + (yields.isEmpty() ? "" : " YIELD " + yields);
    }

    private static String vertexScan(VertexScan scan) {
        List<String> types = new ArrayList<>();
        for (VertexCandidate candidate : scan.candidates()) {
            types.add(candidate.type().name() + pin(candidate.pin()));
        }
        String edges = scan.edgesOnRow().stream()
                .map(edge -> candidates(edge.relationship(), List.of(edge.candidate())) + reads(edge.properties()))
                .collect(Collectors.joining(", "));
        return scan.node() + ":" + (types.isEmpty() ? NO_TYPE : String.join("|", types)) + reads(scan.properties())
                + (edges.isEmpty() ? "" : " with " + edges) + where(scan.predicates());
    }

    private static String edgeScan(EdgeScan scan) {
        return candidates(scan.relationship(), scan.candidates()) + reads(scan.properties()) + where(scan.predicates());
    }

    private static String candidates(Variable relationship, List<EdgeCandidate> candidates) {
        if (candidates.isEmpty()) {
            return relationship + ":" + NO_TYPE;
        }
        return candidates.stream()
                .map(candidate ->
                        (candidate.reversed() ? "<" : "") + candidate.type().identifier() + pin(candidate.pin()))
                .collect(Collectors.joining("|", relationship + ":", ""));
    }

    private static String pin(Optional<PinMode> pin) {
        return pin.map(mode -> switch (mode) {
                    case PinMode.ByTenant byTenant -> "[tenant]";
                    case PinMode.Unrestricted all -> "[all tenants]";
                    case PinMode.PublicSource open -> "[public]";
                })
                .orElse("");
    }

    private static String reads(Optional<Set<String>> properties) {
        return properties.map(names -> " {" + joined(names, ", ") + "}").orElse(" {*}");
    }

    private static String where(List<Expression> predicates) {
        return predicates.isEmpty() ? "" : " WHERE " + ExpressionPrinter.print(Conjunction.of(predicates));
    }

    private static String aggregate(Aggregate aggregate) {
        String calls =
                aggregate.aggregates().stream().map(PlanPrinter::aggregate).collect(Collectors.joining(", "));
        String keys = items(aggregate.keys());
        return keys.isEmpty() ? calls : (calls + " BY " + keys).strip();
    }

    private static String aggregate(AggregateItem item) {
        return ExpressionPrinter.print(item.call()) + " AS " + item.variable();
    }

    private static String items(List<Item> items) {
        return items.stream()
                .map(item -> {
                    String expression = ExpressionPrinter.print(item.expression());
                    String name = item.variable().name();
                    return expression.equals(name) ? name : expression + " AS " + name;
                })
                .collect(Collectors.joining(", "));
    }

    private static String sortKeys(List<SortKey> keys) {
        return keys.stream()
                .map(key -> ExpressionPrinter.print(key.expression()) + (key.descending() ? " DESC" : ""))
                .collect(Collectors.joining(", "));
    }

    private static String labels(LabelExpression labels) {
        return labels instanceof LabelExpression.Any ? "" : ":" + ExpressionPrinter.print(labels);
    }

    private static String pattern(Variable from, String relationship, Direction direction, Variable to) {
        return "(" + from + ")" + arrow(direction, relationship) + "(" + to + ")";
    }

    private static String arrow(Direction direction, String inside) {
        return switch (direction) {
            case OUTGOING -> "-[" + inside + "]->";
            case INCOMING -> "<-[" + inside + "]-";
            case BOTH -> "-[" + inside + "]-";
        };
    }

    /** As the pattern was written, as far as the edges still tell. */
    private static Direction direction(LogicalPlan edges) {
        if (edges instanceof RelationshipScan scan) {
            return scan.direction();
        }
        if (edges instanceof Filter filter) {
            return direction(filter.input());
        }
        List<EdgeCandidate> candidates = new ArrayList<>();
        if (edges instanceof EdgeScan scan) {
            candidates.addAll(scan.candidates());
        } else if (edges instanceof EdgeOnRow edge) {
            candidates.add(edge.candidate());
        }
        if (candidates.isEmpty()) {
            return Direction.BOTH;
        }
        if (candidates.stream().allMatch(EdgeCandidate::reversed)) {
            return Direction.INCOMING;
        }
        return candidates.stream().noneMatch(EdgeCandidate::reversed) ? Direction.OUTGOING : Direction.BOTH;
    }

    private static String range(int min, OptionalInt max) {
        return "*" + min + ".." + (max.isPresent() ? max.getAsInt() : "");
    }

    private static String joined(Set<String> names, String separator) {
        return String.join(separator, new TreeSet<>(names));
    }
}
