package io.spangraph.bench;

import io.spangraph.engine.context.Execution;
import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.QueryException;
import io.spangraph.lake.LakeGenerator;
import io.spangraph.lake.LakeSpec;
import io.spangraph.lake.Layout;
import io.spangraph.lake.ProgressListener;
import io.spangraph.lake.SampleLake;
import io.spangraph.model.value.Value;
import io.spangraph.server.config.ConfigurationReader;
import io.spangraph.server.config.ServerConfiguration;
import io.spangraph.server.config.ServerConfiguration.UnknownNames;
import io.spangraph.server.query.Door;
import io.spangraph.server.query.GraphOpener;
import io.spangraph.server.query.QueryOptions;
import io.spangraph.server.query.QueryRequest;
import io.spangraph.server.query.QueryService;
import io.spangraph.server.telemetry.QueryMetrics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How long the server takes from the text of a question of {@code bench/workload} to its plan, bound to the files of the
 * snapshot, with nothing read yet: for texts that it never saw, and for texts that differ in their literals from one it saw.
 */
final class PlanTimes {
    static final String NEW_TEXT = "plan-new-text";
    static final String NEW_LITERAL = "plan-new-literal";

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final double NANOS_PER_MILLI = 1e6;
    private static final long SPANS = 20_000;
    private static final String TENANT = "tenant-00";
    private static final long MOMENT = 1_775_000_000_000L;
    private static final List<String> IDS = List.of("agent", "trace", "span", "a", "b");
    private static final List<String> MOMENTS = List.of("from", "to", "now");
    private static final Pattern NAME = Pattern.compile("\\((\\w+):|\\bAS (\\w+)");

    private final Path folder;
    private final Path data;
    private final Pace pace;

    PlanTimes(Path folder, Path data, Pace pace) {
        this.folder = folder;
        this.data = data;
        this.pace = pace;
    }

    /** Both rows. */
    List<BenchRow> rows() throws IOException {
        Path lake = data.resolve("workload");
        if (!SampleLake.exists(lake)) {
            LakeGenerator.generate(
                    LakeSpec.of(Layout.CLAWTRACE, SPANS, 2, 7, Instant.parse("2026-11-20T00:00:00Z"), lake),
                    ProgressListener.NONE);
        }
        ServerConfiguration configuration = ConfigurationReader.read(Optional.empty(), Map.of(), Map.of());
        Path mapping = folder.resolveSibling("schema").resolve("graph.yaml");
        try (QueryService service = new QueryService(
                CompletableFuture.completedFuture(
                        GraphOpener.open(mapping, GraphOpener.variables(Map.of(), Optional.of(lake)), configuration)),
                configuration.limits(),
                configuration.slowQuery(),
                Execution.SEQUENTIAL,
                new QueryMetrics())) {
            return measure(service);
        }
    }

    private List<BenchRow> measure(QueryService service) throws IOException {
        List<String> texts =
                texts().stream().filter(text -> isKnown(service, text)).toList();
        Samples newTexts = new Samples();
        Samples newLiterals = new Samples();
        int count = 0;
        for (int round = 0; round < pace.planWarmUps() + pace.planRounds(); round++) {
            boolean timed = round >= pace.planWarmUps();
            for (String text : texts) {
                count++;
                newTexts.run(timed, service, renamed(text, count));
                service.run(request(withLiterals(text, -count))).close();
                newLiterals.run(timed, service, withLiterals(text, count));
            }
        }
        return List.of(newTexts.row(NEW_TEXT), newLiterals.row(NEW_LITERAL));
    }

    /** Whether the mapping has all that a question names. */
    private static boolean isKnown(QueryService service, String text) {
        try {
            service.run(request(text)).close();
            return true;
        } catch (QueryException unknown) {
            return false;
        }
    }

    private List<String> texts() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("workload"))) {
            List<String> texts = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(".cypher"))
                    .sorted()
                    .toList()) {
                texts.add(Files.readAllLines(file).stream()
                        .filter(line -> !line.startsWith("//"))
                        .collect(Collectors.joining("\n")));
            }
            return texts;
        }
    }

    /** Times of one of the rows; those of the processor are of the thread that plans. */
    private static final class Samples {
        private final List<Long> wall = new ArrayList<>();
        private final List<Long> cpu = new ArrayList<>();

        void run(boolean timed, QueryService service, String text) {
            QueryRequest request = request(text);
            long cpuStart = THREADS.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            service.run(request).close();
            long nanos = System.nanoTime() - start;
            if (timed) {
                wall.add(nanos);
                cpu.add(THREADS.getCurrentThreadCpuTime() - cpuStart);
            }
        }

        BenchRow row(String id) {
            double cpuMedian =
                    cpu.stream().sorted().skip(cpu.size() / 2).findFirst().orElseThrow() / NANOS_PER_MILLI;
            Timing walls = Timing.of(wall.stream().mapToLong(Long::longValue).toArray(), 0);
            return new BenchRow(
                    id,
                    BenchState.METADATA_WARM,
                    new Timing(walls.medianMillis(), walls.p99Millis(), Math.round(cpuMedian * 1_000) / 1_000.0),
                    Optional.empty(),
                    Optional.empty(),
                    new BenchRow.Reads(0, 0, 0, 0),
                    true);
        }
    }

    private static QueryRequest request(String text) {
        Map<String, Value> parameters = new HashMap<>();
        parameters.put("tenant", Value.of(TENANT));
        IDS.forEach(name -> parameters.put(name, Value.of("x" + name)));
        MOMENTS.forEach(name -> parameters.put(name, Value.of(MOMENT)));
        parameters.put("skip", Value.of(0));
        return new QueryRequest(
                Door.HTTP,
                text,
                parameters,
                new Principal("bench", Optional.of(TENANT), Set.of()),
                QueryOptions.of(UnknownNames.ERROR));
    }

    /** The same question with other names of variables. */
    static String renamed(String text, int number) {
        Set<String> names = new LinkedHashSet<>();
        Matcher found = NAME.matcher(text);
        while (found.find()) {
            names.add(Optional.ofNullable(found.group(1)).orElseGet(() -> found.group(2)));
        }
        String renamed = text;
        for (String name : names) {
            renamed = renamed.replaceAll("(?<![.$:{'\\w])" + name + "(?!\\w|\\(|:|')", name + "_" + number)
                    .replaceAll("\\(" + name + ":", "(" + name + "_" + number + ":");
        }
        return renamed;
    }

    /** The same question with its parameters written out, as back ends do. */
    static String withLiterals(String text, int number) {
        String written = text.replaceAll("\\$tenant\\b", "'" + TENANT + "'");
        for (String name : IDS) {
            written = written.replaceAll("\\$" + name + "\\b", "'" + name + number + "'");
        }
        for (String name : MOMENTS) {
            written = written.replaceAll("\\$" + name + "\\b", Long.toString(MOMENT + number));
        }
        return written;
    }
}
