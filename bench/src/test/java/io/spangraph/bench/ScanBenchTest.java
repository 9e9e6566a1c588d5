package io.spangraph.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.bench.lake.SpanLake;
import io.spangraph.bench.lake.SpanLayout;
import io.spangraph.lake.ProgressListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every row on small tables: the answers are compared as in a run that is meant, the times are worth nothing. */
class ScanBenchTest {
    private static final long SPANS = 3_000;
    private static final Path FOLDER = Path.of("").toAbsolutePath();
    private static final PrintStream SILENT = new PrintStream(OutputStream.nullOutputStream());

    @TempDir
    private static Path data;

    private static SpanLake lake;
    private static Executions executions;

    @BeforeAll
    static void write() throws IOException {
        executions = Executions.open(data);
        lake = SpanLake.open(data, SPANS);
        lake.write(Set.copyOf(SpanLayout.SCANNED), note -> {}, ProgressListener.NONE);
    }

    @AfterAll
    static void close() {
        lake.close();
        executions.close();
    }

    @Test
    void eachRowOfEachStateAnswersAsThePeerDoes() throws SQLException, IOException {
        List<BenchRow> rows =
                new ScanBench(FOLDER, lake, Pace.ONCE, executions.execution(), SILENT).run(List.of(ScanRow.values()));

        assertThat(rows).allMatch(BenchRow::checksumEqual);
        assertThat(rows.stream().map(BenchRow::row).distinct())
                .containsExactlyElementsOf(
                        Arrays.stream(ScanRow.values()).map(ScanRow::id).toList());
        Set<String> seen = new LinkedHashSet<>();
        assertThat(rows)
                .allMatch(row -> seen.add(
                        row.row() + row.state() + row.peer().orElseThrow().input()));
        assertThat(seen).contains("trace-fetchMETADATA_WARMPLANNED", "group-byCOLUMN_WARMMEMORY");
    }

    @Test
    void traceFetchesFindWholeTraces() throws SQLException, IOException {
        List<BenchRow> rows = new ScanBench(FOLDER, lake, Pace.ONCE, executions.execution(), SILENT)
                .run(List.of(ScanRow.TRACE_FETCH, ScanRow.SPAN_ID_BLOOM));

        assertThat(rows.stream().filter(row -> row.row().equals("trace-fetch")))
                .allMatch(row -> row.reads().rows() >= 20 && row.reads().files() == 1);
        assertThat(rows.stream().filter(row -> row.row().equals("span-id-bloom")))
                .allMatch(row -> row.reads().rows() == 1);
    }

    @Test
    void thePeerThatAnswersOtherwiseCostsTheRowItsTimes() throws SQLException {
        Contest contest = contest(List.of(List.of("b", 2L)));

        Contest.Outcome outcome = contest.of(List.of("key"), 1, Pace.ONCE);

        assertThat(outcome.rows())
                .singleElement()
                .matches(row -> !row.checksumEqual() && row.peer().isPresent());
        assertThat(outcome.notes()).containsExactly("The answers differ for all, form 'only'.");
    }

    @Test
    void theQuickestFormCounts() throws SQLException {
        try (SpangraphSubject subject = subject()) {
            List<List<Object>> answer = List.of(List.of(countSpans(subject)));
            Contest.Side side = new Contest.Side(
                    PeerInput.ALL,
                    Stream.of("slow", "fast")
                            .map(name -> new SqlTwin.Form(name, ""))
                            .toList(),
                    (form, key) -> {
                        for (int i = 0; i < (form.name().equals("slow") ? 50_000_000 : 0); i++) {
                            Thread.onSpinWait();
                        }
                        return answer;
                    });
            Contest contest = new Contest("row", BenchState.COLD, key -> count(subject), List.of(side));

            assertThat(contest.of(List.of("key"), 1, Pace.ONCE).notes())
                    .containsExactly("quickest form over all: fast");
        }
    }

    @Test
    void aStartedProcessAnswers() throws IOException {
        BenchRow row = ScanCommand.firstAnswer(lake, FOLDER, Pace.ONCE).row();

        assertThat(row.checksumEqual()).isTrue();
        assertThat(row.reads().files()).isEqualTo(1);
    }

    @Test
    void fetchesGoOnBesideALargeQuery() throws IOException {
        BenchRow row = new FetchBesideSpill(FOLDER, lake, Pace.ONCE, executions.execution(), SILENT).row();

        assertThat(row.reads().rows()).isGreaterThanOrEqualTo(20);
        assertThat(row.ratio()).isPresent();
    }

    private static Contest contest(List<List<Object>> peerAnswer) {
        return new Contest(
                "row",
                BenchState.COLD,
                key -> {
                    try (SpangraphSubject subject = subject()) {
                        return count(subject);
                    }
                },
                List.of(new Contest.Side(
                        PeerInput.ALL, List.of(new SqlTwin.Form("only", "")), (form, key) -> peerAnswer)));
    }

    private static SpangraphSubject subject() {
        return new SpangraphSubject(
                FOLDER.resolve(SpanLayout.DAY.mapping()), lake.directory(), BenchState.COLD, executions.execution());
    }

    private static SpangraphSubject.Result count(SpangraphSubject subject) {
        return subject.run("MATCH (s:Span) RETURN count(*) AS n", "");
    }

    private static Object countSpans(SpangraphSubject subject) {
        return Objects.requireNonNull(count(subject).rows().getFirst().getFirst());
    }
}
