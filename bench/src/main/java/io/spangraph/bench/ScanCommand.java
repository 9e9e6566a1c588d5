package io.spangraph.bench;

import io.spangraph.bench.lake.SpanLake;
import io.spangraph.bench.lake.SpanLayout;
import io.spangraph.bench.lake.TraceHead;
import io.spangraph.bench.lake.TraceHeads;
import io.spangraph.bench.lake.TraceSpans;
import io.spangraph.engine.context.Execution;
import io.spangraph.lake.ProgressBar;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** {@code bench/run scan}: makes the tables that are missing and runs the rows that were asked for. */
final class ScanCommand {
    private final BenchOptions options;
    private final Path folder;
    private final PrintStream out;
    private final PrintStream log;

    ScanCommand(BenchOptions options, Path folder, PrintStream out, PrintStream log) {
        this.options = options;
        this.folder = folder;
        this.out = out;
        this.log = log;
    }

    List<BenchRow> run() throws SQLException, IOException {
        long spans = options.spans().orElseGet(this::usualSpans);
        try (SpanLake lake = SpanLake.open(options.data(), spans);
                Executions executions = Executions.open(options.data())) {
            lake.write(layouts(), log::println, new ProgressBar("Writing spans", log, System.console() != null));
            BenchReport.printConditions(out, lake.spans(), options);
            return rows(lake, executions.execution());
        } finally {
            BenchReport.printPeakMemory(out);
        }
    }

    private List<BenchRow> rows(SpanLake lake, Execution execution) throws SQLException, IOException {
        List<BenchRow> rows = new ArrayList<>();
        BenchReport.printHeader(out);
        List<ScanRow> contests = Arrays.stream(ScanRow.values())
                .filter(row -> options.wants(row.id()))
                .toList();
        if (!contests.isEmpty()) {
            rows.addAll(new ScanBench(folder, lake, options.pace(), execution, out).run(contests));
        }
        if (options.wants(BenchOptions.START_TO_FIRST_ANSWER)) {
            rows.add(shown(firstAnswer(lake, folder, options.pace()).row()));
        }
        if (options.wants(BenchOptions.FETCH_BESIDE_SPILL)) {
            rows.add(shown(new FetchBesideSpill(folder, lake, options.pace(), execution, out).row()));
        }
        if (options.wants(BenchOptions.SCAN_512M)) {
            rows.add(shown(new SmallHeap(lake, options, out).row()));
        }
        return rows;
    }

    /** A trace fetch as the first question of a process. */
    static FirstAnswer firstAnswer(SpanLake lake, Path folder, Pace pace) {
        List<TraceHead> heads = TraceHeads.of(lake.spans());
        Map<String, TraceHead> traces = new HashMap<>();
        heads.forEach(trace -> traces.put(trace.traceId(), trace));
        return new FirstAnswer(
                BenchOptions.START_TO_FIRST_ANSWER,
                folder,
                SpanLayout.BUCKET.mapping(),
                "scan/" + ScanRow.TRACE_FETCH.id() + ".cypher",
                lake.directory(),
                KeyKind.TRACE,
                new KeyPicker(heads).pick(KeyKind.TRACE, pace.starts()),
                key -> TraceSpans.of(Objects.requireNonNull(traces.get(key))).size());
    }

    private BenchRow shown(BenchRow row) {
        BenchReport.print(out, row);
        return row;
    }

    /** With {@code --quick} the usual tables if they are there, else smaller ones that are soon written. */
    private long usualSpans() {
        if (!options.quick()) {
            return BenchOptions.USUAL_SPANS;
        }
        if (Files.isDirectory(SpanLake.directory(options.data(), BenchOptions.USUAL_SPANS))) {
            try (SpanLake lake = SpanLake.open(options.data(), BenchOptions.USUAL_SPANS)) {
                if (layouts().stream().allMatch(lake::holds)) {
                    return BenchOptions.USUAL_SPANS;
                }
            }
        }
        log.println("Tables of " + BenchOptions.USUAL_SPANS + " spans are not there; --quick takes "
                + BenchOptions.QUICK_SPANS + ". Say --spans " + BenchOptions.USUAL_SPANS + " to have them written.");
        return BenchOptions.QUICK_SPANS;
    }

    private Set<SpanLayout> layouts() {
        Set<SpanLayout> layouts = new LinkedHashSet<>();
        for (ScanRow row : ScanRow.values()) {
            if (options.wants(row.id()) || options.wants(BenchOptions.SCAN_512M)) {
                layouts.add(row.layout());
            }
        }
        if (options.wants(BenchOptions.START_TO_FIRST_ANSWER) || options.wants(BenchOptions.FETCH_BESIDE_SPILL)) {
            layouts.add(SpanLayout.BUCKET);
            layouts.add(SpanLayout.DAY);
        }
        return layouts;
    }
}
