package io.spangraph.bench;

import io.spangraph.lake.LakeGenerator;
import io.spangraph.lake.LakeSpec;
import io.spangraph.lake.Layout;
import io.spangraph.lake.ProgressBar;
import io.spangraph.lake.SampleLake;
import io.spangraph.model.value.Value;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reading: one trace out of the lake, and the whole lake into a few groups. */
final class ScanBench {
    private static final String COLUMNS =
            "tenant_id, agent_id, trace_id, span_id, parent_span_id, span_start_ts_ms, span_end_ts_ms, duration_ms,"
                    + " actor_label, actor_type, input_tokens, output_tokens, total_tokens, has_error";
    private static final int TENANTS = 40;
    private static final long SEED = 42;
    private static final Instant UNTIL = Instant.parse("2025-11-17T00:00:00Z");
    private static final int KEYS = 50;

    private final BenchOptions options;
    private final PrintStream out;

    ScanBench(BenchOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    List<BenchRow> run(Path mapping) throws Exception {
        Path lake = lake();
        List<String> files = spanFiles(lake);
        List<BenchRow> rows = new ArrayList<>();
        try (SpangraphSubject ours = new SpangraphSubject(mapping, lake);
                DuckDbPeer peer = new DuckDbPeer(Runtime.getRuntime().availableProcessors(), "2GB")) {
            if (options.wants("trace-fetch")) {
                rows.addAll(traceFetch(ours, peer, files));
            }
            if (options.wants("group-by")) {
                rows.add(groupBy(ours, peer, files));
            }
        }
        return rows;
    }

    private Path lake() {
        Path lake = options.data().resolve("clawtrace-" + options.spans());
        if (!SampleLake.exists(lake)) {
            LakeSpec spec = LakeSpec.of(Layout.CLAWTRACE, options.spans(), TENANTS, SEED, UNTIL, lake);
            LakeGenerator.generate(spec, new ProgressBar("Writing spans", out, System.console() != null));
        }
        return lake;
    }

    private static List<String> spanFiles(Path lake) throws IOException {
        try (Stream<Path> files = Files.walk(lake.resolve("warehouse/silver/pg_spans/data"))) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".parquet"))
                    .sorted()
                    .toList();
        }
    }

    /** Traces one after the other, never one twice, against the files that hold each and against all files. */
    private List<BenchRow> traceFetch(SpangraphSubject ours, DuckDbPeer peer, List<String> files) throws SQLException {
        String all = "read_parquet(" + DuckDbPeer.files(files) + ")";
        int keys = options.quick() ? KEYS / 5 : KEYS;
        List<String[]> traces = new ArrayList<>();
        String picked = "select trace_id, any_value(filename) from read_parquet(" + DuckDbPeer.files(files)
                + ", filename = true) group by 1 having count(*) between 15 and 40 order by hash(trace_id) limit "
                + keys;
        for (String row : peer.run(picked, List.of())) {
            traces.add(row.split("\\|"));
        }
        String cypher = "MATCH (s:Span) WHERE s.trace_id = $trace RETURN "
                + Stream.of(COLUMNS.split(", "))
                        .map(column -> "s." + column)
                        .reduce((a, b) -> a + ", " + b)
                        .orElseThrow();
        List<BenchRow> rows = new ArrayList<>();
        for (String input : List.of("planned", "all")) {
            Comparison comparison = new Comparison("trace-fetch", "metadata-warm", input);
            rows.add(comparison.of(keys, i -> ours.run(cypher, Map.of("trace", Value.of(traces.get(i)[0]))), i -> {
                String from =
                        input.equals("all") ? all : "read_parquet(" + DuckDbPeer.files(List.of(traces.get(i)[1])) + ")";
                String columns = COLUMNS.replace("parent_span_id", "nullif(parent_span_id, '')");
                return peer.run(
                        "select " + columns + " from " + from + " where trace_id = ?", List.of(traces.get(i)[0]));
            }));
        }
        return rows;
    }

    private BenchRow groupBy(SpangraphSubject ours, DuckDbPeer peer, List<String> files) throws SQLException {
        String sql = "select actor_label, coalesce(sum(input_tokens), 0), count(*) from read_parquet("
                + DuckDbPeer.files(files) + ") group by 1";
        String cypher = "MATCH (s:Span) RETURN s.actor_label AS label, sum(s.input_tokens) AS tokens, count(*) AS n";
        return new Comparison("group-by", "metadata-warm", "all")
                .of(options.quick() ? 3 : 7, i -> ours.run(cypher, Map.of()), i -> peer.run(sql, List.of()));
    }
}
