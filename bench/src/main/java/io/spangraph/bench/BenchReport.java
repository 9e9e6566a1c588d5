package io.spangraph.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Rows as a table for people and as JSON for programs. */
final class BenchReport {
    private static final String FORMAT = "%-21s %-13s %10s %10s %10s  %-8s %10s %10s %8s %6s %6s %12s %7s%n";

    private BenchReport() {}

    static void printConditions(PrintStream out, long spans, BenchOptions options) {
        Runtime machine = Runtime.getRuntime();
        out.printf(
                "%,d spans a table in %s; %d threads for each engine, %d MiB of heap for us; Java %s, %s; files in the"
                        + " system's cache%s%n",
                spans,
                options.data(),
                machine.availableProcessors(),
                machine.maxMemory() >> 20,
                Runtime.version().feature(),
                System.getProperty("os.name"),
                options.quick() ? "; --quick: few repetitions" : "");
    }

    /** Where the system tells it: Linux. */
    static void printPeakMemory(PrintStream out) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return;
        }
        try (Stream<String> lines = Files.lines(status)) {
            lines.filter(line -> line.startsWith("VmHWM:"))
                    .findFirst()
                    .ifPresent(line -> out.println("Peak memory of this process, both engines: "
                            + line.substring("VmHWM:".length()).strip()));
        }
    }

    static void printHeader(PrintStream out) {
        out.printf(
                Locale.ROOT,
                FORMAT,
                "row",
                "state",
                "ours ms",
                "p99 ms",
                "cpu ms",
                "duckdb",
                "ms",
                "cpu ms",
                "ratio",
                "files",
                "groups",
                "bytes",
                "rows");
    }

    static void print(PrintStream out, BenchRow row) {
        if (!row.checksumEqual()) {
            out.printf(
                    "%-21s %-13s the answers differ or a row failed: no time is worth printing%n",
                    row.row(), row.state().id());
            return;
        }
        out.printf(
                Locale.ROOT,
                FORMAT,
                row.row(),
                row.state().id(),
                millis(Optional.of(row.ours().medianMillis())),
                millis(Optional.of(row.ours().p99Millis())),
                millis(Optional.of(row.ours().cpuMillis())),
                row.peer().map(peer -> peer.input().id()).orElse("-"),
                millis(row.peer().map(peer -> peer.timing().medianMillis())),
                millis(row.peer().map(peer -> peer.timing().cpuMillis())),
                row.ratio()
                        .map(ratio -> String.format(Locale.ROOT, "%.3f", ratio))
                        .orElse("-"),
                row.reads().files(),
                row.reads().rowGroups(),
                row.reads().bytes(),
                row.reads().rows());
    }

    static void write(Path file, List<BenchRow> rows) throws IOException {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ArrayNode array = mapper.createArrayNode();
        rows.forEach(row -> array.add(row.json(mapper)));
        mapper.writeValue(file.toFile(), array);
    }

    private static String millis(Optional<Double> value) {
        return value.map(number -> String.format(Locale.ROOT, "%.2f", number)).orElse("-");
    }
}
