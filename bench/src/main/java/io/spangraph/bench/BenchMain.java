package io.spangraph.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Entry of {@code bench/run}. */
public final class BenchMain {
    private BenchMain() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0 || !arguments[0].equals("scan")) {
            System.err.println(BenchOptions.USAGE);
            System.exit(2);
        }
        BenchOptions options;
        try {
            options = BenchOptions.parse(Arrays.asList(arguments).subList(1, arguments.length));
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
            return;
        }
        Path home = Path.of(System.getProperty("spangraph.home", "."));
        List<BenchRow> rows =
                new ScanBench(options, System.err).run(home.resolve("schema").resolve("graph.yaml"));
        print(rows);
        if (options.json().isPresent()) {
            new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValue(options.json().get().toFile(), rows);
        }
        System.exit(rows.stream().allMatch(BenchRow::checksumEqual) ? 0 : 1);
    }

    private static void print(List<BenchRow> rows) {
        System.out.printf(
                Locale.ROOT,
                "%-14s %-14s %10s %10s %10s %-8s %10s %8s %6s %12s %8s%n",
                "row",
                "state",
                "ours ms",
                "p99 ms",
                "cpu ms",
                "input",
                "duckdb ms",
                "ratio",
                "files",
                "bytes",
                "rows");
        for (BenchRow row : rows) {
            if (row.checksumEqual()) {
                System.out.printf(
                        Locale.ROOT,
                        "%-14s %-14s %10.2f %10.2f %10.2f %-8s %10.2f %8.2f %6d %12d %8d%n",
                        row.row(),
                        row.state(),
                        row.oursMs(),
                        row.oursP99Ms(),
                        row.oursCpuMs(),
                        row.peerInput(),
                        row.peerMs(),
                        row.ratio(),
                        row.files(),
                        row.bytes(),
                        row.rows());
            } else {
                System.out.printf("%-14s the answers differ: no time is worth printing%n", row.row());
            }
        }
    }
}
