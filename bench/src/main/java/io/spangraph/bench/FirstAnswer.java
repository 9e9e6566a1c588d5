package io.spangraph.bench;

import io.spangraph.bench.lake.SpanLake;
import io.spangraph.bench.lake.SpanLayout;
import io.spangraph.bench.lake.TraceHead;
import io.spangraph.bench.lake.TraceHeads;
import io.spangraph.bench.lake.TraceSpans;
import io.spangraph.engine.context.Execution;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How long it takes from the start of a process, which knows nothing yet, to the first answer to a trace fetch. As with
 * {@code bin/spangraph}, the JVM has an archive of the classes that an earlier process loaded; that one is not timed.
 */
final class FirstAnswer {
    static final String COMMAND = "first-answer";
    private static final String ARCHIVE = "first-answer.jsa";
    private static final long SEED = 99;

    private final Path folder;
    private final SpanLake lake;
    private final Pace pace;

    FirstAnswer(Path folder, SpanLake lake, Pace pace) {
        this.folder = folder;
        this.lake = lake;
        this.pace = pace;
    }

    /** The started process: fetches one trace and says what it found. */
    static void main(List<String> arguments) throws IOException {
        Path folder = Path.of(arguments.get(0));
        Path lake = Path.of(arguments.get(1));
        String cypher = Files.readString(folder.resolve("scan").resolve(ScanRow.TRACE_FETCH.id() + ".cypher"));
        try (SpangraphSubject subject = new SpangraphSubject(
                folder.resolve(SpanLayout.BUCKET.mapping()), lake, BenchState.COLUMN_WARM, Execution.SEQUENTIAL)) {
            SpangraphSubject.Result found = subject.run(cypher, arguments.get(2));
            System.out.println(
                    found.rows().size() + " " + found.receipt().counts().filesRead() + " "
                            + found.receipt().counts().rowGroupsRead() + " "
                            + found.receipt().counts().bytesRead());
            System.out.flush();
        }
    }

    /** Starts some processes, one after the other, each for another trace. */
    BenchRow row() throws IOException {
        List<TraceHead> heads = TraceHeads.of(lake.spans());
        SplittableRandom random = new SplittableRandom(SEED);
        List<TraceHead> traces = IntStream.range(0, pace.starts())
                .mapToObj(i -> heads.get(random.nextInt(heads.size())))
                .toList();
        Path archive = lake.directory().resolve(ARCHIVE);
        Files.deleteIfExists(archive);
        answer(archive, traces.getFirst());
        long[] nanos = new long[traces.size()];
        long cpu = 0;
        long[] sums = new long[4];
        boolean equal = true;
        for (int i = 0; i < nanos.length; i++) {
            Started started = answer(archive, traces.get(i));
            nanos[i] = started.nanos();
            cpu += started.cpuNanos();
            for (int j = 0; j < sums.length; j++) {
                sums[j] += started.counts()[j];
            }
            equal &= started.exit() == 0
                    && started.counts()[0] == TraceSpans.of(traces.get(i)).size();
        }
        Files.deleteIfExists(archive);
        int runs = nanos.length;
        return new BenchRow(
                BenchOptions.START_TO_FIRST_ANSWER,
                BenchState.COLD,
                Timing.of(nanos, cpu),
                Optional.empty(),
                Optional.empty(),
                new BenchRow.Reads(sums[1] / runs, sums[2] / runs, sums[3] / runs, sums[0] / runs),
                equal);
    }

    /** The JVM archives classes of jars only; run from folders, as tests are, processes start without. */
    private static List<String> archived(Path archive) {
        boolean jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .allMatch(entry -> entry.endsWith(".jar"));
        return jars ? List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + archive) : List.of();
    }

    /** What a started process said, and how long it took to. */
    private record Started(long nanos, long cpuNanos, long[] counts, int exit) {}

    private Started answer(Path archive, TraceHead trace) throws IOException {
        long start = System.nanoTime();
        Process process = JavaProcess.of(
                        archived(archive),
                        List.of(COMMAND, folder.toString(), lake.directory().toString(), trace.traceId()))
                .start();
        try (BufferedReader answer = process.inputReader(StandardCharsets.UTF_8)) {
            String line = Optional.ofNullable(answer.readLine()).orElse("0 0 0 0");
            long nanos = System.nanoTime() - start;
            long cpuNanos =
                    process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
            long[] counts =
                    Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
            return new Started(nanos, cpuNanos, counts, JavaProcess.await(process));
        }
    }
}
