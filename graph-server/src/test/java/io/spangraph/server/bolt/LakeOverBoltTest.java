package io.spangraph.server.bolt;

import static io.spangraph.server.bolt.client.BoltTestClient.BEGIN;
import static io.spangraph.server.bolt.client.BoltTestClient.COMMIT;
import static io.spangraph.server.bolt.client.BoltTestClient.PULL;
import static io.spangraph.server.bolt.client.BoltTestClient.RESET;
import static io.spangraph.server.bolt.client.BoltTestClient.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spangraph.engine.context.Principal;
import io.spangraph.iceberg.catalog.LocalFileIO;
import io.spangraph.lake.LakeGenerator;
import io.spangraph.lake.LakeSpec;
import io.spangraph.lake.Layout;
import io.spangraph.lake.ProgressListener;
import io.spangraph.lake.SampleLake;
import io.spangraph.server.SpangraphServer;
import io.spangraph.server.bolt.client.BoltAnswer;
import io.spangraph.server.bolt.client.BoltTestClient;
import io.spangraph.server.bolt.client.PackedStructure;
import io.spangraph.server.bolt.message.ProtocolVersion;
import io.spangraph.server.config.ConfigurationReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A whole server over a real lake, asked by Bolt, with HTTP beside it to see what goes on. */
@Timeout(240)
class LakeOverBoltTest {
    /** After these the caches change no more, and the same query reads the same bytes. */
    private static final int USES_UNTIL_CACHED = 3;

    private static final String COUNT = "MATCH (t:Trace) RETURN count(t) AS n";

    /** Would run for days. */
    private static final String ENDLESS = "MATCH (a:Span), (b:Span), (c:Span) RETURN count(*) AS n";

    private static final String MANY_ROWS = "MATCH (a:Span), (b:Span) RETURN a, b";
    private static final Map<String, Object> NOTHING = Map.of();
    private static final Map<String, Object> ALL = Map.of("n", -1L);
    private static final Map<String, Object> NOBODY = Map.of("scheme", "none");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Principal OPERATOR =
            new Principal("test", Optional.empty(), EnumSet.allOf(Principal.Role.class));
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path lake;

    private static SpangraphServer server;

    @BeforeAll
    static void start() {
        LakeGenerator.generate(
                LakeSpec.of(Layout.CLAWTRACE, 6_000, 2, 7, Instant.parse("2026-11-20T00:00:00Z"), lake),
                ProgressListener.NONE);
        Map<String, String> flags = Map.of(
                "server.http-port", "0",
                "server.bolt-port", "0",
                "server.data", lake.toString(),
                "freshness", "0s");
        server = SpangraphServer.start(
                ConfigurationReader.read(Optional.empty(), Map.of(), flags),
                Path.of("..", "schema", "graph.yaml"),
                Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<ProtocolVersion> versions() {
        return Stream.of(
                ProtocolVersion.V4_4,
                ProtocolVersion.V5_0,
                new ProtocolVersion(5, 4),
                ProtocolVersion.V5_7,
                ProtocolVersion.V5_8,
                ProtocolVersion.V6_0,
                ProtocolVersion.V6_1);
    }

    private static BoltTestClient client(ProtocolVersion version) {
        URI bolt = URI.create(server.boltUrl().orElseThrow());
        BoltTestClient client = BoltTestClient.open(bolt.getPort(), version);
        client.logIn(version, NOBODY);
        return client;
    }

    private static BoltTestClient client() {
        return client(ProtocolVersion.V5_8);
    }

    private static JsonNode http(String path) throws IOException, InterruptedException {
        return JSON.readTree(text(path));
    }

    private static String text(String path) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(server.url() + path))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }

    private static JsonNode submit(ObjectNode body) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/submitCypher"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body.toString()))
                    .build();
            return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
        }
    }

    private static void awaitNothingOpen() {
        await().atMost(PATIENCE).until(() -> http("/v1/queries").path("queries").isEmpty());
        await().atMost(PATIENCE).until(() -> text("/metrics").contains("\nspangraph_results_open 0.0\n"));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void everyVersionReadsNodesInATransaction(ProtocolVersion version) {
        try (BoltTestClient client = client(version)) {
            client.send(BEGIN, NOTHING)
                    .send(
                            RUN,
                            "MATCH (t:Trace)-[:HAS_SPAN]->(s:Span) RETURN t, s.span_id ORDER BY s.span_id LIMIT 3",
                            NOTHING,
                            NOTHING)
                    .send(PULL, Map.of("n", 2L))
                    .send(PULL, ALL)
                    .send(COMMIT);
            client.receiveSuccess();
            Map<String, Object> begun = client.receiveSuccess();
            assertThat(begun).containsEntry("fields", List.of("t", "s.span_id")).containsEntry("qid", 0L);
            List<BoltAnswer> first = client.receiveRows();
            assertThat(first).hasSize(3);
            PackedStructure node = (PackedStructure)
                    Objects.requireNonNull(first.getFirst().row().getFirst());
            assertThat(node.tag()).isEqualTo(0x4E);
            assertThat(node.fields()).hasSize(version.isAtLeast(ProtocolVersion.V5_0) ? 4 : 3);
            assertThat(first.getLast().metadata()).containsEntry("has_more", true);
            List<BoltAnswer> second = client.receiveRows();
            assertThat(second).hasSize(2);
            assertThat(second.getLast().metadata())
                    .containsEntry("type", "r")
                    .containsEntry("db", "clawtrace")
                    .containsKeys(version.isAtLeast(ProtocolVersion.V5_6) ? "statuses" : "t_last");
            assertThat(client.receiveSuccess()).containsKey("bookmark");
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void everyVersionIsToldWhatIsWrong(ProtocolVersion version) {
        try (BoltTestClient client = client(version)) {
            client.send(RUN, "MATCH (t:Trace) RETRUN t", NOTHING, NOTHING).send(PULL, ALL);
            BoltAnswer failure = client.receive();
            assertThat(failure.code()).isEqualTo("Neo.ClientError.Statement.SyntaxError");
            assertThat(failure.message()).contains("RETRUN").contains("line 1, column 17");
            assertThat(failure.metadata().containsKey("gql_status")).isEqualTo(version.isAtLeast(ProtocolVersion.V5_7));
            assertThat(client.receive().isIgnored()).isTrue();
            client.send(RESET).send(RUN, "RETURN 1 AS one", NOTHING, NOTHING).send(PULL, ALL);
            client.receiveSuccess();
            client.receiveSuccess();
            assertThat(client.receiveRows().getFirst().row()).containsExactly(1L);
        }
    }

    /** The failure comes from a query thread, what is ignored behind it mostly from the connection's event loop. */
    @Test
    void answersKeepTheirOrderWhicheverThreadsGiveThem() {
        try (BoltTestClient client = client()) {
            for (int i = 0; i < 300; i++) {
                client.send(RUN, "RETRUN", NOTHING, NOTHING).send(PULL, ALL);
                assertThat(client.receive().isFailure()).isTrue();
                assertThat(client.receive().isIgnored()).isTrue();
                client.send(RESET);
                client.receiveSuccess();
            }
        }
    }

    @Test
    void aWriteIsRefusedAsSuch() {
        try (BoltTestClient client = client()) {
            client.send(RUN, "CREATE (n) RETURN n", NOTHING, Map.of("mode", "w"));
            assertThat(client.receive().code()).isEqualTo("Neo.ClientError.Statement.AccessMode");
        }
    }

    @Test
    void aResetInterruptsALongQuery() {
        try (BoltTestClient client = client()) {
            client.send(RUN, ENDLESS, NOTHING, NOTHING).send(PULL, ALL).send(RUN, COUNT, NOTHING, NOTHING);
            client.receiveSuccess();
            await().atMost(PATIENCE)
                    .until(() ->
                            http("/v1/queries").at("/queries/0/door").asText().equals("bolt"));
            client.send(RESET).send(RUN, "RETURN 1 AS one", NOTHING, NOTHING).send(PULL, ALL);
            assertThat(client.receive().isIgnored()).isTrue();
            assertThat(client.receive().isIgnored()).isTrue();
            client.receiveSuccess();
            client.receiveSuccess();
            assertThat(client.receiveRows().getFirst().row()).containsExactly(1L);
        }
        awaitNothingOpen();
    }

    @Test
    void aKilledQueryEnds() throws Exception {
        try (BoltTestClient client = client();
                HttpClient http = HttpClient.newHttpClient()) {
            client.send(RUN, ENDLESS, NOTHING, NOTHING).send(PULL, ALL);
            client.receiveSuccess();
            String id = http("/v1/queries").at("/queries/0/id").asText();
            http.send(
                    HttpRequest.newBuilder(URI.create(server.url() + "/v1/queries/" + id))
                            .DELETE()
                            .build(),
                    BodyHandlers.discarding());
            assertThat(client.receive().code()).isEqualTo("Neo.ClientError.Transaction.Terminated");
        }
    }

    @Test
    void aClientThatGoesAwayFreesItsScans() {
        try (BoltTestClient reading = client();
                BoltTestClient parked = client();
                BoltTestClient computing = client()) {
            reading.send(RUN, MANY_ROWS, NOTHING, NOTHING).send(PULL, ALL);
            reading.receiveSuccess();
            assertThat(reading.receive().isRecord()).isTrue();
            parked.send(RUN, MANY_ROWS, NOTHING, NOTHING).send(PULL, Map.of("n", 5L));
            parked.receiveSuccess();
            assertThat(parked.receiveRows()).hasSize(6);
            computing.send(RUN, ENDLESS, NOTHING, NOTHING).send(PULL, ALL);
            computing.receiveSuccess();
            assertThat(server.service().list(OPERATOR)).hasSize(3);
        }
        awaitNothingOpen();
    }

    @Test
    void aClientThatNeverReadsSlowsNobodyAndEndsAtItsTime() {
        try (BoltTestClient stuck = client();
                BoltTestClient other = client()) {
            stuck.send(RUN, MANY_ROWS, NOTHING, Map.of("tx_timeout", 3_000L)).send(PULL, ALL);
            stuck.receiveSuccess();
            for (int i = 0; i < 3; i++) {
                other.send(RUN, "RETURN 1 AS one", NOTHING, NOTHING).send(PULL, ALL);
                other.receiveSuccess();
                assertThat(other.receiveRows()).hasSize(2);
            }
            awaitNothingOpen();
        }
    }

    @Test
    void theReceiptOfATraceIsTheSameAsOverHttp() throws Exception {
        String trace = submit(JSON.createObjectNode().put("query", "MATCH (t:Trace) RETURN t.trace_id LIMIT 1"))
                .at("/0/Values/0")
                .asText();
        String query = "MATCH (t:Trace {trace_id: $id})-[:HAS_SPAN]->(s:Span) RETURN s.span_id";
        ObjectNode body = JSON.createObjectNode().put("query", query).put("stats", true);
        body.putObject("parameters").put("id", trace);
        for (int i = 0; i < USES_UNTIL_CACHED; i++) {
            submit(body);
        }
        ObjectNode byHttp = (ObjectNode) submit(body).path("receipt");
        try (BoltTestClient client = client()) {
            client.send(RUN, query, Map.of("id", trace), NOTHING).send(PULL, ALL);
            client.receiveSuccess();
            ObjectNode byBolt =
                    JSON.valueToTree(client.receiveRows().getLast().metadata().get("receipt"));
            assertThat(byBolt.at("/files/read").asLong()).isPositive();
            assertThat(byBolt.at("/files/skipped").isNumber()).isTrue();
            byBolt.remove("ms");
            byHttp.remove("ms");
            assertThat(JSON.readTree(byBolt.toString())).isEqualTo(byHttp);
        }
    }

    @Test
    void aProfileHasItsCountsAndTheReceipt() {
        try (BoltTestClient client = client()) {
            client.send(RUN, "PROFILE MATCH (t:Trace) RETURN count(DISTINCT t.trace_id) AS n", NOTHING, NOTHING)
                    .send(PULL, ALL);
            client.receiveSuccess();
            Map<String, Object> summary = client.receiveRows().getLast().metadata();
            assertThat(summary).containsKey("profile").doesNotContainKey("plan");
            JsonNode profile = JSON.valueToTree(summary.get("profile"));
            assertThat(profile.path("operatorType").asText()).isEqualTo("ProduceResults");
            assertThat(profile.path("rows").asLong()).isEqualTo(1);
            assertThat(profile.at("/args/receipt/files/read").asLong()).isPositive();
            assertThat(profile.path("children")).hasSize(1);
        }
    }

    @Test
    void aTransactionSeesOneStateWhileRowsAreAppended() throws Exception {
        try (BoltTestClient within = client();
                BoltTestClient beside = client()) {
            within.send(BEGIN, NOTHING);
            within.receiveSuccess();
            long before = count(beside);
            appendAgain("pg_traces");
            assertThat(count(beside)).isGreaterThan(before);
            assertThat(count(within)).isEqualTo(before);
            within.send(COMMIT);
            within.receiveSuccess();
            assertThat(count(within)).isEqualTo(count(beside));
        }
    }

    private static long count(BoltTestClient client) {
        client.send(RUN, "MATCH (t:Trace) RETURN count(*) AS n", NOTHING, NOTHING)
                .send(PULL, ALL);
        client.receiveSuccess();
        return (long)
                Objects.requireNonNull(client.receiveRows().getFirst().row().getFirst());
    }

    /** Appends a data file of the table to it once more. */
    private static void appendAgain(String name) throws IOException {
        try (JdbcCatalog catalog = new JdbcCatalog()) {
            catalog.initialize(
                    "lake",
                    Map.of(
                            "uri",
                            "jdbc:sqlite:" + SampleLake.catalogFile(lake),
                            "warehouse",
                            "unused",
                            "io-impl",
                            LocalFileIO.class.getName(),
                            "jdbc.schema-version",
                            "V1"));
            Table table = catalog.loadTable(TableIdentifier.of("silver", name));
            try (CloseableIterable<FileScanTask> files = table.newScan().planFiles()) {
                table.newAppend().appendFile(files.iterator().next().file()).commit();
            }
        }
    }
}
