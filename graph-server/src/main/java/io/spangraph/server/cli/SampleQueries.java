package io.spangraph.server.cli;

import io.spangraph.model.schema.EdgeType;
import io.spangraph.model.schema.GraphSchema;
import java.util.ArrayList;
import java.util.List;

/** Three first questions to a graph. */
final class SampleQueries {
    /** For the sample lake: each has rows there. */
    static final List<String> DEMO = List.of(
            "MATCH (t:Trace) RETURN t.trace_id, t.total_tokens ORDER BY t.total_tokens DESC LIMIT 3",
            "MATCH (s:Span) WHERE s.actor_type = \"llm_call\""
                    + " RETURN s.actor_label AS model, sum(s.total_tokens) AS tokens ORDER BY tokens DESC LIMIT 3",
            "MATCH (a:Agent)-[:OWNS]->(t:Trace)-[:HAS_SPAN]->(s:Span) WHERE s.has_error = 1"
                    + " RETURN a.agent_id AS agent, count(DISTINCT t) AS traces, count(s) AS failed_spans"
                    + " ORDER BY failed_spans DESC LIMIT 3");

    private SampleQueries() {}

    /** For a graph of which nothing is known but its schema. */
    static List<String> of(GraphSchema schema) {
        List<String> queries = new ArrayList<>();
        queries.add("MATCH (n) RETURN labels(n) AS labels, count(*) AS nodes");
        schema.labels().stream()
                .findFirst()
                .ifPresent(label -> queries.add("MATCH (n:" + quoted(label) + ") RETURN n LIMIT 3"));
        schema.edgeTypes().stream()
                .findFirst()
                .map(EdgeType::name)
                .ifPresent(type -> queries.add("MATCH (a)-[r:" + quoted(type) + "]->(b) RETURN a, r, b LIMIT 3"));
        return queries;
    }

    private static String quoted(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? name : "`" + name.replace("`", "``") + "`";
    }
}
