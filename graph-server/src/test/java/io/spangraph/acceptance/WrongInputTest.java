package io.spangraph.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spangraph.engine.context.QueryException;
import io.spangraph.lake.LakeGenerator;
import io.spangraph.lake.LakeSpec;
import io.spangraph.lake.Layout;
import io.spangraph.lake.ProgressListener;
import io.spangraph.lake.SampleLake;
import io.spangraph.server.config.ConfigurationReader;
import io.spangraph.server.http.TestServer;
import io.spangraph.server.query.GraphOpener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong at a real server over a real lake is answered with a message to act on, never with a stack trace. */
class WrongInputTest {
    private static final Path MAPPING = Path.of("..", "schema", "graph.yaml");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path directory;

    private static Path lake;

    @BeforeAll
    static void writeLake() {
        lake = directory.resolve("lake");
        write(lake);
    }

    private static void write(Path target) {
        LakeGenerator.generate(
                LakeSpec.of(Layout.CLAWTRACE, 6_000, 2, 7, Instant.parse("2026-11-20T00:00:00Z"), target),
                ProgressListener.NONE);
    }

    private record Refusal(int status, String error, String code, String hint, JsonNode position) {}

    private static Refusal ask(TestServer server, String query, String parameters) {
        try {
            String body = "{\"query\": " + JSON.writeValueAsString(query) + ", \"parameters\": " + parameters + "}";
            HttpResponse<String> response = server.post("/submitCypher", body);
            assertThat(response.body()).doesNotContain("Exception").doesNotContain("\tat ");
            JsonNode answer = JSON.readTree(response.body());
            return new Refusal(
                    response.statusCode(),
                    answer.path("error").asText(),
                    answer.path("code").asText(),
                    answer.path("hint").asText(),
                    answer.path("position"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Refusal ask(String query) {
        try (TestServer server = server(lake)) {
            return ask(server, query, "{}");
        }
    }

    private static TestServer server(Path data) {
        Map<String, String> settings = Map.of("freshness", "0s");
        return TestServer.start(
                GraphOpener.open(
                        MAPPING,
                        Map.of("data", data.toString()),
                        ConfigurationReader.read(Optional.empty(), Map.of(), settings)),
                Optional.empty(),
                settings);
    }

    private static void assertRefused(Refusal refusal, int line, int column, String message) {
        assertThat(refusal.error()).isEqualTo(message);
        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.position().path("line").asInt()).isEqualTo(line);
        assertThat(refusal.position().path("column").asInt()).isEqualTo(column);
    }

    @Test
    void aSyntaxErrorHasAPlace() {
        assertRefused(
                ask("MATCH (t:Trace)\nRETRUN t"),
                2,
                1,
                "Invalid input 'RETRUN': expected a clause (MATCH, WITH, RETURN, ...) or the end of the query."
                        + " Did you mean 'RETURN'? (line 2, column 1 (offset: 16))");
    }

    @Test
    void unknownNamesComeWithAHint() {
        assertRefused(
                ask("MATCH (s:Spam) RETURN s"),
                1,
                10,
                "Unknown label 'Spam' at line 1, column 10. Known labels: Agent, Span, Tenant, Trace."
                        + " Did you mean 'Span'?");
        assertRefused(
                ask("MATCH (s:Span)\nWHERE s.durations_ms > 1 RETURN s"),
                2,
                9,
                "Unknown property 'durations_ms' on Span at line 2, column 9. Did you mean 'duration_ms'?");
        assertRefused(
                ask("MATCH (:Span)-[:CHILDOF]->() RETURN 1 AS one"),
                1,
                17,
                "Unknown relationship type 'CHILDOF' at line 1, column 17. Known relationship types: CHILD_OF,"
                        + " HAS_AGENT, HAS_SPAN, OWNS. Did you mean 'CHILD_OF'?");
        assertRefused(
                ask("RETURN toUper('x') AS x"),
                1,
                8,
                "Unknown function 'toUper' at line 1, column 8. Did you mean 'toUpper'?");
    }

    @Test
    void aParameterOfAWrongTypeIsNamed() {
        try (TestServer server = server(lake)) {
            Refusal refusal = ask(server, "MATCH (s:Span) RETURN s.span_id LIMIT $n", "{\"n\": \"ten\"}");
            assertThat(refusal.error()).isEqualTo("LIMIT expected an Integer of 0 or more but got String: 'ten'.");
            assertThat(refusal.status()).isEqualTo(400);
            Refusal missing = ask(server, "MATCH (s:Span) WHERE s.trace_id = $trace RETURN s", "{\"tarce\": 1}");
            assertThat(missing.error()).isEqualTo("Expected parameter(s): trace");
            assertThat(missing.hint()).contains("given were: tarce");
        }
    }

    @Test
    void writingIsRefusedByName() {
        assertRefused(
                ask("MATCH (t:Trace) SET t.category = 'x' RETURN t"),
                1,
                17,
                "SET is not allowed: this server is read-only (line 1, column 17 (offset: 16))");
        assertRefused(
                ask("CREATE (:Trace {trace_id: 'x'})"),
                1,
                1,
                "CREATE is not allowed: this server is read-only (line 1, column 1 (offset: 0))");
    }

    @Test
    void aHugeQueryIsRefusedBeforeItIsRead() {
        String text = "RETURN '" + "x".repeat(10 << 20) + "' AS x";
        Refusal refusal = ask(text);
        assertThat(refusal.status()).isEqualTo(413);
        assertThat(refusal.error()).isEqualTo("The request is larger than 8388608 bytes.");
        assertThat(refusal.hint()).contains("limits.request-bytes");
    }

    @Test
    void deepNestingIsRefused() {
        Refusal refusal = ask("RETURN " + "(".repeat(10_000) + "1" + ")".repeat(10_000) + " AS x");
        assertThat(refusal.error())
                .isEqualTo("The query nests brackets or CASE deeper than 64 levels (line 1, column 72 (offset: 71))");
        assertThat(refusal.status()).isEqualTo(400);
    }

    @Test
    void aCorruptFileIsNamedAndTheServerLivesOn() throws IOException {
        Path broken = directory.resolve("broken");
        write(broken);
        Path file;
        try (Stream<Path> files = Files.walk(broken.resolve("warehouse/silver/pg_spans/data"))) {
            file = files.filter(path -> path.toString().endsWith(".parquet"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 100, bytes.length - 100, (byte) 7);
        Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
        try (TestServer server = server(broken)) {
            Refusal refusal = ask(server, "MATCH (s:Span) RETURN sum(s.duration_ms) AS n", "{}");
            assertThat(refusal.error()).startsWith("File '" + file + "' of table 'lake.silver.pg_spans' is damaged");
            assertThat(refusal.status()).isEqualTo(500);
            assertThat(ask(server, "MATCH (t:Trace) RETURN count(t) AS n", "{}").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aMissingCatalogIsNamed() {
        Path nowhere = directory.resolve("nowhere");
        assertThatThrownBy(() -> server(nowhere))
                .isInstanceOf(QueryException.class)
                .hasMessage("Catalog 'lake' (jdbc, jdbc:sqlite:" + nowhere + "/catalog.db) cannot be read: the file '"
                        + nowhere + "/catalog.db' does not exist.");
    }

    @Test
    void aTableThatChangedSinceStartIsNamed() throws IOException {
        Path changed = directory.resolve("changed");
        write(changed);
        try (TestServer server = server(changed)) {
            assertThat(ask(server, "MATCH (t:Trace) RETURN max(t.duration_ms) AS ms", "{}")
                            .status())
                    .isEqualTo(200);
            dropColumn(changed, "pg_traces", "duration_ms");
            Refusal refusal = ask(server, "MATCH (t:Trace) RETURN max(t.duration_ms) AS ms", "{}");
            assertThat(refusal.error())
                    .isEqualTo("Table 'lake.silver.pg_traces' has no column 'duration_ms' any more.");
            assertThat(ask(server, "MATCH (t:Trace) RETURN max(t.total_tokens) AS n", "{}")
                            .status())
                    .isEqualTo(200);
        }
    }

    private static void dropColumn(Path data, String table, String column) throws IOException {
        Catalog catalog = CatalogUtil.loadCatalog(
                "org.apache.iceberg.jdbc.JdbcCatalog",
                "lake",
                Map.of(
                        "uri",
                        "jdbc:sqlite:" + SampleLake.catalogFile(data),
                        "warehouse",
                        data.resolve("warehouse").toString(),
                        "jdbc.schema-version",
                        "V1",
                        "io-impl",
                        "io.spangraph.iceberg.catalog.LocalFileIO"),
                null);
        catalog.loadTable(TableIdentifier.of("silver", table))
                .updateSchema()
                .deleteColumn(column)
                .commit();
        if (catalog instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
