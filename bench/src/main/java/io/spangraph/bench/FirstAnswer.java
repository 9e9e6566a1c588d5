package io.spangraph.bench;

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
import java.util.function.ToLongFunction;

/**
 * How long it takes from the start of a process, which knows nothing yet, to the first answer to a question. As with
 * {@code bin/spangraph}, the JVM has an archive of the classes that an earlier process loaded; that one is not timed.
 *
 * @param id of the row
 * @param folder {@code bench}
 * @param mapping below the folder
 * @param question file below the folder
 * @param lake what {@code ${data}} in the mapping stands for
 * @param keys one for each start
 * @param rows that the answer for a key must have, or -1 for any but none
 */
record FirstAnswer(
        String id,
        Path folder,
        String mapping,
        String question,
        Path lake,
        KeyKind keyKind,
        List<String> keys,
        ToLongFunction<String> rows) {
    static final String COMMAND = "first-answer";
    private static final String ARCHIVE = "first-answer.jsa";

    /** The started process: asks one question and says what it found. */
    static void main(List<String> arguments) throws IOException {
        Path folder = Path.of(arguments.get(0));
        Path lake = Path.of(arguments.get(3));
        String cypher = Files.readString(folder.resolve(arguments.get(2)));
        KeyKind kind = KeyKind.valueOf(arguments.get(4));
        try (Executions executions = Executions.open(lake);
                SpangraphSubject subject = new SpangraphSubject(
                        folder.resolve(arguments.get(1)), lake, BenchState.COLUMN_WARM, executions.execution())) {
            SpangraphSubject.Result found = subject.run(cypher, kind.value(arguments.get(5)));
            System.out.println(
                    found.rows().size() + " " + found.receipt().counts().filesRead() + " "
                            + found.receipt().counts().rowGroupsRead() + " "
                            + found.receipt().counts().bytesRead());
            System.out.flush();
        }
    }

    /** Starts some processes, one after the other, each for another key. */
    BenchRow row() throws IOException {
        Path archive = lake.resolve(ARCHIVE);
        Files.deleteIfExists(archive);
        answer(archive, keys.getFirst());
        long[] nanos = new long[keys.size()];
        long cpu = 0;
        long[] sums = new long[4];
        boolean equal = true;
        for (int i = 0; i < nanos.length; i++) {
            Started started = answer(archive, keys.get(i));
            nanos[i] = started.nanos();
            cpu += started.cpuNanos();
            for (int j = 0; j < sums.length; j++) {
                sums[j] += started.counts()[j];
            }
            long expected = rows.applyAsLong(keys.get(i));
            long found = started.counts()[0];
            equal &= started.exit() == 0 && (expected < 0 ? found > 0 : found == expected);
        }
        Files.deleteIfExists(archive);
        int runs = nanos.length;
        return new BenchRow(
                id,
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

    private Started answer(Path archive, String key) throws IOException {
        long start = System.nanoTime();
        Process process = JavaProcess.of(
                        archived(archive),
                        List.of(COMMAND, folder.toString(), mapping, question, lake.toString(), keyKind.name(), key))
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
