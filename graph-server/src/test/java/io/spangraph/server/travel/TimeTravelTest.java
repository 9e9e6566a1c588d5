package io.spangraph.server.travel;

import static io.spangraph.server.bolt.client.BoltTestClient.BEGIN;
import static io.spangraph.server.bolt.client.BoltTestClient.COMMIT;
import static io.spangraph.server.bolt.client.BoltTestClient.PULL;
import static io.spangraph.server.bolt.client.BoltTestClient.RESET;
import static io.spangraph.server.bolt.client.BoltTestClient.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spangraph.iceberg.catalog.LocalFileIO;
import io.spangraph.lake.LakeGenerator;
import io.spangraph.lake.LakeSpec;
import io.spangraph.lake.Layout;
import io.spangraph.lake.ProgressListener;
import io.spangraph.lake.SampleLake;
import io.spangraph.server.SpangraphServer;
import io.spangraph.server.bolt.client.BoltAnswer;
import io.spangraph.server.bolt.client.BoltTestClient;
import io.spangraph.server.bolt.message.ProtocolVersion;
import io.spangraph.server.config.ConfigurationReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A lake whose spans were all deleted: older states still have them, through every door. */
class TimeTravelTest {
    private static final String SPANS = "MATCH (s:Span) RETURN count(s) AS n";
    private static final Map<String, Object> NOTHING = Map.of();
    private static final Map<String, Object> ALL = Map.of("n", -1L);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path lake;

    private static SpangraphServer server;
    private static long before;
    private static long after;
    private static Instant commit;
    private static long spans;

    @BeforeAll
    static void start() throws Exception {
        LakeGenerator.generate(
                LakeSpec.of(Layout.CLAWTRACE, 6_000, 2, 7, Instant.parse("2026-11-20T00:00:00Z"), lake),
                ProgressListener.NONE);
        try (JdbcCatalog catalog = catalog()) {
            for (TableIdentifier name : catalog.listTables(org.apache.iceberg.catalog.Namespace.of("silver"))) {
                Table table = catalog.loadTable(name);
                table.manageSnapshots()
                        .createTag("end of month", table.currentSnapshot().snapshotId())
                        .commit();
            }
            Table table = catalog.loadTable(TableIdentifier.of("silver", "pg_spans"));
            before = table.currentSnapshot().snapshotId();
            commit = Instant.ofEpochMilli(table.currentSnapshot().timestampMillis());
            spans = Long.parseLong(table.currentSnapshot().summary().get("total-records"));
            table.newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();
            after = table.currentSnapshot().snapshotId();
            table.manageSnapshots().createTag("spans only", before).commit();
        }
        server = SpangraphServer.start(
                ConfigurationReader.read(
                        Optional.empty(),
                        Map.of(),
                        Map.of(
                                "server.http-port", "0",
                                "server.bolt-port", "0",
                                "server.data", lake.toString(),
                                "freshness", "0s")),
                Path.of("..", "schema", "graph.yaml"),
                Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JdbcCatalog catalog() {
        JdbcCatalog catalog = new JdbcCatalog();
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
        return catalog;
    }

    private static JsonNode post(String path, Map<String, ?> body, String... headers) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return JSON.readTree(
                    http.send(request.build(), BodyHandlers.ofString()).body());
        }
    }

    private static JsonNode query(Map<String, ?> body, String... headers) throws Exception {
        return post("/db/clawtrace/query/v2", body, headers);
    }

    private static void assertOlderState(JsonNode answer) {
        assertThat(answer.at("/data/values").toString()).isEqualTo("[[" + spans + "]]");
        assertThat(answer.at("/receipt/snapshots").toString())
                .contains(":" + before)
                .doesNotContain(":" + after);
    }

    private static BoltTestClient client() {
        BoltTestClient client =
                BoltTestClient.open(URI.create(server.boltUrl().orElseThrow()).getPort(), ProtocolVersion.V5_8);
        client.logIn(ProtocolVersion.V5_8, Map.of("scheme", "none"));
        return client;
    }

    private static long count(BoltTestClient client, String query, Map<String, Object> extra) {
        client.send(RUN, query, NOTHING, extra).send(PULL, ALL);
        client.receiveSuccess();
        List<BoltAnswer> rows = client.receiveRows();
        return (long) java.util.Objects.requireNonNull(rows.getFirst().row().getFirst());
    }

    static Stream<String> texts() {
        return Stream.of(
                "CYPHER snapshot=" + before + " " + SPANS,
                "CYPHER snapshot='" + before + "' " + SPANS,
                "CYPHER asOf='" + commit + "' " + SPANS,
                "CYPHER ref='end of month' " + SPANS,
                "USE clawtrace@" + before + " " + SPANS,
                "USE clawtrace@'" + commit + "' " + SPANS,
                "USE clawtrace@`end of month` " + SPANS,
                "USE `clawtrace@end of month` " + SPANS);
    }

    static Stream<Map<String, Object>> fields() {
        return Stream.of(
                Map.of("snapshot", before),
                Map.of("snapshot", Long.toString(before)),
                Map.of("snapshot", commit.toString()),
                Map.of("snapshot", "end of month"),
                Map.of("asOf", commit.toString()),
                Map.of("ref", "end of month"),
                Map.of("ref", "end of month", "snapshot", "end of month"));
    }

    static Stream<Map<String, Object>> metadata() {
        return Stream.of(
                Map.of("snapshot", before),
                Map.of("snapshot", Long.toString(before)),
                Map.of("as_of", commit.toString()),
                Map.of("ref", "end of month"));
    }

    @Test
    void withoutAStateTheNewestIsRead() throws Exception {
        JsonNode answer = query(Map.of("statement", SPANS));

        assertThat(answer.at("/data/values").toString()).isEqualTo("[[0]]");
        assertThat(answer.at("/receipt/snapshots").toString()).contains(":" + after);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void theTextNamesTheState(String text) throws Exception {
        assertOlderState(query(Map.of("statement", text)));
        try (BoltTestClient client = client()) {
            assertThat(count(client, text, NOTHING)).isEqualTo(spans);
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void theBodyNamesTheState(Map<String, Object> fields) throws Exception {
        Map<String, Object> body = new java.util.HashMap<>(fields);
        body.put("statement", SPANS);
        assertOlderState(query(body));
        body.put("query", SPANS);
        assertThat(post("/submitCypher", body).toString()).contains(Long.toString(spans));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aTransactionOverHttpHasTheState(Map<String, Object> fields) throws Exception {
        String id =
                post("/db/clawtrace/query/v2/tx", fields).at("/transaction/id").asText();
        String path = "/db/clawtrace/query/v2/tx/" + id;

        assertOlderState(post(path, Map.of("statement", SPANS)));
        assertOlderState(post(path, Map.of("statement", "CYPHER snapshot=" + before + " " + SPANS)));
        JsonNode other = post(path, Map.of("statement", "CYPHER snapshot=" + after + " " + SPANS));
        assertThat(other.at("/errors/0/message").asText())
                .contains("The query names another state of the tables than its transaction: table"
                        + " 'lake.silver.pg_spans' is read at snapshot " + before + ", not at snapshot " + after + ".");
        assertThat(post(path, Map.of("statement", SPANS, "snapshot", after))
                        .at("/errors/0/message")
                        .asText())
                .contains("another state of the tables than its transaction");
        assertOlderState(post(path + "/commit", Map.of("statement", SPANS)));
    }

    @Test
    void aHeaderNamesTheState() throws Exception {
        String name = "X-Spangraph-Snapshot";
        assertOlderState(query(Map.of("statement", SPANS), name, Long.toString(before)));
        assertOlderState(query(Map.of("statement", SPANS), name, commit.toString()));
        assertOlderState(query(Map.of("statement", SPANS), name, "end of month"));
        assertThat(query(Map.of("statement", SPANS, "snapshot", after), name, Long.toString(before))
                        .at("/errors/0/message")
                        .asText())
                .isEqualTo("The request names two states of the tables, snapshot " + before + " and snapshot " + after
                        + ". A query reads one state of all its tables: name it once.");
    }

    @Test
    void requestAndTextHaveToAgree() throws Exception {
        assertOlderState(query(Map.of("statement", "CYPHER snapshot=" + before + " " + SPANS, "snapshot", before)));
        assertThat(query(Map.of("statement", "CYPHER ref='end of month' " + SPANS, "snapshot", after))
                        .at("/errors/0/message")
                        .asText())
                .isEqualTo("The request names snapshot " + after + ", and the query tag or branch 'end of month'."
                        + " A query reads one state of all its tables: name it once.");
    }

    @ParameterizedTest
    @MethodSource("metadata")
    void theMetadataOfBoltNameTheState(Map<String, Object> metadata) {
        try (BoltTestClient client = client()) {
            assertThat(count(client, SPANS, Map.of("tx_metadata", metadata))).isEqualTo(spans);
            assertThat(count(client, SPANS, NOTHING)).isZero();

            client.send(BEGIN, Map.of("tx_metadata", metadata));
            client.receiveSuccess();
            assertThat(count(client, SPANS, NOTHING)).isEqualTo(spans);
            assertThat(count(client, "CYPHER snapshot=" + before + " " + SPANS, NOTHING))
                    .isEqualTo(spans);
            client.send(COMMIT);
            client.receiveSuccess();

            client.send(BEGIN, Map.of("tx_metadata", metadata))
                    .send(RUN, "CYPHER snapshot=" + after + " " + SPANS, NOTHING, NOTHING);
            client.receiveSuccess();
            BoltAnswer refused = client.receive();
            assertThat(refused.code()).isEqualTo("Neo.ClientError.Statement.ArgumentError");
            assertThat(refused.message()).contains("another state of the tables than its transaction");
            client.send(RESET);
            client.receiveSuccess();
        }
    }

    @Test
    void boltTakesAMomentAsATime() {
        try (BoltTestClient client = client()) {
            client.send(RUN, "RETURN datetime('" + commit.atZone(ZoneOffset.UTC) + "') AS t", NOTHING, NOTHING)
                    .send(PULL, ALL);
            client.receiveSuccess();
            Object moment = java.util.Objects.requireNonNull(
                    client.receiveRows().getFirst().row().getFirst());
            assertThat(count(client, SPANS, Map.of("tx_metadata", Map.of("as_of", moment))))
                    .isEqualTo(spans);
        }
    }

    @Test
    void whatIsNotThereIsNamedWithAHint() throws Exception {
        assertThat(message("CYPHER snapshot=42 " + SPANS))
                .startsWith("No table has a snapshot 42; the tables are 'lake.silver.pg_agents',")
                .contains("The receipt of a query names the snapshots that it read.");
        assertThat(message("CYPHER ref='end of moth' " + SPANS))
                .startsWith("Table 'lake.silver.pg_spans' has no branch or tag 'end of moth'.")
                .contains("Did you mean 'end of month'?");
        assertThat(message("CYPHER ref='spans only' MATCH (a:Agent) RETURN count(a) AS n"))
                .startsWith("Table 'lake.silver.pg_agents' has no branch or tag 'spans only'.")
                .contains("A tag has to be on every table that is read");
        assertThat(message("USE clawtraces@1 " + SPANS)).startsWith("There is no graph 'clawtraces'");
    }

    @Test
    void aTagOnOneTableServesWhatReadsNoOther() throws Exception {
        assertOlderState(query(Map.of("statement", "CYPHER ref='spans only' " + SPANS)));
    }

    @Test
    void anIdOfOneTableTellsTheTimeOfTheOthers() throws Exception {
        JsonNode answer =
                query(Map.of("statement", "CYPHER snapshot=" + before + " MATCH (a:Agent) RETURN count(a) > 0 AS n"));

        assertThat(answer.at("/data/values").toString()).isEqualTo("[[true]]");
        assertThat(answer.at("/receipt/snapshots").size()).isEqualTo(1);
    }

    @Test
    void beforeItsFirstSnapshotATableIsEmpty() throws Exception {
        JsonNode answer = query(Map.of("statement", "CYPHER asOf='2020-01-01' " + SPANS));

        assertThat(answer.at("/data/values").toString()).isEqualTo("[[0]]");
        assertThat(answer.at("/receipt/snapshots").toString()).isEqualTo("{}");
    }

    @Test
    void explainNamesTheState() throws Exception {
        assertThat(query(Map.of("statement", "EXPLAIN CYPHER snapshot=" + before + " " + SPANS))
                        .at("/receipt/snapshots")
                        .toString())
                .contains(":" + before);
    }

    private static String message(String statement) throws Exception {
        return query(Map.of("statement", statement)).at("/errors/0/message").asText();
    }
}
