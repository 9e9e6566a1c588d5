package io.spangraph.engine.procedure;

import io.spangraph.engine.expr.AggregateCall;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.LabelExpression;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.expr.Variable.Kind;
import io.spangraph.engine.plan.Direction;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Aggregate;
import io.spangraph.engine.plan.LogicalPlan.AggregateItem;
import io.spangraph.engine.plan.LogicalPlan.Expand;
import io.spangraph.engine.plan.LogicalPlan.Item;
import io.spangraph.engine.plan.LogicalPlan.NodeScan;
import io.spangraph.engine.plan.LogicalPlan.RelationshipScan;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How many nodes and relationships the reader has. They are counted by plans like those of a query: what a table's
 * metadata says is about all tenants together.
 */
final class GraphCounts {
    private static final Variable FROM = new Variable("from", 0, Kind.NODE);
    private static final Variable RELATIONSHIP = new Variable("relationship", 1, Kind.RELATIONSHIP);
    private static final Variable TO = new Variable("to", 2, Kind.NODE);
    private static final Variable FROM_LABELS = new Variable("fromLabels", 3, Kind.VALUE);
    private static final Variable TO_LABELS = new Variable("toLabels", 4, Kind.VALUE);
    private static final Variable COUNT = new Variable("count", 5, Kind.VALUE);

    private final List<NodeCount> nodes;
    private final List<RelationshipCount> relationships;

    private GraphCounts(List<NodeCount> nodes, List<RelationshipCount> relationships) {
        this.nodes = nodes;
        this.relationships = relationships;
    }

    /** Nodes that have exactly these labels. */
    private record NodeCount(List<String> labels, long count) {}

    /** Relationships of a type between nodes that have exactly these labels. */
    private record RelationshipCount(String type, List<String> from, List<String> to, long count) {}

    static GraphCounts of(ProcedureContext context) {
        return new GraphCounts(countNodes(context), countRelationships(context));
    }

    private static List<NodeCount> countNodes(ProcedureContext context) {
        LogicalPlan plan = new Aggregate(allNodes(FROM), List.of(labels(FROM, FROM_LABELS)), List.of(count()));
        try (Stream<List<Value>> rows = context.rows(plan, List.of(FROM_LABELS, COUNT))) {
            return rows.map(row -> new NodeCount(texts(row.get(0)), number(row.get(1))))
                    .toList();
        }
    }

    private static List<RelationshipCount> countRelationships(ProcedureContext context) {
        List<RelationshipCount> counts = new ArrayList<>();
        for (String type : context.schema().relationshipTypes()) {
            LogicalPlan pattern = new Expand(
                    allNodes(FROM),
                    FROM,
                    RELATIONSHIP,
                    TO,
                    new RelationshipScan(RELATIONSHIP, Set.of(type), Direction.OUTGOING),
                    allNodes(TO));
            LogicalPlan plan =
                    new Aggregate(pattern, List.of(labels(FROM, FROM_LABELS), labels(TO, TO_LABELS)), List.of(count()));
            try (Stream<List<Value>> rows = context.rows(plan, List.of(FROM_LABELS, TO_LABELS, COUNT))) {
                rows.forEach(row -> counts.add(
                        new RelationshipCount(type, texts(row.get(0)), texts(row.get(1)), number(row.get(2)))));
            }
        }
        return counts;
    }

    private static LogicalPlan allNodes(Variable node) {
        return new NodeScan(node, new LabelExpression.Any());
    }

    private static Item labels(Variable node, Variable labels) {
        Expression reference = new VariableRef(node);
        return new Item(new FunctionCall("labels", List.of(reference)), labels);
    }

    private static AggregateItem count() {
        return new AggregateItem(new AggregateCall(AggregateFunction.COUNT_ROWS, List.of(), false), COUNT);
    }

    private static List<String> texts(Value value) {
        return value instanceof Value.ListValue(List<Value> elements)
                ? elements.stream()
                        .filter(Value.StringValue.class::isInstance)
                        .map(text -> ((Value.StringValue) text).value())
                        .toList()
                : List.of();
    }

    private static long number(Value value) {
        return value instanceof Value.IntegerValue(long number) ? number : 0;
    }

    long nodes() {
        return nodes.stream().mapToLong(NodeCount::count).sum();
    }

    long nodes(String label) {
        return nodes.stream()
                .filter(group -> group.labels().contains(label))
                .mapToLong(NodeCount::count)
                .sum();
    }

    long relationships() {
        return relationships.stream().mapToLong(RelationshipCount::count).sum();
    }

    long relationships(String type) {
        return relationships.stream()
                .filter(group -> group.type().equals(type))
                .mapToLong(RelationshipCount::count)
                .sum();
    }

    long relationshipsFrom(String label, String type) {
        return relationships.stream()
                .filter(group -> group.type().equals(type) && group.from().contains(label))
                .mapToLong(RelationshipCount::count)
                .sum();
    }

    long relationshipsTo(String type, String label) {
        return relationships.stream()
                .filter(group -> group.type().equals(type) && group.to().contains(label))
                .mapToLong(RelationshipCount::count)
                .sum();
    }

    long relationships(String from, String type, String to) {
        return relationships.stream()
                .filter(group -> group.type().equals(type)
                        && group.from().contains(from)
                        && group.to().contains(to))
                .mapToLong(RelationshipCount::count)
                .sum();
    }
}
