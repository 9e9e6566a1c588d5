package io.spangraph.server.spill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.explain.PlanDescription;
import io.spangraph.lake.LakeGenerator;
import io.spangraph.lake.LakeSpec;
import io.spangraph.lake.Layout;
import io.spangraph.lake.ProgressListener;
import io.spangraph.model.value.Value;
import io.spangraph.server.SpangraphServer;
import io.spangraph.server.config.ConfigurationException;
import io.spangraph.server.config.ConfigurationReader;
import io.spangraph.server.config.ServerConfiguration;
import io.spangraph.server.config.ServerConfiguration.UnknownNames;
import io.spangraph.server.query.Door;
import io.spangraph.server.query.QueryOptions;
import io.spangraph.server.query.QueryRequest;
import io.spangraph.server.query.RunningQuery;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A query of 240,000 rows under 2 MiB of memory. */
class SpillingQueriesTest {
    private static final String ROWS = "UNWIND range(1, 600) AS a UNWIND range(1, 400) AS b WITH a * 400 + b AS n ";
    private static final String GROUPS = ROWS + "WITH n % 120000 AS g, count(*) AS c, max(n) AS m ORDER BY m DESC ";

    @TempDir
    private static Path lake;

    @TempDir
    private Path directory;

    @BeforeAll
    static void generate() {
        LakeGenerator.generate(
                LakeSpec.of(Layout.CLAWTRACE, 1_000, 2, 7, Instant.parse("2026-11-20T00:00:00Z"), lake),
                ProgressListener.NONE);
    }

    private ServerConfiguration configuration(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "server.http-port", "0",
                "server.bolt-port", "off",
                "server.data", lake.toString(),
                "limits.memory", "2MiB",
                "spill.directory", directory.toString()));
        all.putAll(settings);
        return ConfigurationReader.read(Optional.empty(), Map.of(), all);
    }

    private SpangraphServer start(Map<String, String> settings) {
        return SpangraphServer.start(configuration(settings), Path.of("..", "schema", "graph.yaml"), Map.of());
    }

    private static RunningQuery run(SpangraphServer server, String text) {
        return server.service()
                .run(new QueryRequest(
                        Door.LOCAL,
                        text,
                        Map.of(),
                        new Principal("ops", Optional.empty(), Set.of()),
                        QueryOptions.of(UnknownNames.ERROR)));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> file.toString().endsWith(".rows")).toList();
        }
    }

    private static String metrics(SpangraphServer server) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(server.url() + "/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }

    private static Stream<PlanDescription> tree(PlanDescription plan) {
        return Stream.concat(Stream.of(plan), plan.children().stream().flatMap(SpillingQueriesTest::tree));
    }

    @Test
    void anAnswerComesFromDiskAndNothingIsLeft() throws Exception {
        try (SpangraphServer server = start(Map.of())) {
            try (RunningQuery query = run(server, "PROFILE " + GROUPS + "RETURN count(*), sum(c), max(m), min(c)")) {
                assertThat(query.advance()).isTrue();
                assertThat(query.row())
                        .containsExactly(Value.of(120_000), Value.of(240_000), Value.of(240_400), Value.of(2));
                assertThat(query.advance()).isFalse();
                assertThat(tree(query.plan().orElseThrow())
                                .filter(plan -> plan.arguments().containsKey("SpilledBytes"))
                                .map(PlanDescription::operator))
                        .contains("Sort", "EagerAggregation");
            }
            try (RunningQuery query = run(server, GROUPS + "RETURN m")) {
                for (long expected = 240_400; expected > 240_300; expected--) {
                    assertThat(query.advance()).isTrue();
                    assertThat(query.row()).containsExactly(Value.of(expected));
                }
                assertThat(metrics(server)).doesNotContain("spangraph_spill_bytes 0.0");
            }
            assertThat(files()).isEmpty();
            assertThat(metrics(server))
                    .contains("spangraph_spill_bytes 0.0")
                    .contains("spangraph_spill_queries_total 2.0")
                    .doesNotContain("spangraph_spill_written_bytes_total 0.0");
        }
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left.filter(Files::isDirectory)).isEmpty();
        }
    }

    @Test
    void theLimitsAreNamed() {
        for (Map.Entry<String, QueryErrorCode> setting : Map.of(
                        "0", QueryErrorCode.MEMORY_LIMIT, "100kB", QueryErrorCode.SPILL_LIMIT)
                .entrySet()) {
            try (SpangraphServer server = start(Map.of("spill.bytes", setting.getKey()));
                    RunningQuery query = run(server, GROUPS + "RETURN count(*)")) {
                assertThatThrownBy(query::advance)
                        .isInstanceOfSatisfying(
                                QueryException.class,
                                error -> assertThat(error.code()).isEqualTo(setting.getValue()));
            }
        }
    }

    @Test
    void aDirectoryThatCannotBeUsedIsToldAtTheStart() throws IOException {
        Path file = Files.write(directory.resolve("file"), new byte[0]);
        assertThatThrownBy(() -> start(Map.of("spill.directory", file.toString())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("spill.directory")
                .hasMessageContaining(file.toString());
    }
}
