package io.spangraph.cypher;

import io.spangraph.cypher.bind.UnknownNames;
import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.model.SourcePosition;
import io.spangraph.model.schema.EdgeEnd;
import io.spangraph.model.schema.EdgeType;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.GraphSchema.Tenancy;
import io.spangraph.model.schema.MappingExpression.ColumnPath;
import io.spangraph.model.schema.MappingExpression.Positioned;
import io.spangraph.model.schema.PropertyMapping;
import io.spangraph.model.schema.RowSource.TableRows;
import io.spangraph.model.schema.VertexType;
import io.spangraph.model.table.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The graph that the tests of this module ask: tenants, agents, traces and spans. Only its names matter here. */
final class SpanGraph {
    private static final Map<String, List<String>> VERTEX_PROPERTIES = Map.of(
            "Tenant", List.of("tenant_id"),
            "Agent", List.of("tenant_id", "agent_id", "name"),
            "Trace",
                    List.of(
                            "tenant_id",
                            "agent_id",
                            "trace_id",
                            "session_key",
                            "trace_date",
                            "trace_start_ts_ms",
                            "trace_end_ts_ms",
                            "duration_ms",
                            "event_count",
                            "total_tokens",
                            "has_error",
                            "category"),
            "Span",
                    List.of(
                            "tenant_id",
                            "agent_id",
                            "trace_id",
                            "span_id",
                            "parent_span_id",
                            "actor_type",
                            "actor_label",
                            "span_start_ts_ms",
                            "span_end_ts_ms",
                            "duration_ms",
                            "input_tokens",
                            "output_tokens",
                            "total_tokens",
                            "input_tokens_total",
                            "cache_read_tokens",
                            "cost_usd",
                            "has_error",
                            "input_hash",
                            "input_payload",
                            "output_payload"));

    static final GraphSchema SCHEMA = new GraphSchema(
            "spans",
            Map.of(),
            Map.of(),
            Tenancy.SINGLE,
            List.of(vertex("Tenant"), vertex("Agent"), vertex("Trace"), vertex("Span")),
            List.of(
                    edge("HAS_AGENT", "Tenant", "Agent"),
                    edge("OWNS", "Agent", "Trace"),
                    edge("HAS_SPAN", "Trace", "Span"),
                    edge("CHILD_OF", "Span", "Span")));

    private SpanGraph() {}

    /** Translates with unknown names refused. */
    static QueryPlan translate(String query) {
        return CypherTranslator.translate(query, TranslationOptions.of(SCHEMA, UnknownNames.ERROR));
    }

    private static VertexType vertex(String name) {
        return new VertexType(
                name,
                Set.of(name),
                new TableRows(new TableName("lake", List.of("silver"), name), Optional.empty()),
                List.of(column("id")),
                false,
                false,
                Optional.empty(),
                false,
                properties(VERTEX_PROPERTIES.getOrDefault(name, List.of())),
                SourcePosition.START);
    }

    private static EdgeType edge(String name, String from, String to) {
        return new EdgeType(
                name,
                new TableRows(new TableName("lake", List.of("silver"), name), Optional.empty()),
                new EdgeEnd.ByKey(from, List.of(column("source"))),
                new EdgeEnd.ByKey(to, List.of(column("target"))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false,
                properties(List.of("since")),
                SourcePosition.START);
    }

    private static Map<String, PropertyMapping> properties(List<String> names) {
        Map<String, PropertyMapping> mapped = new LinkedHashMap<>();
        names.forEach(name -> mapped.put(name, new PropertyMapping(name, column(name), false)));
        return mapped;
    }

    private static Positioned column(String name) {
        return new Positioned(new ColumnPath(name, List.of()), name, SourcePosition.START);
    }
}
