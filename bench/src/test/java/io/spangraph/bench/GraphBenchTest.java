package io.spangraph.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.lake.ProgressListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every question of a graph on small tables: each answers as the peer does, in every form of its SQL. */
class GraphBenchTest {
    private static final long SPANS = 5_000;
    private static final Path FOLDER = Path.of("").toAbsolutePath();
    private static final PrintStream SILENT = new PrintStream(OutputStream.nullOutputStream());

    @TempDir
    private static Path data;

    private static Executions executions;

    @BeforeAll
    static void write() throws IOException {
        executions = Executions.open(data);
        for (GraphLake graph : GraphLake.values()) {
            OpenGraph.write(data, graph, SPANS, note -> {}, ProgressListener.NONE);
        }
    }

    @AfterAll
    static void close() {
        executions.close();
    }

    @Test
    void eachQuestionIsAnsweredAsThePeerAnswersIt() throws SQLException, IOException {
        List<BenchRow> rows = run(GraphRows.of(FOLDER));

        assertThat(rows).allMatch(BenchRow::checksumEqual);
        assertThat(rows.stream().map(BenchRow::row).distinct())
                .containsExactlyElementsOf(
                        GraphRows.of(FOLDER).stream().map(GraphRow::id).toList());
        assertThat(rows).allMatch(row -> row.peer().isPresent());
    }

    private static List<BenchRow> run(List<GraphRow> rows) throws SQLException, IOException {
        return new GraphBench(FOLDER, data, SPANS, Pace.ONCE, executions.execution(), SILENT).run(rows);
    }
}
