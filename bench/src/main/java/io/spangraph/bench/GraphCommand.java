package io.spangraph.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spangraph.lake.ProgressBar;
import io.spangraph.lake.ProgressListener;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code bench/run graph}: makes the tables that are missing and runs the rows that were asked for. */
final class GraphCommand {
    private static final long SMALL_HEAP = 640L << 20;

    private final BenchOptions options;
    private final Path folder;
    private final PrintStream out;
    private final PrintStream log;

    GraphCommand(BenchOptions options, Path folder, PrintStream out, PrintStream log) {
        this.options = options;
        this.folder = folder;
        this.out = out;
        this.log = log;
    }

    List<BenchRow> run() throws SQLException, IOException {
        long spans = options.spans().orElseGet(this::usualSpans);
        List<GraphRow> wanted = GraphRows.of(folder).stream()
                .filter(row -> options.wants(row.id()))
                .filter(row -> worthWriting(row, spans))
                .toList();
        write(wanted, spans);
        try (Executions executions = Executions.open(options.data())) {
            BenchReport.printConditions(out, spans, options);
            BenchReport.printHeader(out);
            List<BenchRow> rows = new ArrayList<>();
            GraphBench bench =
                    new GraphBench(folder, options.data(), spans, options.pace(), executions.execution(), out);
            boolean small = Runtime.getRuntime().maxMemory() <= SMALL_HEAP;
            rows.addAll(bench.run(
                    wanted.stream().filter(row -> small || !row.smallHeap()).toList()));
            for (BenchRow row : aloneRows(spans)) {
                BenchReport.print(out, row);
                rows.add(row);
            }
            for (GraphRow row : wanted) {
                if (!small && row.smallHeap()) {
                    rows.addAll(inSmallHeap(row, spans));
                }
            }
            return rows;
        } finally {
            BenchReport.printPeakMemory(out);
        }
    }

    /** Rows without a peer. */
    private List<BenchRow> aloneRows(long spans) throws IOException {
        List<BenchRow> rows = new ArrayList<>();
        if (options.wants(PlanTimes.NEW_TEXT) || options.wants(PlanTimes.NEW_LITERAL)) {
            new PlanTimes(folder, options.data(), options.pace())
                    .rows().stream().filter(row -> options.wants(row.row())).forEach(rows::add);
        }
        for (FirstAnswer first : GraphRows.firstAnswers(folder, options, spans)) {
            OpenGraph.write(options.data(), GraphLake.SOCIAL, spans, log::println, ProgressListener.NONE);
            rows.add(first.row());
        }
        return rows;
    }

    /** With {@code --quick} large tables that are missing are not written, and their rows do not run. */
    private boolean worthWriting(GraphRow row, long usual) {
        long spans = row.lake().spans(usual);
        if (!options.quick()
                || spans <= BenchOptions.QUICK_SPANS
                || OpenGraph.exists(options.data(), row.lake(), usual)) {
            return true;
        }
        log.println(
                "  " + row.id() + " needs tables of " + spans + " spans, which are not there; --quick leaves it out.");
        return false;
    }

    private void write(List<GraphRow> rows, long usual) {
        rows.stream()
                .map(GraphRow::lake)
                .distinct()
                .forEach(graph -> OpenGraph.write(
                        options.data(),
                        graph,
                        usual,
                        log::println,
                        new ProgressBar("Writing spans", log, System.console() != null)));
    }

    /** Runs a row in a process of its own whose heap is small. */
    private List<BenchRow> inSmallHeap(GraphRow row, long spans) throws IOException {
        Path json = Files.createTempFile("spangraph-graph-512m", ".json");
        try {
            List<String> arguments = new ArrayList<>(List.of(
                    "graph",
                    "--spans",
                    Long.toString(spans),
                    "--data",
                    options.data().toString(),
                    "--only",
                    row.id(),
                    "--json",
                    json.toString()));
            if (options.quick()) {
                arguments.add("--quick");
            }
            Process process = JavaProcess.of(List.of("-Xmx512m"), arguments)
                    .redirectOutput(ProcessBuilder.Redirect.PIPE)
                    .start();
            out.println("  " + row.id() + ": in a process with a heap of 512 MiB");
            process.inputReader().lines().forEach(line -> out.println("  | " + line));
            JavaProcess.await(process);
            List<BenchRow> rows = new ArrayList<>();
            for (JsonNode line : new ObjectMapper().readTree(json.toFile())) {
                rows.add(BenchRow.of(line));
            }
            return rows;
        } finally {
            Files.deleteIfExists(json);
        }
    }

    /** With {@code --quick} the usual tables if they are there, else smaller ones that are soon written. */
    private long usualSpans() {
        boolean usual = !options.quick()
                || Stream.of(GraphLake.DAY, GraphLake.BUCKET)
                        .allMatch(graph -> OpenGraph.exists(options.data(), graph, BenchOptions.USUAL_SPANS));
        return usual ? BenchOptions.USUAL_SPANS : BenchOptions.QUICK_SPANS;
    }
}
