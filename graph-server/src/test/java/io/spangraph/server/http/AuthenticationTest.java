package io.spangraph.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.model.value.Value;
import io.spangraph.server.auth.PasswordHash;
import io.spangraph.server.query.ScriptedGraph;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AuthenticationTest {
    private static final String ONE = "{\"query\": \"one\", \"stats\": true}";
    private static final String ALICE = TestServer.basic("alice", "wonder:land");
    private static final String BOB = TestServer.basic("bob", "builder");
    private static final String OPS = TestServer.basic("ops", "overview");
    private static final String ADA = TestServer.basic("ada", "engine");

    @TempDir
    private static Path folder;

    private final ScriptedGraph graph =
            new ScriptedGraph().endless("endless").answer("one", List.of("n"), List.of(List.of(Value.of(1L))));
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        Path file = folder.resolve("spangraph.yaml");
        if (Files.notExists(file)) {
            Files.writeString(file, """
                    users:
                      - {name: alice, password-hash: '%s', tenant: acme}
                      - {name: bob, password-hash: '%s', tenant: globex}
                      - {name: ops, password-hash: '%s', tenant: '*', roles: [reader, operator]}
                      - {name: ada, password-hash: '%s', tenant: acme, roles: [operator]}
                    """.formatted(
                            PasswordHash.of("wonder:land"),
                            PasswordHash.of("builder"),
                            PasswordHash.of("overview"),
                            PasswordHash.of("engine")));
        }
        server = TestServer.start(graph, Optional.of(file), Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void asksForCredentials() throws Exception {
        HttpResponse<String> response = server.post("/submitCypher", ONE);
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .contains("Basic realm=\"Spangraph\", charset=\"UTF-8\"");
        assertThat(response.body())
                .isEqualTo("{\"error\":\"Authentication is required.\",\"code\":\"UNAUTHORIZED\","
                        + "\"hint\":\"Send a user name and a password.\"}");
        HttpResponse<String> queryApi = server.post("/db/traces/query/v2", "{\"statement\": \"one\"}");
        assertThat(queryApi.statusCode()).isEqualTo(401);
        assertThat(queryApi.body())
                .isEqualTo("{\"errors\":[{\"code\":\"Neo.ClientError.Security.Unauthorized\",\"message\":"
                        + "\"Authentication is required. Send a user name and a password.\"}]}");
    }

    @Test
    void doesNotTellUnknownNamesFromWrongPasswords() throws Exception {
        String wrong = server.post("/submitCypher", ONE, "Authorization", TestServer.basic("alice", "x"))
                .body();
        String unknown = server.post("/submitCypher", ONE, "Authorization", TestServer.basic("eve", "x"))
                .body();
        assertThat(wrong)
                .isEqualTo("{\"error\":\"Authentication failed: unknown user name or wrong password.\","
                        + "\"code\":\"UNAUTHORIZED\"}");
        assertThat(unknown).isEqualTo(wrong);
        assertThat(server.post("/submitCypher", ONE, "Authorization", "Bearer x")
                        .statusCode())
                .isEqualTo(401);
        assertThat(server.post("/submitCypher", ONE, "Authorization", "Basic %%%")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void onlyOperatorsSeeWhatWasSkipped() throws Exception {
        assertThat(server.post("/submitCypher", ONE, "Authorization", ALICE).body())
                .contains("\"files\":{\"read\":1},\"row_groups\":{\"read\":3},\"bytes\":{\"read\":5}")
                .doesNotContain("skipped");
        assertThat(server.post("/submitCypher", ONE, "Authorization", OPS).body())
                .contains("\"files\":{\"read\":1,\"skipped\":2}");
    }

    @Test
    void seesAndKillsOnlyWhatIsInView() throws Exception {
        CompletableFuture<HttpResponse<String>> answer = server.sendAsync(server.request("/submitCypher")
                .header("Authorization", ALICE)
                .POST(BodyPublishers.ofString("{\"query\": \"endless\"}")));
        graph.endlessStarted().await();
        String own = server.get("/v1/queries", "Authorization", ALICE).body();
        String id = own.replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
        assertThat(own).contains("\"user\":\"alice\",\"tenant\":\"acme\",\"query\":\"endless\"");
        assertThat(server.get("/v1/queries", "Authorization", BOB).body()).isEqualTo("{\"queries\":[]}");
        assertThat(server.get("/v1/queries", "Authorization", OPS).body()).contains(id);
        assertThat(server.get("/v1/queries", "Authorization", ADA).body()).contains(id);
        assertThat(server.delete("/v1/queries/" + id, "Authorization", BOB).statusCode())
                .isEqualTo(404);
        assertThat(server.delete("/v1/queries/" + id, "Authorization", OPS).statusCode())
                .isEqualTo(200);
        assertThat(answer.get().body()).contains("The query was cancelled.");
    }

    @Test
    void transactionsBelongToTheirUser() throws Exception {
        String begun = server.post("/db/traces/query/v2/tx", "", "Authorization", ALICE)
                .body();
        String id = begun.replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
        assertThat(server.post("/db/traces/query/v2/tx/" + id, "", "Authorization", BOB)
                        .statusCode())
                .isEqualTo(404);
        assertThat(server.post("/db/traces/query/v2/tx/" + id, "", "Authorization", ALICE)
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void metricsAreForOperatorsOfAllTenants() throws Exception {
        server.post("/submitCypher", ONE, "Authorization", ALICE);
        assertThat(server.get("/metrics").statusCode()).isEqualTo(401);
        HttpResponse<String> refused = server.get("/metrics", "Authorization", ADA);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body())
                .isEqualTo("{\"error\":\"Metrics are forbidden to user 'ada'.\",\"code\":\"FORBIDDEN\","
                        + "\"hint\":\"Use a user with the role 'operator' and tenant '*'.\"}");
        assertThat(server.get("/metrics", "Authorization", OPS).body())
                .contains("spangraph_queries_total{door=\"http\",outcome=\"OK\"} 1.0")
                .contains("spangraph_query_rows_total 1.0")
                .contains("spangraph_scan_bytes_total 5.0")
                .contains("spangraph_queries_running 0.0");
    }

    @Test
    void healthNeedsNoCredentials() throws Exception {
        assertThat(server.get("/healthz").body()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(server.get("/readyz").body()).isEqualTo("{\"status\":\"ready\"}");
        assertThat(server.get("/").body())
                .startsWith("{\"query\":\"http://127.0.0.1:" + server.port() + "/db/{databaseName}/query/v2\",");
    }

    @Test
    void withoutUsersOtherHostNamesAreRefused() throws Exception {
        try (TestServer open = TestServer.start(graph, Map.of())) {
            assertThat(open.post("/submitCypher", ONE, "Authorization", TestServer.basic("any", "thing"))
                            .statusCode())
                    .isEqualTo(200);
            try (Socket client = new Socket("127.0.0.1", open.port())) {
                client.getOutputStream()
                        .write("GET /v1/queries HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.UTF_8));
                assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 403")
                        .contains("Requests for host 'evil.example' are forbidden while no users are configured.");
            }
        }
    }
}
