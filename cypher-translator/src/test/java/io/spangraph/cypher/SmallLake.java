package io.spangraph.cypher;

import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryLimits;
import io.spangraph.engine.optimize.rule.DefaultRules;
import io.spangraph.engine.reference.ReferenceEvaluator;
import io.spangraph.engine.reference.ReferenceTable;
import io.spangraph.engine.run.DefaultQueryRunner;
import io.spangraph.engine.run.QueryRunner.PinScope;
import io.spangraph.engine.run.QueryRunner.PreparedQuery;
import io.spangraph.engine.run.ResultCursor;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.engine.testkit.InMemoryScanSource;
import io.spangraph.model.schema.EdgeType;
import io.spangraph.model.schema.VertexType;
import io.spangraph.model.table.Column;
import io.spangraph.model.table.ColumnType.Primitive;
import io.spangraph.model.table.TableName;
import io.spangraph.model.table.TableSchema;
import io.spangraph.model.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A handful of rows of the {@link SpanGraph}: agent a1 owns the traces t1 and t2, a2 owns t3, a3 none; t1 has the spans
 * s1 (root), s2 and s3 below it and s4 below s2; t2 has s5 alone; t3 has none.
 */
final class SmallLake {
    private static final Set<String> NUMBERS =
            Set.of("duration_ms", "has_error", "input_tokens", "total_tokens", "since");

    private static final List<Map<String, Value>> AGENTS = List.of(
            row("id", "a1", "agent_id", "a1", "name", "one"),
            row("id", "a2", "agent_id", "a2", "name", "two"),
            row("id", "a3", "agent_id", "a3"));

    private static final List<Map<String, Value>> TRACES = List.of(
            row("id", "t1", "trace_id", "t1", "agent_id", "a1", "has_error", 1, "duration_ms", 100),
            row("id", "t2", "trace_id", "t2", "agent_id", "a1", "has_error", 0, "duration_ms", 50),
            row("id", "t3", "trace_id", "t3", "agent_id", "a2", "has_error", 0));

    private static final List<Map<String, Value>> SPANS = List.of(
            span("s1", "t1", "session", 100, 0),
            span("s2", "t1", "tool_call", 60, 1),
            span("s3", "t1", "tool_call", 20, 0),
            span("s4", "t1", "llm_call", 10, 1),
            span("s5", "t2", "session", 50, 0));

    static final Map<TableName, ReferenceTable> TABLES = tables();

    private SmallLake() {}

    /** The rows that a query means by the reference evaluator, each as its values in brackets. */
    static List<String> rows(String query) {
        var plan = SpanGraph.translate(query);
        return new ReferenceEvaluator(SpanGraph.SCHEMA, TABLES, context())
                        .evaluate(
                                plan.plan(),
                                plan.columns().stream()
                                        .map(column -> column.variable())
                                        .toList())
                        .stream()
                        .map(SmallLake::text)
                        .toList();
    }

    /** The rows that the engine gives for a query. */
    static List<String> answers(String query) {
        try (InMemoryScanSource source = new InMemoryScanSource(TABLES.values())) {
            var runner = new DefaultQueryRunner(SpanGraph.SCHEMA, source, DefaultRules.optimizer());
            QueryContext context = context();
            PreparedQuery prepared = runner.prepare(SpanGraph.translate(query), PinScope.of(context.principal()));
            List<String> rows = new ArrayList<>();
            try (ResultCursor cursor =
                    runner.run(prepared, context, source.pin(TABLES.keySet(), new SnapshotSelector.Current()))) {
                while (cursor.advance()) {
                    rows.add(text(List.copyOf(cursor.row())));
                }
            }
            return rows;
        }
    }

    private static QueryContext context() {
        Map<String, Value> parameters = Map.of("agent", Value.of("a1"), "two", Value.of(2L));
        QueryLimits limits = new QueryLimits(Duration.ofMinutes(1), 1000, 1 << 26, 1 << 26);
        return QueryContext.of(new Principal("reader", Optional.empty(), Set.of()), parameters, limits);
    }

    private static String text(List<Value> row) {
        return row.stream().map(SmallLake::text).toList().toString();
    }

    /** Nodes and relationships by their key, which is all that tells the rows of this lake apart. */
    static String text(Value value) {
        return switch (value) {
            case Value.NodeValue node -> "(" + text(node.id().key().getFirst()) + ")";
            case Value.RelationshipValue edge ->
                "[" + text(edge.start().key().getFirst()) + "-"
                        + text(edge.end().key().getFirst()) + "]";
            case Value.PathValue path -> path(path);
            case Value.ListValue(List<Value> elements) ->
                elements.stream().map(SmallLake::text).toList().toString();
            case Value.StringValue(String text) -> text;
            case Value.IntegerValue(long number) -> Long.toString(number);
            case Value.FloatValue(double number) -> Double.toString(number);
            case Value.BooleanValue(boolean truth) -> Boolean.toString(truth);
            case Value.NullValue nothing -> "null";
            case Value other -> other.toString();
        };
    }

    private static String path(Value.PathValue path) {
        StringBuilder text = new StringBuilder("<").append(text(path.nodes().getFirst()));
        for (int i = 0; i < path.relationships().size(); i++) {
            text.append(text(path.relationships().get(i)))
                    .append(text(path.nodes().get(i + 1)));
        }
        return text.append('>').toString();
    }

    private static Map<TableName, ReferenceTable> tables() {
        Map<String, List<Map<String, Value>>> rows = Map.of(
                "Tenant", List.of(row("id", "x", "tenant_id", "x")),
                "Agent", AGENTS,
                "Trace", TRACES,
                "Span", SPANS,
                "HAS_AGENT", List.of(edge("x", "a1", 1), edge("x", "a2", 2), edge("x", "a3", 3)),
                "OWNS", List.of(edge("a1", "t1", 1), edge("a1", "t2", 2), edge("a2", "t3", 3)),
                "HAS_SPAN",
                        List.of(
                                edge("t1", "s1", 1),
                                edge("t1", "s2", 1),
                                edge("t1", "s3", 1),
                                edge("t1", "s4", 1),
                                edge("t2", "s5", 1)),
                "CHILD_OF", List.of(edge("s2", "s1", 1), edge("s3", "s1", 2), edge("s4", "s2", 1)));
        Map<TableName, ReferenceTable> tables = new HashMap<>();
        for (VertexType type : SpanGraph.SCHEMA.vertexTypes()) {
            List<String> columns = new ArrayList<>(List.of("id"));
            columns.addAll(type.properties().keySet());
            put(tables, type.source().table(), columns, rows);
        }
        for (EdgeType type : SpanGraph.SCHEMA.edgeTypes()) {
            put(tables, type.source().table(), List.of("source", "target", "since"), rows);
        }
        return tables;
    }

    private static void put(
            Map<TableName, ReferenceTable> tables,
            TableName name,
            List<String> columns,
            Map<String, List<Map<String, Value>>> rows) {
        List<Column> typed = columns.stream()
                .map(column -> new Column(column, NUMBERS.contains(column) ? Primitive.LONG : Primitive.STRING, false))
                .toList();
        tables.put(
                name, new ReferenceTable(new TableSchema(name, typed), rows.getOrDefault(name.table(), List.of()), 2));
    }

    private static Map<String, Value> span(String id, String trace, String type, long duration, long error) {
        return row(
                "id",
                id,
                "span_id",
                id,
                "trace_id",
                trace,
                "actor_type",
                type,
                "duration_ms",
                duration,
                "has_error",
                error);
    }

    private static Map<String, Value> edge(String source, String target, long since) {
        return row("source", source, "target", target, "since", since);
    }

    private static Map<String, Value> row(Object... namesAndValues) {
        Map<String, Value> row = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            row.put(
                    (String) namesAndValues[i],
                    value instanceof Number number ? Value.of(number.longValue()) : Value.of((String) value));
        }
        return row;
    }
}
