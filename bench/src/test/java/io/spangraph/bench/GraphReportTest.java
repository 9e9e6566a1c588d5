package io.spangraph.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the rows of some runs: tables, a plot, and what they are held to. */
class GraphReportTest {
    @TempDir
    private Path folder;

    @Test
    void laterRunsTakeThePlaceOfEarlierOnes() throws IOException {
        Path early = write("early.json", row("pairs", BenchState.COLD, 80, 100, 10));
        Path late = write("late.json", row("pairs", BenchState.COLD, 40, 100, 10));

        String tables = GraphReport.of(folder.resolve("plot.svg"), List.of(early, late));

        assertThat(tables)
                .contains(
                        "| `pairs` | cold | 40.00 | 40.00 | 40.00 | all | 100.00 | 100.00 | 0.400 | 0.400 | 1 | 1 | 10 | 5 |")
                .contains("| pairs, cold, CPU beside DuckDB | at most 0.5 | 0.4 | met |")
                .doesNotContain("80.00");
        assertThat(folder.resolve("plot.svg")).content().startsWith("<svg").contains(">pairs</text>");
    }

    @Test
    void barsAreToldFromWhatMissesThem() {
        assertThat(GraphBars.of(List.of(
                        row("page-550", BenchState.COLD, 50, 100, 10),
                        row("flat-01", BenchState.COLD, 1, 1, 10),
                        row("hop-01", BenchState.COLD, 1, 1, 11),
                        row("flat-02", BenchState.COLD, 1, 1, 10),
                        row("hop-02", BenchState.COLD, 1, 1, 10))))
                .extracting(verdict -> verdict.what() + " " + verdict.met())
                .containsExactly(
                        "page-550, cold, time beside DuckDB false",
                        "hop-01 reads as flat-01: files, row groups, bytes false",
                        "hop-02 reads as flat-02: files, row groups, bytes true");
    }

    private Path write(String name, BenchRow row) throws IOException {
        Path file = folder.resolve(name);
        BenchReport.write(file, List.of(row));
        assertThat(Files.size(file)).isPositive();
        return file;
    }

    private static BenchRow row(String id, BenchState state, double ours, double peer, long bytes) {
        return new BenchRow(
                id,
                state,
                new Timing(ours, ours, ours),
                Optional.of(new BenchRow.Peer(PeerInput.ALL, new Timing(peer, peer, peer))),
                Optional.of(ours / peer),
                new BenchRow.Reads(1, 1, bytes, 5),
                true);
    }
}
