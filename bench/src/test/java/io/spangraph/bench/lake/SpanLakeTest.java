package io.spangraph.bench.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.iceberg.catalog.LocalFileIO;
import io.spangraph.lake.ProgressListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of the benchmark: the same rows in each layout, whatever became of an earlier writing. */
class SpanLakeTest {
    private static final long SPANS = 2_000;

    @TempDir
    private Path data;

    @Test
    void allLayoutsHoldTheRowsThatTheSeedsGive() {
        try (SpanLake lake = SpanLake.open(data, SPANS)) {
            lake.write(Set.of(SpanLayout.values()), note -> {}, ProgressListener.NONE);

            List<String> expected = TraceHeads.of(SPANS).stream()
                    .flatMap(trace -> TraceSpans.of(trace).stream())
                    .map(span -> span.trace().traceId() + " " + span.spanId() + " " + span.startMs())
                    .sorted()
                    .toList();
            for (SpanLayout layout : SpanLayout.values()) {
                assertThat(rows(lake.table(layout)).stream().sorted()).isEqualTo(expected);
            }
        }
    }

    @Test
    void arrivalsAreInTheOrderOfTime() {
        for (SpanFile file : SpanFile.plan(SpanLayout.UNSORTED, TraceHeads.of(1_000_000))) {
            List<Long> starts = new ArrayList<>();
            if (file.partition() == 0) {
                file.forEachRow(span -> starts.add(span.startMs()));
                assertThat(starts).isSorted();
            }
        }
    }

    @Test
    void filesOfOneDayShareItsSpansBetweenThem() {
        List<TraceHead> heads = TraceHeads.of(4_000_000);
        List<SpanFile> files = SpanFile.plan(SpanLayout.UNSORTED, heads).stream()
                .filter(file -> file.partition() == 3)
                .toList();
        AtomicLong rows = new AtomicLong();
        files.forEach(file -> file.forEachRow(span -> rows.incrementAndGet()));

        assertThat(files.size()).isGreaterThan(1);
        assertThat(rows.get())
                .isEqualTo(heads.stream()
                        .filter(head -> head.day() == 3)
                        .mapToLong(TraceSpans::count)
                        .sum());
    }

    @Test
    void filesThatAreWholeAreKeptAndTheRestIsWrittenAgain() throws IOException {
        try (SpanLake lake = SpanLake.open(data, SPANS)) {
            AtomicLong written = new AtomicLong();
            assertThatThrownBy(() -> lake.write(Set.of(SpanLayout.DAY), note -> {}, (done, total) -> {
                        if (done > total / 2) {
                            throw new IllegalStateException("killed");
                        }
                        written.set(done);
                    }))
                    .hasMessageContaining("killed");
            assertThat(lake.holds(SpanLayout.DAY)).isFalse();
            Set<Path> kept = parquetFiles();
            assertThat(kept).isNotEmpty();
            Set<Long> times = new TreeSet<>();
            for (Path file : kept) {
                times.add(Files.getLastModifiedTime(file).toMillis());
            }

            lake.write(Set.of(SpanLayout.DAY), note -> {}, ProgressListener.NONE);

            assertThat(lake.holds(SpanLayout.DAY)).isTrue();
            assertThat(parquetFiles()).containsAll(kept).hasSizeGreaterThan(kept.size());
            for (Path file : kept) {
                assertThat(times).contains(Files.getLastModifiedTime(file).toMillis());
            }
            assertThat(rows(lake.table(SpanLayout.DAY)))
                    .hasSize(Math.toIntExact(TraceHeads.of(SPANS).stream()
                            .mapToLong(TraceSpans::count)
                            .sum()));
        }
    }

    @Test
    void tablesThatWouldTakeTooMuchAreRefused() {
        try (SpanLake lake = SpanLake.open(data, 100_000_000)) {
            assertThatThrownBy(() -> lake.write(Set.of(SpanLayout.DAY), note -> {}, ProgressListener.NONE))
                    .hasMessageContaining("at most 40 GiB are taken");
            assertThat(lake.holds(SpanLayout.DAY)).isFalse();
        }
    }

    private Set<Path> parquetFiles() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return new TreeSet<>(
                    files.filter(file -> file.toString().endsWith(".parquet")).toList());
        }
    }

    private static List<String> rows(Table table) {
        assertThat(table.io()).isInstanceOf(LocalFileIO.class);
        List<String> rows = new ArrayList<>();
        try (CloseableIterable<Record> records = IcebergGenerics.read(table)
                .select("trace_id", "span_id", "span_start_ts_ms")
                .build()) {
            records.forEach(record -> rows.add(record.getField("trace_id") + " " + record.getField("span_id") + " "
                    + record.getField("span_start_ts_ms")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }
}
