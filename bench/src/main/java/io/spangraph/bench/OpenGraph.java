package io.spangraph.bench;

import io.spangraph.bench.lake.SocialLake;
import io.spangraph.bench.lake.SpanLake;
import io.spangraph.bench.lake.TraceHeads;
import io.spangraph.lake.ProgressListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;

/**
 * The tables of a graph, for either engine.
 *
 * @param directory what {@code ${data}} in the mapping stands for
 * @param files of each table, by the name that stands for them in SQL
 */
record OpenGraph(GraphLake graph, long usualSpans, Path directory, Map<String, List<String>> files) {
    private static final List<String> BESIDE_SPANS = List.of("traces", "agents", "tenants");
    private static final long SEED = 99;

    /** Tables that are there. */
    static OpenGraph of(Path data, GraphLake graph, long usualSpans) {
        Map<String, List<String>> files = new LinkedHashMap<>();
        if (graph.layout().isEmpty()) {
            try (SocialLake lake = SocialLake.open(data, GraphLake.people(usualSpans))) {
                SocialLake.TABLES.forEach(name -> files.put(name, live(lake.table(name))));
                return new OpenGraph(graph, usualSpans, lake.directory(), files);
            }
        }
        try (SpanLake lake = SpanLake.open(data, graph.spans(usualSpans))) {
            files.put("files", live(lake.table(graph.layout().get())));
            BESIDE_SPANS.forEach(name -> files.put(name, live(lake.table(name))));
            return new OpenGraph(graph, usualSpans, lake.directory(), files);
        }
    }

    private static List<String> live(Table table) {
        return LiveFiles.of(table, Expressions.alwaysTrue());
    }

    /** Whether the tables are there. */
    static boolean exists(Path data, GraphLake graph, long usualSpans) {
        if (graph.layout().isEmpty()) {
            try (SocialLake lake = SocialLake.open(data, GraphLake.people(usualSpans))) {
                return lake.complete();
            }
        }
        long spans = graph.spans(usualSpans);
        if (!Files.isDirectory(SpanLake.directory(data, spans))) {
            return false;
        }
        try (SpanLake lake = SpanLake.open(data, spans)) {
            return lake.holds(graph.layout().get()) && lake.holdsTraces();
        }
    }

    /** Writes what is missing. */
    static void write(Path data, GraphLake graph, long usualSpans, Consumer<String> notes, ProgressListener progress) {
        if (graph.layout().isEmpty()) {
            try (SocialLake lake = SocialLake.open(data, GraphLake.people(usualSpans))) {
                lake.write(notes);
            }
            return;
        }
        try (SpanLake lake = SpanLake.open(data, graph.spans(usualSpans))) {
            lake.writeTraces(notes);
            lake.write(Set.of(graph.layout().get()), notes, progress);
        }
    }

    /** Some people by their ids. */
    static List<String> people(long usualSpans, int count) {
        SplittableRandom random = new SplittableRandom(SEED);
        int people = GraphLake.people(usualSpans);
        return Stream.generate(() -> Integer.toString(random.nextInt(people)))
                .limit(20L * count)
                .distinct()
                .limit(count)
                .toList();
    }

    /** As many keys as asked for, all different, or as many as there are; one empty key for a question without any. */
    List<String> keys(KeyKind kind, int count) {
        return switch (kind) {
            case NONE -> List.of("");
            case PERSON -> people(usualSpans, count);
            case TRACE, SPAN, TENANT, AGENT -> new KeyPicker(TraceHeads.of(graph.spans(usualSpans))).pick(kind, count);
        };
    }
}
