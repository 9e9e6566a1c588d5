package io.spangraph.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.context.Principal;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The questions in {@code resources/acceptance}: same rows as SQL on the same files, for everyone and for one tenant. */
class QuestionsTest {
    private static final Principal EVERYONE = new Principal("admin", Optional.empty(), Set.of(Principal.Role.OPERATOR));
    private static final Principal ACME = new Principal("ann", Optional.of("acme"), Set.of(Principal.Role.READER));

    private static DemoGraph graph;
    private static DuckDbLake allRows;
    private static DuckDbLake acmeRows;

    @BeforeAll
    static void open() throws SQLException, IOException {
        graph = DemoGraph.open();
        allRows = new DuckDbLake(graph.lake(), Optional.empty());
        acmeRows = new DuckDbLake(graph.lake(), ACME.tenant());
    }

    @AfterAll
    static void close() throws SQLException {
        acmeRows.close();
        allRows.close();
        graph.close();
    }

    @TestFactory
    Stream<DynamicTest> sameRowsAsSql() {
        return AcceptanceCase.readAll(Path.of("src/test/resources/acceptance")).stream()
                .flatMap(question -> Stream.of(
                        DynamicTest.dynamicTest(question.name(), () -> compare(question, EVERYONE, allRows)),
                        DynamicTest.dynamicTest(
                                question.name() + " as acme", () -> compare(question, ACME, acmeRows))));
    }

    @TestFactory
    Stream<DynamicTest> sameRowsWithAnEdgeTable() {
        return AcceptanceCase.readAll(Path.of("src/test/resources/acceptance")).stream()
                .filter(question -> question.cypher().contains("CHILD_OF"))
                .map(question -> DynamicTest.dynamicTest(question.name(), () -> {
                    try (DemoGraph edgeTable = DemoGraph.open(Path.of("..", "schema", "graph-edge-table.yaml"))) {
                        compare(question, edgeTable, EVERYONE, allRows);
                    }
                }));
    }

    private static void compare(AcceptanceCase question, Principal principal, DuckDbLake rows) throws SQLException {
        compare(question, graph, principal, rows);
    }

    private static void compare(AcceptanceCase question, DemoGraph asked, Principal principal, DuckDbLake rows)
            throws SQLException {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Map.Entry<String, String> parameter : question.parameters().entrySet()) {
            parameters.put(parameter.getKey(), allRows.single(parameter.getValue()));
        }
        List<String> expected = rows.rows(question.sql(), parameters);
        List<String> found = asked.ask(question.cypher(), parameters, principal).rows();
        assertThat(allRows.rows(question.sql(), parameters))
                .as("a question that nobody answers tests nothing")
                .isNotEmpty();
        if (question.ordered()) {
            assertThat(found).containsExactlyElementsOf(expected);
        } else {
            assertThat(sorted(found)).containsExactlyElementsOf(sorted(expected));
        }
    }

    private static List<String> sorted(List<String> rows) {
        List<String> copy = new ArrayList<>(rows);
        copy.sort(null);
        return copy;
    }

    @Test
    void aTenantSeesItselfOnly() {
        assertThat(graph.ask("MATCH (x:Tenant) RETURN count(x)", Map.of(), ACME).rows())
                .containsExactly("1");
        assertThat(graph.ask("MATCH (n) RETURN DISTINCT n.tenant_id", Map.of(), ACME)
                        .rows())
                .containsExactly("acme");
        assertThat(graph.ask("MATCH (x:Tenant) RETURN count(x)", Map.of(), EVERYONE)
                        .rows())
                .containsExactly("3");
    }

    @Test
    void aTenantFindsNothingOfAnotherByAnyName() throws SQLException {
        String foreign = allRows.single("select trace_id from pg_traces where tenant_id = 'globex' order by 1 limit 1");
        Map<String, String> parameters = Map.of("trace", foreign, "element", "Trace[" + foreign + "]");
        for (String query : List.of(
                "MATCH (t:Trace {trace_id: $trace}) RETURN t",
                "MATCH (t) WHERE elementId(t) = $element RETURN t",
                "MATCH (t:Trace) WHERE elementId(t) = 'Trace[globex," + foreign + "]' RETURN t",
                "MATCH (t:Trace)-[:HAS_SPAN]->(s) WHERE s.trace_id = $trace OR true WITH s, t WHERE s.tenant_id <> 'acme' RETURN s",
                "MATCH (a:Agent)-[:OWNS]->(t) WHERE t.tenant_id = 'globex' RETURN a /* acme */")) {
            assertThat(graph.ask(query, parameters, ACME).rows()).as(query).isEmpty();
        }
        assertThat(graph.ask("MATCH (t) WHERE elementId(t) = $element RETURN t.trace_id", parameters, EVERYONE)
                        .rows())
                .containsExactly(foreign);
    }

    @Test
    void aTraceIsReadFromTheFilesThatHoldIt() throws SQLException {
        String trace =
                allRows.single("select trace_id from pg_traces where event_count between 15 and 40 order by 1 limit 1");
        Map<String, String> parameters = Map.of("trace", trace, "element", "Trace[" + trace + "]");
        for (String query : List.of(
                "MATCH (s:Span) WHERE s.trace_id = $trace RETURN s.span_id",
                "MATCH (s:Span {trace_id: '" + trace + "'}) RETURN s.span_id")) {
            assertThat(graph.ask(query, parameters, EVERYONE).filesRead())
                    .as(query)
                    .isEqualTo(1);
        }
        for (String query : List.of(
                "MATCH (t:Trace) WHERE t.trace_id = $trace RETURN t.total_tokens",
                "MATCH (t:Trace) WHERE elementId(t) = $element RETURN t.total_tokens",
                "MATCH (t:Trace) WHERE elementId(t) = 'Trace[" + trace + "]' RETURN t.total_tokens",
                "MATCH (t:Trace) WHERE elementId(t) IN ['Trace[" + trace + "]'] RETURN t.total_tokens")) {
            assertThat(graph.ask(query, parameters, EVERYONE).filesRead())
                    .as(query)
                    .isEqualTo(1);
        }
        for (String query : List.of(
                "MATCH (t:Trace)-[:HAS_SPAN]->(s:Span) WHERE t.trace_id = $trace RETURN t.total_tokens, s.span_id",
                "MATCH (t:Trace)-[:HAS_SPAN]->(s:Span) WHERE s.trace_id = $trace RETURN t.total_tokens, s.span_id",
                "MATCH (t:Trace)-[:HAS_SPAN]->(s:Span) WHERE elementId(t) = $element RETURN t.total_tokens, s.span_id",
                "MATCH (c:Span)-[:CHILD_OF]->(p:Span) WHERE p.trace_id = $trace RETURN c.span_id, p.span_id",
                "MATCH (c:Span)-[:CHILD_OF*]->(p:Span) WHERE p.trace_id = $trace RETURN c.span_id, p.span_id",
                "MATCH (t {trace_id: $trace}) RETURN t")) {
            DemoGraph.Answer answer = graph.ask(query, parameters, EVERYONE);
            assertThat(answer.rows()).as(query).isNotEmpty();
            assertThat(answer.filesRead()).as(query).isLessThanOrEqualTo(answer.scans());
        }
    }
}
