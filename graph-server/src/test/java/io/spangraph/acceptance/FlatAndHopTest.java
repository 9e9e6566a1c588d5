package io.spangraph.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.acceptance.DemoGraph.Answer;
import io.spangraph.engine.context.Principal;
import io.spangraph.iceberg.ScanSettings;
import io.spangraph.iceberg.cache.CacheMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A question costs the same whether it is asked of columns or along relationships: each {@code hop-NN} of the graph
 * benchmark has the rows of its {@code flat-NN} and reads as many files, row groups and bytes, without any cache.
 */
class FlatAndHopTest {
    private static final Path QUESTIONS = Path.of("..", "bench", "graph");
    private static final int PAIRS = 20;

    /** Constants of the benchmark's lakes, and what stands for them in the demo lake, which is small and of other days. */
    private static final Map<String, String> CONSTANTS = Map.of(
            "1762905600000", "1794960000000",
            "1762992000000", "1795046400000",
            "'001'", "'1'",
            "'004'", "'2'",
            "'01'", "'3'");

    private static DemoGraph graph;

    @BeforeAll
    static void open() {
        ScanSettings uncached = ScanSettings.DEFAULTS.withCache(CacheMode.OFF, 0);
        graph = DemoGraph.open(Path.of("..", "schema", "graph.yaml"), uncached);
    }

    @AfterAll
    static void close() {
        graph.close();
    }

    static Stream<String> pairs() {
        return IntStream.rangeClosed(1, PAIRS).mapToObj("%02d"::formatted);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void costTheSame(String pair) throws IOException {
        for (Optional<String> tenant : Set.of(Optional.<String>empty(), Optional.of("acme"))) {
            Principal somebody = new Principal("somebody", tenant, Set.of());
            Answer flat = graph.ask(question("flat-" + pair), Map.of(), somebody);
            Answer hop = graph.ask(question("hop-" + pair), Map.of(), somebody);
            assertThat(hop.rows()).containsExactlyInAnyOrderElementsOf(flat.rows());
            assertThat(flat.rows()).isNotEmpty();
            assertThat(read(hop)).isEqualTo(read(flat));
            assertThat(hop.scans()).as("scans").isEqualTo(flat.scans());
        }
    }

    private static String read(Answer answer) {
        return answer.read().filesRead() + " files, " + answer.read().rowGroupsRead() + " row groups, "
                + answer.read().bytesRead() + " bytes";
    }

    private static String question(String name) throws IOException {
        String text = Files.readString(QUESTIONS.resolve(name + ".cypher"));
        for (Map.Entry<String, String> constant : CONSTANTS.entrySet()) {
            text = text.replace(constant.getKey(), constant.getValue());
        }
        return text;
    }
}
