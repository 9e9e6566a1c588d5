package io.spangraph.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.model.value.Value;
import io.spangraph.server.query.ScriptedGraph;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users of one tenant, admins and services, and how their requests name a tenant. */
@Timeout(60)
class TenantsTest {
    private static final String QUERY_API = "/db/traces/query/v2";
    private static final String HASH =
            "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$kgPwZ9DAehBT966hqnz1RvMedn9cKCTI012WUoxq9i8";
    private static final String ALICE = TestServer.basic("alice", "right");
    private static final String ADMIN = TestServer.basic("admin", "right");
    private static final String BACKEND = TestServer.basic("backend", "right");
    private static final String ADA = TestServer.basic("ada", "right");
    private static final String NOT_NAMED =
            "User 'backend' is a service: each of its requests has to name the tenant it is for.";

    @TempDir
    private Path folder;

    private final ScriptedGraph graph = new ScriptedGraph()
            .endless("endless")
            .answer(
                    "tenant",
                    List.of("tenant"),
                    context -> List.of(List.of(
                                    Value.of(context.principal().tenant().orElse("all tenants"))))
                            .iterator());
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        writeUsers("users: [" + user("alice", "tenant: acme") + user("admin", "tenant: '*', roles: [operator]")
                + user("backend", "access: service") + user("ada", "tenant: acme, roles: [operator]") + "]");
        Path settings = Files.writeString(folder.resolve("spangraph.yaml"), "auth: {users-file: users.yaml}");
        server = TestServer.start(graph, Optional.of(settings), Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String user(String name, String access) {
        return "{name: " + name + ", password-hash: '" + HASH + "', " + access + "},";
    }

    /** Replaces the file as a whole, so that the server never sees half of it. */
    private void writeUsers(String text) throws IOException {
        Path written = Files.writeString(folder.resolve("users.new"), text);
        Files.move(written, folder.resolve("users.yaml"), StandardCopyOption.REPLACE_EXISTING);
    }

    private HttpResponse<String> submit(String user, String... headers) throws Exception {
        return server.post("/submitCypher", "{\"query\": \"tenant\"}", with(user, headers));
    }

    private HttpResponse<String> query(String path, String user, String members, String... headers) throws Exception {
        return server.post(path, "{\"statement\": \"tenant\"" + members + "}", with(user, headers));
    }

    private static String[] with(String user, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Authorization";
        all[1] = user;
        System.arraycopy(headers, 0, all, 2, headers.length);
        return all;
    }

    private static String[] tenant(String name) {
        return new String[] {"X-Spangraph-Tenant", name};
    }

    private static String id(HttpResponse<String> response) {
        return response.body().replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
    }

    @Test
    void eachUserReadsWhatItMay() throws Exception {
        assertThat(submit(ALICE).body()).contains("\"acme\"");
        assertThat(submit(ALICE, tenant("acme")).body()).contains("\"acme\"");
        assertThat(submit(ADMIN).body()).contains("\"all tenants\"");
        assertThat(submit(ADMIN, tenant("globex")).body()).contains("\"globex\"");
        assertThat(submit(BACKEND, tenant("globex")).body()).contains("\"globex\"");
        assertThat(submit(BACKEND, tenant("acme")).body()).contains("\"acme\"");
    }

    @Test
    void aUserCannotNameAnotherTenant() throws Exception {
        HttpResponse<String> refused = submit(ALICE, tenant("globex"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body())
                .isEqualTo("{\"error\":\"Tenant 'globex' is forbidden to user 'alice'.\",\"code\":\"FORBIDDEN\","
                        + "\"hint\":\"Leave the tenant out: this user has one of its own.\"}");
        HttpResponse<String> byBody = query(QUERY_API, ALICE, ", \"impersonatedUser\": \"globex\"");
        assertThat(byBody.statusCode())
                .as("clients of the Query API know no 403")
                .isEqualTo(400);
        assertThat(byBody.body())
                .isEqualTo("{\"errors\":[{\"code\":\"Neo.ClientError.Security.Forbidden\",\"message\":\"Tenant"
                        + " 'globex' is forbidden to user 'alice'. Leave the tenant out: this user has one of its"
                        + " own.\"}]}");
    }

    @Test
    void aServiceIsRefusedWithoutATenantOnEveryPath() throws Exception {
        HttpResponse<String> refused = submit(BACKEND);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body())
                .contains(NOT_NAMED)
                .contains("\"hint\":\"Name it by the HTTP header X-Spangraph-Tenant, by 'impersonatedUser'");
        assertThat(query(QUERY_API, BACKEND, "").statusCode()).isEqualTo(400);
        assertThat(query(QUERY_API, BACKEND, "").body()).contains(NOT_NAMED);
        assertThat(query(QUERY_API + "/tx", BACKEND, "").body()).contains(NOT_NAMED);
        assertThat(server.get("/v1/queries", "Authorization", BACKEND).body()).contains(NOT_NAMED);
        assertThat(server.delete("/v1/queries/q-1", "Authorization", BACKEND).body())
                .contains(NOT_NAMED);
        assertThat(server.get("/metrics", "Authorization", BACKEND).body()).contains(NOT_NAMED);
        assertThat(server.get("/metrics", with(BACKEND, tenant("acme"))).statusCode())
                .isEqualTo(403);
    }

    @Test
    void theQueryApiNamesItByImpersonationToo() throws Exception {
        assertThat(query(QUERY_API, BACKEND, ", \"impersonatedUser\": \"globex\"")
                        .body())
                .contains("\"globex\"");
        assertThat(query(QUERY_API, BACKEND, ", \"impersonatedUser\": null", tenant("acme"))
                        .body())
                .contains("\"acme\"");
        assertThat(query(QUERY_API, BACKEND, ", \"impersonatedUser\": \"acme\"", tenant("acme"))
                        .body())
                .contains("\"acme\"");
        HttpResponse<String> conflict = query(QUERY_API, BACKEND, ", \"impersonatedUser\": \"acme\"", tenant("globex"));
        assertThat(conflict.statusCode()).isEqualTo(400);
        assertThat(conflict.body())
                .contains("The request names two tenants, 'globex' and 'acme'. Name one of them, by the header"
                        + " X-Spangraph-Tenant or by 'impersonatedUser'.");
        assertThat(query(QUERY_API, BACKEND, ", \"impersonatedUser\": 5").body())
                .contains("'impersonatedUser' must be a string.");
    }

    @Test
    void aTransactionBelongsToItsTenant() throws Exception {
        HttpResponse<String> begun = query(QUERY_API + "/tx", BACKEND, ", \"impersonatedUser\": \"globex\"");
        assertThat(begun.body()).contains("\"globex\"");
        String path = QUERY_API + "/tx/" + id(begun);
        assertThat(query(path, BACKEND, "").body()).as("need not name it again").contains("\"globex\"");
        assertThat(query(path, BACKEND, "", tenant("globex")).body()).contains("\"globex\"");
        HttpResponse<String> other = query(path, BACKEND, "", tenant("acme"));
        assertThat(other.statusCode()).isEqualTo(404);
        assertThat(other.body()).contains("There is no open transaction '" + id(begun) + "'.");
        assertThat(query(path, ADMIN, "", tenant("globex")).statusCode()).isEqualTo(404);
        assertThat(query(path + "/commit", BACKEND, "").body()).contains("\"globex\"");
        HttpResponse<String> closed = query(path, BACKEND, "");
        assertThat(closed.statusCode()).isEqualTo(404);

        String narrowed = QUERY_API + "/tx/" + id(query(QUERY_API + "/tx", ADMIN, "", tenant("acme")));
        assertThat(query(narrowed, ADMIN, "").body()).contains("\"acme\"");
        assertThat(server.delete(narrowed, "Authorization", ADMIN).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "50%; the header X-Spangraph-Tenant is not percent-encoded.",
                "%20; The name of the tenant is blank.",
                "a%0Ab; The name of the tenant has control characters.",
                "a%E2%80%A8b; The name of the tenant has control characters."
            })
    void headersThatNameNoTenantAreRefused(String header, String message) throws Exception {
        HttpResponse<String> refused = submit(BACKEND, tenant(header));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains(message);
    }

    @Test
    void headersBeyondAsciiAreRefused() throws Exception {
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1)) {
            try (Socket client = new Socket("127.0.0.1", server.port())) {
                String request = "GET /v1/queries HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: "
                        + BACKEND + "\r\nX-Spangraph-Tenant: m\u00fcller\r\n\r\n";
                client.getOutputStream().write(request.getBytes(charset));
                assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 400")
                        .contains("the header X-Spangraph-Tenant is not percent-encoded.");
            }
        }
    }

    @Test
    void headersAreReadAsWritten() throws Exception {
        assertThat(submit(BACKEND, tenant("a+b c")).body()).contains("\"a+b c\"");
        for (String name : List.of("müller & co", "50%", "a+b", "日本", "x/y?z")) {
            assertThat(submit(BACKEND, tenant(TenantHeader.encode(name))).body())
                    .contains("\"" + name + "\"");
        }
        HttpResponse<String> twice = submit(BACKEND, "X-Spangraph-Tenant", "acme", "X-Spangraph-Tenant", "globex");
        assertThat(twice.statusCode()).isEqualTo(400);
        assertThat(twice.body()).contains("The request names two tenants, 'acme' and 'globex'.");
    }

    @Test
    void runningQueriesShowTheirTenantAndStayBehindItsWall() throws Exception {
        CompletableFuture<HttpResponse<String>> answer = server.sendAsync(server.request("/submitCypher")
                .headers(with(BACKEND, tenant("acme")))
                .POST(BodyPublishers.ofString("{\"query\": \"endless\"}")));
        graph.endlessStarted().await();
        String nothing = "{\"queries\":[]}";
        assertThat(server.get("/v1/queries", with(BACKEND, tenant("globex"))).body())
                .isEqualTo(nothing);
        assertThat(server.get("/v1/queries", with(ADMIN, tenant("globex"))).body())
                .isEqualTo(nothing);
        assertThat(server.get("/v1/queries", "Authorization", ALICE).body()).isEqualTo(nothing);
        HttpResponse<String> own = server.get("/v1/queries", with(BACKEND, tenant("acme")));
        assertThat(own.body()).contains("\"user\":\"backend\",\"tenant\":\"acme\",\"query\":\"endless\"");
        assertThat(server.get("/v1/queries", "Authorization", ADA).body()).isNotEqualTo(nothing);
        assertThat(server.get("/v1/queries", "Authorization", ADMIN).body()).contains(id(own));
        String path = "/v1/queries/" + id(own);
        assertThat(server.delete(path, with(BACKEND, tenant("globex"))).statusCode())
                .isEqualTo(404);
        assertThat(server.delete(path, with(BACKEND, tenant("acme"))).statusCode())
                .isEqualTo(200);
        assertThat(answer.get().body()).contains("The query was cancelled.");
    }

    @Test
    void metricsAreForAdminsThatAskForAllTenants() throws Exception {
        assertThat(server.get("/metrics", "Authorization", ADMIN).statusCode()).isEqualTo(200);
        assertThat(server.get("/metrics", with(ADMIN, tenant("acme"))).statusCode())
                .isEqualTo(403);
    }

    @Test
    void usersComeAndGoWhileTheServerRuns() throws Exception {
        assertThat(submit(ALICE).statusCode()).isEqualTo(200);
        writeUsers("users: [" + user("carl", "tenant: initech") + "]");
        HttpResponse<String> gone = submit(ALICE);
        while (gone.statusCode() == 200) {
            gone = submit(ALICE);
        }
        assertThat(gone.statusCode()).isEqualTo(401);
        assertThat(submit(TestServer.basic("carl", "right")).body()).contains("\"initech\"");
    }

    @Test
    void guessingIsRefusedAfterAWhile() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> guesses = new ArrayList<>();
        for (int guess = 0; guess < 20; guess++) {
            guesses.add(server.sendAsync(server.request("/submitCypher")
                    .header("Authorization", TestServer.basic("alice", "guess " + guess))
                    .POST(BodyPublishers.ofString("{\"query\": \"tenant\"}"))));
        }
        List<Integer> statuses = new ArrayList<>();
        String refusal = "";
        for (CompletableFuture<HttpResponse<String>> guess : guesses) {
            statuses.add(guess.get().statusCode());
            refusal = guess.get().statusCode() == 429 ? guess.get().body() : refusal;
        }
        assertThat(statuses).containsOnly(401, 429);
        assertThat(statuses.stream().filter(status -> status == 429)).hasSizeGreaterThanOrEqualTo(10);
        assertThat(refusal)
                .contains("There were too many failed log-ins of this user from this address.")
                .contains("\"code\":\"TOO_MANY_LOGINS\",\"hint\":\"Try again in ");
        assertThat(submit(ADMIN).statusCode()).as("others log in").isEqualTo(200);
    }
}
