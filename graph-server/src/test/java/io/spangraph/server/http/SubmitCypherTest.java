package io.spangraph.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.explain.PlanDescription;
import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.EdgeId;
import io.spangraph.model.value.Value.NodeValue;
import io.spangraph.model.value.Value.RelationshipValue;
import io.spangraph.model.value.Value.VertexId;
import io.spangraph.server.query.ScriptedGraph;
import io.spangraph.server.value.ElementIds;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SubmitCypherTest {
    private static final VertexId TRACE = new VertexId("Trace", Optional.empty(), List.of(Value.of("t1")));
    private static final VertexId SPAN = new VertexId("Span", Optional.empty(), List.of(Value.of("s1"), Value.of(2L)));
    private static final NodeValue TRACE_NODE =
            new NodeValue(TRACE, List.of("Trace"), Map.of("trace_id", Value.of("t1")));
    private static final NodeValue SPAN_NODE = new NodeValue(SPAN, List.of("Span"), Map.of());
    private static final RelationshipValue HAS_SPAN = new RelationshipValue(
            new EdgeId("HAS_SPAN(Trace,Span)", Optional.empty(), List.of(Value.of("e1"))),
            "HAS_SPAN",
            TRACE,
            SPAN,
            Map.of());

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(
                new ScriptedGraph()
                        .answer("nothing", List.of("n"), List.of())
                        .answer("scalars", List.of("a", "b"), List.of(scalars(), List.of(Value.NULL, Value.NULL)))
                        .answer("graph", List.of("n", "r", "p"), List.of(elements()))
                        .answer(
                                "parameter",
                                List.of("v"),
                                context ->
                                        List.of(List.of(context.parameter("v"))).iterator())
                        .answer("early error", List.of("n"), context -> failingAfter(3))
                        .answer("late error", List.of("n"), context -> failingAfter(20_000))
                        .explain(
                                "explained",
                                QueryPlan.Mode.EXPLAIN,
                                new PlanDescription(
                                        "ProduceResults",
                                        "n",
                                        List.of(),
                                        Map.of(),
                                        Optional.empty(),
                                        List.of(new PlanDescription(
                                                "SingleRow", "", List.of(), Map.of(), Optional.empty(), List.of()))))
                        .answer("bug", List.of("n"), context -> {
                            throw new IllegalStateException("secret detail");
                        })
                        .answer(
                                "many",
                                List.of("n"),
                                context -> IntStream.range(0, 100_000)
                                        .mapToObj(row -> List.of(Value.of((long) row)))
                                        .iterator()),
                Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<Value> scalars() {
        return List.of(
                Value.of(List.of(
                        Value.TRUE,
                        Value.of(Long.MAX_VALUE),
                        Value.of(2.0),
                        Value.of(2.5),
                        Value.of(1e300),
                        Value.of(Double.NaN),
                        Value.of(Double.NEGATIVE_INFINITY))),
                new Value.MapValue(Map.of(
                        "d",
                        Value.of(List.of(
                                new Value.DateValue(LocalDate.of(2026, 4, 8)),
                                new Value.DateTimeValue(ZonedDateTime.of(2026, 4, 8, 1, 2, 3, 0, ZoneOffset.UTC)),
                                Value.of("ä\"\n"))))));
    }

    private static List<Value> elements() {
        return List.of(TRACE_NODE, HAS_SPAN, new Value.PathValue(List.of(TRACE_NODE, SPAN_NODE), List.of(HAS_SPAN)));
    }

    private static Iterator<List<Value>> failingAfter(int rows) {
        return Stream.concat(
                        IntStream.range(0, rows).mapToObj(row -> List.of(Value.of("row " + row))),
                        Stream.of(1).map(end -> {
                            throw QueryException.of(QueryErrorCode.STORAGE_CORRUPT, "File x.parquet is damaged.")
                                    .withHint("Restore it.");
                        }))
                .iterator();
    }

    private static HttpResponse<String> submit(String body) throws IOException, InterruptedException {
        return server.post("/submitCypher", body);
    }

    @Test
    void answersNoRowsWithAnEmptyList() throws Exception {
        HttpResponse<String> response = submit("{\"query\": \"nothing\", \"timeoutMs\": 25000}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.body()).isEqualTo("[]");
    }

    @Test
    void writesScalarsAsGoDoes() throws Exception {
        assertThat(submit("{\"query\": \"scalars\"}").body())
                .isEqualTo("[{\"Values\":[[true,9223372036854775807,2,2.5,1.0E300,null,null],"
                        + "{\"d\":[\"2026-04-08\",\"2026-04-08T01:02:03Z\",\"ä\\\"\\n\"]}],\"Keys\":[\"a\",\"b\"]},"
                        + "{\"Values\":[null,null],\"Keys\":[\"a\",\"b\"]}]");
    }

    @Test
    void writesElementsAsPuppyGraphDoes() throws Exception {
        String trace = "\"Id\":" + ElementIds.number("Trace[t1]") + ",\"ElementId\":\"Trace[t1]\"";
        String node = "{" + trace + ",\"Labels\":[\"Trace\"],\"Props\":{\"trace_id\":\"t1\"}}";
        String span = "{\"Id\":" + ElementIds.number("Span[s1,2]")
                + ",\"ElementId\":\"Span[s1,2]\",\"Labels\":[\"Span\"],\"Props\":{}}";
        String edge = "{\"Id\":" + ElementIds.number("HAS_SPAN[e1]") + ",\"ElementId\":\"HAS_SPAN[e1]\",\"StartId\":"
                + ElementIds.number("Trace[t1]") + ",\"StartElementId\":\"Trace[t1]\",\"EndId\":"
                + ElementIds.number("Span[s1,2]")
                + ",\"EndElementId\":\"Span[s1,2]\",\"Type\":\"HAS_SPAN\",\"Props\":{}}";
        assertThat(submit("{\"query\": \"graph\"}").body())
                .isEqualTo("[{\"Values\":[" + node + "," + edge + ",{\"Nodes\":[" + node + "," + span
                        + "],\"Relationships\":[" + edge + "]}],\"Keys\":[\"n\",\"r\",\"p\"]}]");
    }

    @Test
    void numbersOfElementsAreExactInJavaScript() {
        assertThat(ElementIds.number("Trace[t1]"))
                .isBetween(0L, (1L << 53) - 1)
                .isEqualTo(ElementIds.number("Trace[t1]"));
        assertThat(ElementIds.number("Trace[t1]")).isNotEqualTo(ElementIds.number("Trace[t2]"));
    }

    @Test
    void addsTheReceiptWhenAsked() throws Exception {
        assertThat(submit("{\"query\": \"nothing\", \"stats\": true}").body())
                .isEqualTo("{\"rows\":[],\"receipt\":{\"snapshots\":{\"lake.silver.spans\":7},"
                        + "\"files\":{\"read\":1,\"skipped\":2},\"row_groups\":{\"read\":3,\"skipped\":4},"
                        + "\"bytes\":{\"read\":5,\"skipped\":6},\"rows\":0,\"ms\":12,\"from_metadata\":false}}");
    }

    @Test
    void takesParametersPlainAndTyped() throws Exception {
        assertThat(submit("{\"query\": \"parameter\", \"parameters\": {\"v\": [1, 2.5, \"x\", null, {\"k\": true}]}}")
                        .body())
                .isEqualTo("[{\"Values\":[[1,2.5,\"x\",null,{\"k\":true}]],\"Keys\":[\"v\"]}]");
        assertThat(submit("{\"query\": \"parameter\", \"parameters\": {\"v\":"
                                + " {\"$type\": \"Date\", \"_value\": \"2026-04-08\"}}}")
                        .body())
                .isEqualTo("[{\"Values\":[\"2026-04-08\"],\"Keys\":[\"v\"]}]");
        assertThat(submit("{\"query\": \"parameter\", \"parameters\": {\"v\":"
                                + " {\"$type\": \"Duration\", \"_value\": \"P1Y2M3DT4H5.5S\"}}}")
                        .body())
                .isEqualTo("[{\"Values\":[\"P1Y2M3DT4H5.5S\"],\"Keys\":[\"v\"]}]");
    }

    @Test
    void refusesParametersThatAreNone() throws Exception {
        assertThat(submit("{\"query\": \"parameter\", \"parameters\": {\"v\": 9223372036854775808}}")
                        .body())
                .isEqualTo("{\"error\":\"Invalid value of parameter 'v': the integer 9223372036854775808 does not fit"
                        + " 64 bits.\",\"code\":\"ARGUMENT_ERROR\"}");
        assertThat(submit("{\"query\": \"parameter\", \"parameters\": {\"v\":"
                                + " {\"$type\": \"Date\", \"_value\": \"soon\"}}}")
                        .body())
                .isEqualTo("{\"error\":\"Invalid value of parameter 'v': 'soon' is no Date.\","
                        + "\"code\":\"ARGUMENT_ERROR\"}");
        assertThat(submit("{\"query\": \"parameter\"}").body())
                .isEqualTo("{\"error\":\"Expected parameter(s): v\",\"code\":\"PARAMETER_MISSING\","
                        + "\"hint\":\"Send it with the request; given were: none.\"}");
    }

    @Test
    void tellsWhereAQueryIsWrong() throws Exception {
        HttpResponse<String> response = submit("{\"query\": \"RETRUN 1\"}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .isEqualTo("{\"error\":\"Invalid input 'RETRUN 1' (ERROR)\",\"code\":\"SYNTAX_ERROR\","
                        + "\"position\":{\"line\":2,\"column\":5}}");
    }

    @Test
    void anErrorAfterAFewRowsStillHasItsStatus() throws Exception {
        HttpResponse<String> response = submit("{\"query\": \"early error\"}");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body())
                .isEqualTo("{\"error\":\"File x.parquet is damaged.\",\"code\":\"STORAGE_CORRUPT\","
                        + "\"hint\":\"Restore it.\"}");
    }

    @Test
    void anErrorAfterManyRowsBreaksTheConnection() {
        assertThatThrownBy(() -> submit("{\"query\": \"late error\"}")).isInstanceOf(IOException.class);
    }

    @Test
    void anErrorOfOurOwnTellsNoDetails() throws Exception {
        HttpResponse<String> response = submit("{\"query\": \"bug\"}");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body())
                .startsWith("{\"error\":\"The query failed because of an error in Spangraph.\",\"code\":\"INTERNAL\","
                        + "\"hint\":\"The server's log has the details under the query's id, q-")
                .doesNotContain("secret", "Exception", "at io.");
    }

    @Test
    void explainsInRows() throws Exception {
        assertThat(submit("{\"query\": \"explained\"}").body())
                .isEqualTo("[{\"Values\":[\"ProduceResults: n\"],\"Keys\":[\"plan\"]},"
                        + "{\"Values\":[\"  SingleRow\"],\"Keys\":[\"plan\"]}]");
    }

    @Test
    void streamsManyRows() throws Exception {
        String body = submit("{\"query\": \"many\"}").body();
        assertThat(body)
                .startsWith("[{\"Values\":[0],\"Keys\":[\"n\"]},")
                .endsWith(",{\"Values\":[99999],\"Keys\":[\"n\"]}]");
    }

    @Test
    void refusesRequestsThatAreNone() throws Exception {
        assertThat(submit("{\"query\": \"x\"").body())
                .startsWith("{\"error\":\"Invalid JSON at line 1, column ")
                .endsWith("\"code\":\"REQUEST_INVALID\"}");
        assertThat(submit("[1]").body())
                .isEqualTo("{\"error\":\"Invalid request: the body must be a JSON object.\","
                        + "\"code\":\"REQUEST_INVALID\"}");
        assertThat(submit("{\"qeury\": \"x\"}").body())
                .isEqualTo("{\"error\":\"Invalid request: the member 'query' is missing.\","
                        + "\"code\":\"REQUEST_INVALID\"}");
        assertThat(submit("{\"query\": 5}").body())
                .isEqualTo("{\"error\":\"Invalid request: 'query' must be a string.\",\"code\":\"REQUEST_INVALID\"}");
        assertThat(submit("{\"query\": \"nothing\", \"timeoutMs\": \"soon\"}").body())
                .isEqualTo("{\"error\":\"Invalid request: 'timeoutMs' must be a whole number of milliseconds above"
                        + " 0.\",\"code\":\"REQUEST_INVALID\"}");
        assertThat(submit("{\"query\": \"nothing\", \"stats\": 1}").body())
                .isEqualTo("{\"error\":\"Invalid request: 'stats' must be true or false.\","
                        + "\"code\":\"REQUEST_INVALID\"}");
    }

    @Test
    void refusesOtherContentTypes() throws Exception {
        HttpResponse<String> response = server.send(java.net.http.HttpRequest.newBuilder(server.uri("/submitCypher"))
                .header("Content-Type", "text/plain")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{\"query\": \"nothing\"}")));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .isEqualTo("{\"error\":\"Invalid content type 'text/plain'; expected 'application/json'.\","
                        + "\"code\":\"REQUEST_INVALID\"}");
    }

    @Test
    void readsTheSnapshotThatWasAskedFor() throws Exception {
        assertThat(submit("{\"query\": \"nothing\", \"snapshot\": 17}").body()).isEqualTo("[]");
        assertThat(submit("{\"query\": \"nothing\", \"snapshot\": \"2026-04-08T00:00:00Z\"}")
                        .body())
                .isEqualTo("[]");
        assertThat(submit("{\"query\": \"nothing\", \"snapshot\": \"audit\"}").body())
                .isEqualTo("{\"error\":\"There is no tag or branch 'audit'.\",\"code\":\"ARGUMENT_ERROR\"}");
        assertThat(submit("{\"query\": \"nothing\", \"snapshot\": \"2026-04\"}").body())
                .isEqualTo("{\"error\":\"Invalid request: the snapshot time '2026-04' is not of the form"
                        + " 2026-04-08T12:00:00Z.\",\"code\":\"REQUEST_INVALID\"}");
    }

    @Test
    void refusesATenMegabyteQuery() throws Exception {
        HttpResponse<String> response = submit("{\"query\": \"" + "x".repeat(10 << 20) + "\"}");
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body())
                .isEqualTo("{\"error\":\"The request is larger than 8388608 bytes.\",\"code\":\"REQUEST_TOO_LARGE\","
                        + "\"hint\":\"Send less, or raise limits.request-bytes.\"}");
    }

    @Test
    void unknownPathsAndMethodsGetJson() throws Exception {
        assertThat(server.get("/nowhere").statusCode()).isEqualTo(404);
        assertThat(server.get("/nowhere").body())
                .isEqualTo("{\"error\":\"There is nothing at GET /nowhere.\",\"code\":\"PATH_NOT_FOUND\"}");
        assertThat(server.get("/submitCypher").body())
                .isEqualTo("{\"error\":\"There is nothing at GET /submitCypher.\",\"code\":\"PATH_NOT_FOUND\"}");
    }
}
