package io.spangraph.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spangraph.lake.LakeGenerator;
import io.spangraph.lake.LakeSpec;
import io.spangraph.lake.Layout;
import io.spangraph.lake.ProgressListener;
import io.spangraph.server.config.ConfigurationReader;
import io.spangraph.server.query.GraphOpener;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ends real queries over a real lake: what is computed for nobody must stop. */
@Timeout(180)
class LakeQueriesTest {
    /** Would run for days. */
    private static final String ENDLESS = "MATCH (a:Span), (b:Span), (c:Span) RETURN count(*) AS n";

    private static final String MANY_ROWS = "MATCH (a:Span), (b:Span) RETURN a, b";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path directory;

    private static TestServer server;

    @BeforeAll
    static void start() {
        LakeGenerator.generate(
                LakeSpec.of(Layout.CLAWTRACE, 6_000, 2, 7, Instant.parse("2026-11-20T00:00:00Z"), directory),
                ProgressListener.NONE);
        server = TestServer.start(
                GraphOpener.open(
                        Path.of("..", "schema", "graph.yaml"),
                        Map.of("data", directory.toString()),
                        ConfigurationReader.read(Optional.empty(), Map.of(), Map.of())),
                Optional.empty(),
                Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String body(String query) {
        return "{\"query\": \"" + query + "\"}";
    }

    private static JsonNode running() throws Exception {
        return new ObjectMapper().readTree(server.get("/v1/queries").body()).path("queries");
    }

    private static double cancelled() throws Exception {
        return server.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("spangraph_queries_total{door=\"http\",outcome=\"CANCELLED\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .sum();
    }

    private static Socket ask(String query) throws Exception {
        Socket client = new Socket("127.0.0.1", server.port());
        String body = body(query);
        client.getOutputStream()
                .write(("POST /submitCypher HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                                + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.UTF_8));
        return client;
    }

    @Test
    void theTimeOfARequestEndsItsQuery() throws Exception {
        HttpResponse<String> response =
                server.post("/submitCypher", "{\"query\": \"" + ENDLESS + "\", \"timeoutMs\": 300}");
        assertThat(response.statusCode()).isEqualTo(408);
        assertThat(response.body())
                .startsWith("{\"error\":\"The query ran longer than its time limit of 300 ms.\",\"code\":\"TIMEOUT\"");
        await().atMost(PATIENCE).until(() -> running().isEmpty());
    }

    @Test
    void aKilledQueryEnds() throws Exception {
        CompletableFuture<HttpResponse<String>> answer =
                server.sendAsync(server.request("/submitCypher").POST(BodyPublishers.ofString(body(ENDLESS))));
        await().atMost(PATIENCE).until(() -> running().size() == 1);
        server.delete("/v1/queries/" + running().at("/0/id").asText());
        assertThat(answer.get().body()).isEqualTo("{\"error\":\"The query was cancelled.\",\"code\":\"CANCELLED\"}");
    }

    @Test
    void aClientThatGoesAwayBeforeTheFirstRowEndsItsQuery() throws Exception {
        double before = cancelled();
        Socket client = ask(ENDLESS);
        await().atMost(PATIENCE).until(() -> running().size() == 1);
        client.close();
        await().atMost(PATIENCE).until(() -> running().isEmpty());
        assertThat(cancelled() - before).isEqualTo(1);
    }

    @Test
    void aClientThatGoesAwayInMidAnswerEndsItsQuery() throws Exception {
        double before = cancelled();
        Socket client = ask(MANY_ROWS);
        assertThat(client.getInputStream().readNBytes(500_000)).hasSize(500_000);
        assertThat(running()).hasSize(1);
        client.close();
        await().atMost(PATIENCE).until(() -> running().isEmpty());
        assertThat(cancelled() - before).isEqualTo(1);
    }
}
