package io.spangraph.server.query;

import static io.spangraph.server.bolt.client.BoltTestClient.PULL;
import static io.spangraph.server.bolt.client.BoltTestClient.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spangraph.lake.LakeGenerator;
import io.spangraph.lake.LakeSpec;
import io.spangraph.lake.Layout;
import io.spangraph.lake.ProgressListener;
import io.spangraph.server.SpangraphServer;
import io.spangraph.server.bolt.client.BoltAnswer;
import io.spangraph.server.bolt.client.BoltTestClient;
import io.spangraph.server.bolt.message.ProtocolVersion;
import io.spangraph.server.config.ConfigurationReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A query that would read too much is refused before it reads anything, with what would make it small. */
@Timeout(120)
class ScanBudgetTest {
    private static final String HASH =
            "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$kgPwZ9DAehBT966hqnz1RvMedn9cKCTI012WUoxq9i8";

    private static final String PAYLOADS = "MATCH (s:Span) RETURN s.output_payload AS payload";
    private static final String RAISE = " Who administers the server can raise the limit for everybody by"
            + " limits.scan.bytes, and for one user by its scan-bytes.";

    @TempDir
    private static Path folder;

    private static SpangraphServer server;

    @BeforeAll
    static void start() throws IOException {
        Path lake = folder.resolve("lake");
        LakeGenerator.generate(
                LakeSpec.of(Layout.CLAWTRACE, 6_000, 2, 7, Instant.parse("2026-11-20T00:00:00Z"), lake),
                ProgressListener.NONE);
        Path users = Files.writeString(
                folder.resolve("users.yaml"),
                "users: [" + user("admin", "tenant: '*'") + user("big", "tenant: '*', scan-bytes: 1GiB")
                        + user("backend", "access: service") + "]");
        Map<String, String> flags = Map.of(
                "server.http-port", "0",
                "server.bolt-port", "0",
                "server.data", lake.toString(),
                "auth.users-file", users.toString(),
                "limits.scan.bytes", "100kB");
        server = SpangraphServer.start(
                ConfigurationReader.read(Optional.empty(), Map.of(), flags),
                Path.of("..", "schema", "graph.yaml"),
                Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String user(String name, String access) {
        return "{name: " + name + ", password-hash: '" + HASH + "', " + access + "},";
    }

    private static JsonNode ask(String user, String query, String... headers) throws Exception {
        String credentials = Base64.getEncoder().encodeToString((user + ":right").getBytes(StandardCharsets.UTF_8));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + "/submitCypher"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Basic " + credentials)
                .POST(BodyPublishers.ofString("{\"query\": \"" + query + "\"}"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            return new ObjectMapper()
                    .readTree(
                            http.send(request.build(), BodyHandlers.ofString()).body());
        }
    }

    private static final String MESSAGE =
            "The query would read N bytes of 8 files, more than the limit of 100000 bytes (limits.scan.bytes).";

    private static final String HINT = "Narrow Span by an id, a tenant or a time range." + RAISE;

    /** Sizes of files depend on the writer's version. */
    private static String withoutSizes(String text) {
        return text.replaceAll("read [0-9]{6,} bytes", "read N bytes");
    }

    @Test
    void whoSeesAllTenantsIsToldHowMuch() throws Exception {
        JsonNode refused = ask("admin", PAYLOADS);
        assertThat(refused.path("code").asText()).isEqualTo("SCAN_LIMIT");
        assertThat(withoutSizes(refused.path("error").asText())).isEqualTo(MESSAGE);
        assertThat(refused.path("hint").asText()).isEqualTo(HINT);
    }

    @Test
    void whoSeesOneTenantIsToldNothingOfFilesThatTenantsShare() throws Exception {
        JsonNode refused = ask("backend", PAYLOADS, "X-Spangraph-Tenant", "acme");
        assertThat(refused.path("code").asText()).isEqualTo("SCAN_LIMIT");
        assertThat(refused.path("error").asText())
                .isEqualTo("The query would read more than the limit of 100000 bytes (limits.scan.bytes).");
        assertThat(refused.path("hint").asText()).isEqualTo(HINT);
    }

    @Test
    void onlyTheColumnsThatAreReadCount() throws Exception {
        JsonNode counted = ask("admin", "MATCH (s:Span) RETURN sum(s.has_error) >= 0 AS some, count(*) AS n");
        assertThat(counted.at("/0/Values").toString()).isEqualTo("[true,6000]");
        JsonNode none = ask("admin", "MATCH (s:Span) WHERE s.trace_id = '' RETURN s.output_payload AS payload");
        assertThat(none.toString()).isEqualTo("[]");
    }

    @Test
    void aUserMayHaveALimitOfItsOwn() throws Exception {
        assertThat(ask("big", PAYLOADS)).hasSize(6000);
    }

    @Test
    void explainReadsNothingAndIsNotRefused() throws Exception {
        assertThat(ask("admin", "EXPLAIN " + PAYLOADS).path("code").isMissingNode())
                .isTrue();
    }

    @Test
    void boltSaysTheSame() {
        URI bolt = URI.create(server.boltUrl().orElseThrow());
        try (BoltTestClient client = BoltTestClient.open(bolt.getPort(), ProtocolVersion.V5_8)) {
            client.logIn(ProtocolVersion.V5_8, Map.of("scheme", "basic", "principal", "admin", "credentials", "right"));
            client.send(RUN, PAYLOADS, Map.of(), Map.of()).send(PULL, Map.of("n", -1L));
            BoltAnswer failure = client.receive();
            assertThat(failure.code()).isEqualTo("Neo.ClientError.Statement.RuntimeUnsupportedError");
            assertThat(withoutSizes(failure.message())).isEqualTo(MESSAGE + " " + HINT);
        }
    }
}
