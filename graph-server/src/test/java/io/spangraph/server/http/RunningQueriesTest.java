package io.spangraph.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spangraph.model.value.Value;
import io.spangraph.server.query.ScriptedGraph;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunningQueriesTest {
    private final ScriptedGraph graph = new ScriptedGraph()
            .endless("endless")
            .answer("one", List.of("n"), List.of(List.of(Value.of(1L))))
            .answer(
                    "unending rows",
                    List.of("n"),
                    context -> LongStream.generate(() -> 1L)
                            .peek(row -> context.cancellation().poll())
                            .mapToObj(row -> List.of(Value.of("x".repeat(1000))))
                            .iterator());

    private static String submit(String query) {
        return "{\"query\": \"" + query + "\"}";
    }

    private static CompletableFuture<HttpResponse<String>> start(TestServer server, String query) {
        return server.sendAsync(server.request("/submitCypher").POST(BodyPublishers.ofString(submit(query))));
    }

    @Test
    void listsAndKills() throws Exception {
        try (TestServer server = TestServer.start(graph, Map.of())) {
            CompletableFuture<HttpResponse<String>> answer = start(server, "endless");
            graph.endlessStarted().await();
            JsonNode running = new ObjectMapper()
                    .readTree(server.get("/v1/queries").body())
                    .path("queries");
            assertThat(running).hasSize(1);
            assertThat(running.at("/0/query").asText()).isEqualTo("endless");
            assertThat(running.at("/0/door").asText()).isEqualTo("http");
            assertThat(running.at("/0/user").asText()).isEqualTo("anonymous");

            String id = running.at("/0/id").asText();
            assertThat(server.delete("/v1/queries/" + id).body())
                    .isEqualTo("{\"id\":\"" + id + "\",\"cancelled\":true}");
            HttpResponse<String> ended = answer.get();
            assertThat(ended.statusCode()).isEqualTo(400);
            assertThat(ended.body()).isEqualTo("{\"error\":\"The query was cancelled.\",\"code\":\"CANCELLED\"}");
            await().until(() -> server.get("/v1/queries").body().equals("{\"queries\":[]}"));

            HttpResponse<String> again = server.delete("/v1/queries/" + id);
            assertThat(again.statusCode()).isEqualTo(404);
            assertThat(again.body())
                    .isEqualTo("{\"error\":\"There is no running query '" + id + "'.\","
                            + "\"code\":\"QUERY_NOT_FOUND\",\"hint\":\"GET /v1/queries lists the running queries.\"}");
        }
    }

    @Test
    void theTimeOfARequestEndsItsQuery() throws Exception {
        try (TestServer server = TestServer.start(graph, Map.of())) {
            HttpResponse<String> response = server.post("/submitCypher", "{\"query\": \"endless\", \"timeoutMs\": 50}");
            assertThat(response.statusCode()).isEqualTo(408);
            assertThat(response.body())
                    .startsWith("{\"error\":\"The query ran longer than its time limit of 50 ms.\","
                            + "\"code\":\"TIMEOUT\",\"hint\":");
            assertThat(graph.endlessEnded().await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void noRequestGetsMoreTimeThanTheServerGives() throws Exception {
        try (TestServer server = TestServer.start(graph, Map.of("limits.timeout", "40ms"))) {
            assertThat(server.post("/submitCypher", "{\"query\": \"endless\", \"timeoutMs\": 60000}")
                            .body())
                    .startsWith("{\"error\":\"The query ran longer than its time limit of 40 ms.\"");
        }
    }

    @Test
    void refusesMoreQueriesThanMayRun() throws Exception {
        try (TestServer server =
                TestServer.start(graph, Map.of("limits.concurrent-queries", "1", "limits.queued-queries", "0"))) {
            CompletableFuture<HttpResponse<String>> answer = start(server, "endless");
            graph.endlessStarted().await();
            HttpResponse<String> refused = server.post("/submitCypher", submit("one"));
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body())
                    .isEqualTo(
                            "{\"error\":\"The server already runs 1 queries, as many as it may.\","
                                    + "\"code\":\"TOO_MANY_QUERIES\","
                                    + "\"hint\":\"Try again later, or raise limits.concurrent-queries or limits.queued-queries.\"}");
            assertThat(server.get("/healthz").body()).isEqualTo("{\"status\":\"ok\"}");
            JsonNode running =
                    new ObjectMapper().readTree(server.get("/v1/queries").body());
            assertThat(server.delete(
                                    "/v1/queries/" + running.at("/queries/0/id").asText())
                            .statusCode())
                    .isEqualTo(200);
            answer.get();
        }
    }

    @Test
    void aClientThatGoesAwayBeforeTheFirstRowEndsItsQuery() throws Exception {
        try (TestServer server = TestServer.start(graph, Map.of())) {
            Socket client = connect(server, submit("endless"));
            graph.endlessStarted().await();
            client.close();
            assertThat(graph.endlessEnded().await(30, TimeUnit.SECONDS)).isTrue();
            await().until(() -> server.get("/v1/queries").body().equals("{\"queries\":[]}"));
        }
    }

    @Test
    void aClientThatGoesAwayInMidAnswerEndsItsQuery() throws Exception {
        try (TestServer server = TestServer.start(graph, Map.of())) {
            try (Socket client = connect(server, submit("unending rows"))) {
                InputStream answer = client.getInputStream();
                assertThat(answer.readNBytes(500_000)).hasSize(500_000);
                assertThat(server.get("/v1/queries").body()).contains("unending rows");
            }
            await().until(() -> server.get("/v1/queries").body().equals("{\"queries\":[]}"));
        }
    }

    @Test
    void aClientThatDoesNotReadCannotHoldAQueryBeyondItsTime() throws Exception {
        try (TestServer server = TestServer.start(graph, Map.of("limits.timeout", "100ms"));
                Socket client = connect(server, submit("unending rows"))) {
            await().until(() -> server.get("/v1/queries").body().equals("{\"queries\":[]}"));
            assertThat(client.isConnected()).isTrue();
        }
    }

    @Test
    void aRequestThatIsSentEarlyIsAnsweredToo() throws Exception {
        try (TestServer server = TestServer.start(graph, Map.of());
                Socket client = connect(server, "{\"query\": \"endless\", \"timeoutMs\": 500}")) {
            graph.endlessStarted().await();
            client.getOutputStream().write(message(server, submit("one"), "close"));
            String answers = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answers)
                    .contains("The query ran longer than its time limit of 500 ms.")
                    .endsWith("[{\"Values\":[1],\"Keys\":[\"n\"]}]");
        }
    }

    private static Socket connect(TestServer server, String body) throws Exception {
        Socket client = new Socket("127.0.0.1", server.port());
        client.getOutputStream().write(message(server, body, "keep-alive"));
        return client;
    }

    private static byte[] message(TestServer server, String body, String connection) {
        return ("POST /submitCypher HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\nConnection: " + connection
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void plansAreMadeOnceForEachText() throws Exception {
        try (TestServer server = TestServer.start(graph, Map.of())) {
            server.post("/submitCypher", submit("one"));
            server.post("/submitCypher", submit("one"));
            assertThat(graph.translations()).isEqualTo(1);
            server.post("/db/traces/query/v2", "{\"statement\": \"one\"}");
            assertThat(graph.translations()).isEqualTo(2);
        }
    }
}
