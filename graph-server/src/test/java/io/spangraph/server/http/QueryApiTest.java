package io.spangraph.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.explain.PlanDescription;
import io.spangraph.engine.explain.PlanDescription.Profile;
import io.spangraph.engine.plan.Notification;
import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.model.SourcePosition;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.EdgeId;
import io.spangraph.model.value.Value.NodeValue;
import io.spangraph.model.value.Value.RelationshipValue;
import io.spangraph.model.value.Value.VertexId;
import io.spangraph.server.query.ScriptedGraph;
import io.spangraph.server.value.ElementIds;
import java.net.http.HttpResponse;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class QueryApiTest {
    private static final String PATH = "/db/traces/query/v2";
    private static final String TYPED = "application/vnd.neo4j.query";
    private static final String RECEIPT = "\"receipt\":{\"snapshots\":{\"lake.silver.spans\":7},"
            + "\"files\":{\"read\":1,\"skipped\":2},\"row_groups\":{\"read\":3,\"skipped\":4},"
            + "\"bytes\":{\"read\":5,\"skipped\":6},\"rows\":%d,\"ms\":12,\"from_metadata\":false}}";

    private static final VertexId A = new VertexId("Trace", Optional.empty(), List.of(Value.of("a:b%")));
    private static final VertexId B = new VertexId("Span", Optional.empty(), List.of(Value.of("s"), Value.of(1L)));
    private static final NodeValue NODE_A = new NodeValue(A, List.of("Trace"), Map.of("n", Value.of(1L)));
    private static final NodeValue NODE_B = new NodeValue(B, List.of("Span"), Map.of());
    private static final RelationshipValue EDGE = new RelationshipValue(
            new EdgeId("HAS_SPAN(Trace,Span)", Optional.empty(), List.of(Value.of("e"))), "HAS_SPAN", A, B, Map.of());

    private static final ScriptedGraph GRAPH = new ScriptedGraph();
    private static TestServer server;
    private final ObjectMapper mapper = new ObjectMapper();

    @BeforeAll
    static void start() {
        GRAPH.answer("values", List.of("x", "y"), List.of(values()))
                .answer(
                        "path",
                        List.of("p"),
                        List.of(List.of(new Value.PathValue(List.of(NODE_A, NODE_B), List.of(EDGE)))))
                .answer("one", List.of("n"), List.of(List.of(Value.of(1L))))
                .answer(
                        "late error",
                        List.of("n"),
                        context -> Stream.concat(
                                        IntStream.range(0, 20_000).mapToObj(row -> List.of(Value.of("row " + row))),
                                        Stream.of(1).map(end -> {
                                            throw QueryException.of(QueryErrorCode.ROW_LIMIT, "More than 20000 rows.");
                                        }))
                                .iterator())
                .answer(
                        "unwritable",
                        List.of("n"),
                        List.of(List.of(new NodeValue(
                                new VertexId("Nowhere", Optional.empty(), List.of(Value.of(1L))),
                                List.of(),
                                Map.of()))))
                .answerWithNotification(
                        "warned",
                        List.of("n"),
                        new Notification(
                                "Neo.ClientNotification.Statement.UnknownLabelWarning",
                                Notification.Severity.WARNING,
                                "Unknown label",
                                "There is no label 'Trase'. Did you mean 'Trace'?",
                                Optional.of(new SourcePosition(1, 10, 9))))
                .explain("explained", QueryPlan.Mode.EXPLAIN, plan(Optional.empty()))
                .explain("profiled", QueryPlan.Mode.PROFILE, plan(Optional.of(new Profile(5, 1, 1000, 64, 2))));
        server = TestServer.start(GRAPH, Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<Value> values() {
        return List.of(
                Value.of(List.of(Value.NULL, Value.TRUE, Value.of(1L), Value.of(2.0), Value.of("s"))),
                Value.of(List.of(
                        new Value.LocalTimeValue(LocalTime.of(10, 15)),
                        new Value.DateTimeValue(ZonedDateTime.of(2026, 4, 8, 1, 2, 3, 0, ZoneId.of("Europe/Berlin"))),
                        new Value.DurationValue(14, 3, 5, 500_000_000),
                        new Value.BytesValue(new byte[] {1, 2}))));
    }

    private static PlanDescription plan(Optional<Profile> profile) {
        return new PlanDescription(
                "TableScan", "silver.spans", List.of("s"), Map.of("EstimatedRows", 10), profile, List.of());
    }

    private static HttpResponse<String> query(String statement) throws Exception {
        return server.post(PATH, "{\"statement\": \"" + statement + "\"}");
    }

    @Test
    void answersPlainJson() throws Exception {
        HttpResponse<String> response = query("values");
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.body())
                .isEqualTo("{\"data\":{\"fields\":[\"x\",\"y\"],\"values\":[[[null,true,1,2.0,\"s\"],"
                        + "[\"10:15:00\",\"2026-04-08T01:02:03+02:00[Europe/Berlin]\",\"P1Y2M3DT5.5S\",\"AQI=\"]]]},"
                        + "\"bookmarks\":[\"SG:" + bookmark() + "\"]," + RECEIPT.formatted(1));
    }

    private static String bookmark() {
        return Integer.toHexString(Map.of("lake.silver.spans", 7L).hashCode());
    }

    @Test
    void answersTypedJson() throws Exception {
        HttpResponse<String> response =
                server.post(PATH, "{\"statement\": \"values\"}", "Accept", TYPED + ", application/json");
        assertThat(response.headers().firstValue("Content-Type")).contains(TYPED);
        assertThat(response.body())
                .startsWith("{\"data\":{\"fields\":[\"x\",\"y\"],\"values\":[[{\"$type\":\"List\",\"_value\":["
                        + "{\"$type\":\"Null\",\"_value\":null},{\"$type\":\"Boolean\",\"_value\":true},"
                        + "{\"$type\":\"Integer\",\"_value\":\"1\"},{\"$type\":\"Float\",\"_value\":\"2.0\"},"
                        + "{\"$type\":\"String\",\"_value\":\"s\"}]},{\"$type\":\"List\",\"_value\":["
                        + "{\"$type\":\"LocalTime\",\"_value\":\"10:15:00\"},"
                        + "{\"$type\":\"ZonedDateTime\",\"_value\":\"2026-04-08T01:02:03+02:00[Europe/Berlin]\"},"
                        + "{\"$type\":\"Duration\",\"_value\":\"P1Y2M3DT5.5S\"},"
                        + "{\"$type\":\"Base64\",\"_value\":\"AQI=\"}]}]]},");
    }

    @Test
    void answersPathsPlain() throws Exception {
        assertThat(query("path").body())
                .startsWith("{\"data\":{\"fields\":[\"p\"],\"values\":[[["
                        + "{\"elementId\":\"Trace[a:b%]\",\"labels\":[\"Trace\"],\"properties\":{\"n\":1}},"
                        + "{\"elementId\":\"HAS_SPAN[e]\",\"startNodeElementId\":\"Trace[a:b%]\","
                        + "\"endNodeElementId\":\"Span[s,1]\",\"type\":\"HAS_SPAN\",\"properties\":{}},"
                        + "{\"elementId\":\"Span[s,1]\",\"labels\":[\"Span\"],\"properties\":{}}]]]},");
    }

    @Test
    void typedElementIdsHaveANumberAsTheirThirdPart() throws Exception {
        JsonNode answer = mapper.readTree(
                server.post(PATH, "{\"statement\": \"path\"}", "Accept", TYPED).body());
        JsonNode path = answer.at("/data/values/0/0");
        assertThat(path.path("$type").asText()).isEqualTo("Path");
        JsonNode node = path.at("/_value/0/_value");
        assertThat(node.path("_labels").toString()).isEqualTo("[\"Trace\"]");
        assertThat(node.path("_properties").toString()).isEqualTo("{\"n\":{\"$type\":\"Integer\",\"_value\":\"1\"}}");
        String[] parts = node.path("_element_id").asText().split(":", -1);
        assertThat(parts).hasSize(3).startsWith("4", "Trace[a%3Ab%25]");
        assertThat(Long.parseLong(parts[2])).isEqualTo(ElementIds.number("Trace[a:b%]"));
        assertThat(path.at("/_value/1/_value/_start_node_element_id").asText())
                .isEqualTo(node.path("_element_id").asText());
    }

    @Test
    void warnsOfUnknownNames() throws Exception {
        assertThat(query("warned").body())
                .contains("\"values\":[]},\"notifications\":[{"
                        + "\"code\":\"Neo.ClientNotification.Statement.UnknownLabelWarning\","
                        + "\"title\":\"Unknown label\","
                        + "\"description\":\"There is no label 'Trase'. Did you mean 'Trace'?\","
                        + "\"position\":{\"offset\":9,\"line\":1,\"column\":10},\"severity\":\"WARNING\"}],");
        assertThat(query("SELECT 1").body()).contains("(WARN)");
    }

    @Test
    void countersAreThereWhenAskedFor() throws Exception {
        String body = server.post(PATH, "{\"statement\": \"one\", \"includeCounters\": true}")
                .body();
        assertThat(body)
                .contains("\"counters\":{\"containsUpdates\":false,\"nodesCreated\":0,")
                .contains("\"containsSystemUpdates\":false}");
        assertThat(query("one").body()).doesNotContain("counters", "errors", "notifications");
    }

    @Test
    void explainsAndProfiles() throws Exception {
        assertThat(query("explained").body())
                .contains("\"queryPlan\":{\"operatorType\":\"TableScan\",\"identifiers\":[\"s\"],"
                        + "\"arguments\":{\"string-representation\":\"TableScan: silver.spans  {EstimatedRows: 10}\\n\","
                        + "\"Details\":\"silver.spans\",\"EstimatedRows\":10},\"children\":[]}");
        assertThat(query("profiled").body())
                .contains("\"profiledQueryPlan\":{\"dbHits\":0,\"records\":5,\"hasPageCacheStats\":false,"
                        + "\"pageCacheHits\":0,\"pageCacheMisses\":0,\"pageCacheHitRatio\":0.0,\"time\":1000,"
                        + "\"operatorType\":\"TableScan\",\"identifiers\":[\"s\"],"
                        + "\"arguments\":{\"string-representation\":\"TableScan: silver.spans  {EstimatedRows: 10}"
                        + "  (5 rows, 0.0 ms, 64 bytes of 2 files)\\n\","
                        + "\"Details\":\"silver.spans\",\"EstimatedRows\":10,\"Batches\":1,"
                        + "\"BytesRead\":64,\"FilesRead\":2},\"children\":[]}");
    }

    @Test
    void errorsHaveTheFormAndTheStatusesThatClientsKnow() throws Exception {
        HttpResponse<String> syntax = query("RETRUN 1");
        assertThat(syntax.statusCode()).isEqualTo(400);
        assertThat(syntax.body())
                .isEqualTo("{\"errors\":[{\"code\":\"Neo.ClientError.Statement.SyntaxError\","
                        + "\"message\":\"Invalid input 'RETRUN 1' (WARN) (line 2, column 5)\"}]}");
        HttpResponse<String> large = query("x".repeat(10 << 20));
        assertThat(large.statusCode()).isEqualTo(400);
        assertThat(large.body())
                .isEqualTo("{\"errors\":[{\"code\":\"Neo.ClientError.Request.Invalid\",\"message\":"
                        + "\"The request is larger than 8388608 bytes. Send less, or raise limits.request-bytes.\"}]}");
    }

    @Test
    void anErrorAfterManyRowsEndsTheDocument() throws Exception {
        HttpResponse<String> response = query("late error");
        assertThat(response.statusCode()).isEqualTo(202);
        JsonNode answer = mapper.readTree(response.body());
        assertThat(answer.at("/data/values")).hasSize(20_000);
        assertThat(answer.path("errors").toString())
                .isEqualTo("[{\"code\":\"Neo.ClientError.Statement.RuntimeUnsupportedError\","
                        + "\"message\":\"More than 20000 rows.\"}]");
    }

    @Test
    void anErrorOfOurOwnInARowIsToldToo() throws Exception {
        HttpResponse<String> response = query("unwritable");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body())
                .startsWith("{\"errors\":[{\"code\":\"Neo.DatabaseError.General.UnknownError\",\"message\":"
                        + "\"The query failed because of an error in Spangraph. The server's log has the details under"
                        + " the query's id, q-");
    }

    @Test
    void knowsItsDatabases() throws Exception {
        assertThat(server.post("/db/neo4j/query/v2", "{\"statement\": \"one\"}").statusCode())
                .isEqualTo(202);
        HttpResponse<String> unknown = server.post("/db/trace/query/v2", "{\"statement\": \"one\"}");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body())
                .isEqualTo("{\"errors\":[{\"code\":\"Neo.ClientError.Database.DatabaseNotFound\",\"message\":"
                        + "\"There is no database 'trace'; this server has 'traces'. Did you mean 'traces'?\"}]}");
    }

    @Test
    void aTransactionPinsItsSnapshotsOnce() throws Exception {
        int before = GRAPH.pins();
        JsonNode begun = mapper.readTree(server.post(PATH + "/tx", "").body());
        String id = begun.at("/transaction/id").asText();
        assertThat(begun.at("/transaction/expires").asText()).matches("\\d{4}-.*Z");

        HttpResponse<String> first = server.post(PATH + "/tx/" + id, "{\"statement\": \"one\"}");
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(mapper.readTree(first.body()).at("/transaction/id").asText()).isEqualTo(id);
        HttpResponse<String> last = server.post(PATH + "/tx/" + id + "/commit", "{\"statement\": \"one\"}");
        assertThat(mapper.readTree(last.body()).at("/data/values").toString()).isEqualTo("[[1]]");
        assertThat(last.body()).doesNotContain("\"transaction\"");
        assertThat(GRAPH.pins() - before).isEqualTo(1);

        HttpResponse<String> gone = server.post(PATH + "/tx/" + id, "{\"statement\": \"one\"}");
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(gone.body())
                .isEqualTo("{\"errors\":[{\"code\":\"Neo.ClientError.Transaction.TransactionNotFound\",\"message\":"
                        + "\"There is no open transaction '" + id
                        + "'. It may have been closed, or have expired after 60 s.\"}]}");
    }

    @Test
    void aCommitWithoutAQueryGivesItsBookmark() throws Exception {
        String id = mapper.readTree(server.post(PATH + "/tx", "{}").body())
                .at("/transaction/id")
                .asText();
        HttpResponse<String> committed = server.post(PATH + "/tx/" + id + "/commit", "");
        assertThat(committed.statusCode()).isEqualTo(202);
        assertThat(committed.body()).isEqualTo("{\"bookmarks\":[\"SG:0\"]}");
    }

    @Test
    void aTransactionCanBeRolledBack() throws Exception {
        JsonNode begun = mapper.readTree(
                server.post(PATH + "/tx", "{\"statement\": \"one\"}").body());
        assertThat(begun.at("/data/values").toString()).isEqualTo("[[1]]");
        String id = begun.at("/transaction/id").asText();
        HttpResponse<String> rolledBack = server.delete(PATH + "/tx/" + id);
        assertThat(rolledBack.statusCode()).isEqualTo(200);
        assertThat(rolledBack.body()).isEqualTo("{}");
        assertThat(server.post(PATH + "/tx/" + id + "/commit", "").statusCode()).isEqualTo(404);
    }
}
