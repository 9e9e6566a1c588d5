package io.spangraph.acceptance;

import io.spangraph.cypher.CypherTranslator;
import io.spangraph.cypher.TranslationOptions;
import io.spangraph.cypher.bind.UnknownNames;
import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryLimits;
import io.spangraph.engine.run.DefaultQueryRunner;
import io.spangraph.engine.run.QueryRunner;
import io.spangraph.engine.run.QueryRunner.PinScope;
import io.spangraph.engine.run.Receipt;
import io.spangraph.engine.run.ResultCursor;
import io.spangraph.engine.spi.ScanMonitor.ScanCounts;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.iceberg.IcebergScanSource;
import io.spangraph.iceberg.ScanSettings;
import io.spangraph.lake.LakeGenerator;
import io.spangraph.lake.LakeSpec;
import io.spangraph.lake.ProgressListener;
import io.spangraph.lake.SampleLake;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.GraphSchemaLoader;
import io.spangraph.model.schema.RowSource;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.ValueText;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The demo lake under the shipped mapping, opened in this process; written once into the build folder. */
final class DemoGraph implements AutoCloseable {
    private static final Path LAKE = Path.of("target", "demo-lake").toAbsolutePath();
    private static final QueryLimits LIMITS =
            new QueryLimits(Duration.ofMinutes(2), 1_000_000, 512L << 20, Long.MAX_VALUE);

    private final GraphSchema schema;
    private final CountingSource source;
    private final TranslationOptions options;
    private final QueryRunner runner;

    private DemoGraph(GraphSchema schema, ScanSettings settings) {
        this.schema = schema;
        this.source = new CountingSource(IcebergScanSource.open(schema.catalogs(), settings));
        this.options = TranslationOptions.of(schema, UnknownNames.ERROR);
        this.runner = new DefaultQueryRunner(schema, source);
    }

    static DemoGraph open() {
        return open(Path.of("..", "schema", "graph.yaml"));
    }

    static DemoGraph open(Path mapping) {
        return open(mapping, ScanSettings.DEFAULTS);
    }

    static DemoGraph open(Path mapping, ScanSettings settings) {
        if (!SampleLake.exists(LAKE)) {
            LakeGenerator.generate(LakeSpec.demo(LAKE, Instant.parse("2026-11-20T00:00:00Z")), ProgressListener.NONE);
        }
        return new DemoGraph(GraphSchemaLoader.load(mapping, Map.of("data", LAKE.toString())), settings);
    }

    Path lake() {
        return LAKE;
    }

    /** Rows as canonical texts, and what was read for them. */
    record Answer(List<String> rows, ScanCounts read, int scans) {
        long filesRead() {
            return read.filesRead();
        }
    }

    Answer ask(String cypher, Map<String, String> parameters, Principal principal) {
        Map<String, Value> values = new HashMap<>();
        parameters.forEach((name, text) -> values.put(name, Value.of(text)));
        return askWith(cypher, values, principal);
    }

    /** As {@link #ask}, with parameters of any type. */
    Answer askWith(String cypher, Map<String, Value> values, Principal principal) {
        int scansBefore = source.scansOpened();
        QueryRunner.PreparedQuery prepared =
                runner.prepare(CypherTranslator.translate(cypher, options), PinScope.of(principal));
        try (ResultCursor cursor = runner.run(
                prepared,
                QueryContext.of(principal, values, LIMITS),
                source.pin(
                        schema.sources().stream().map(RowSource::table).collect(Collectors.toSet()),
                        new SnapshotSelector.Current()))) {
            List<String> rows = new ArrayList<>();
            while (cursor.advance()) {
                rows.add(cursor.row().stream().map(DemoGraph::canonical).collect(Collectors.joining(" | ")));
            }
            Receipt receipt = cursor.receipt();
            return new Answer(rows, receipt.counts(), source.scansOpened() - scansBefore);
        }
    }

    private static String canonical(Value value) {
        try {
            return switch (value) {
                case Value.NullValue none -> DuckDbLake.canonical(null);
                case Value.IntegerValue(long number) -> DuckDbLake.canonical(number);
                case Value.FloatValue(double number) -> DuckDbLake.canonical(number);
                case Value.StringValue(String text) -> text;
                case Value.BooleanValue(boolean flag) -> String.valueOf(flag);
                case Value.DateValue(java.time.LocalDate date) -> date.toString();
                case Value.ListValue(List<Value> elements) ->
                    elements.stream().map(DemoGraph::canonical).toList().toString();
                case Value.NodeValue node -> ValueText.plain(node);
                case Value.BytesValue other -> other.toString();
                case Value.LocalTimeValue other -> other.toString();
                case Value.TimeValue other -> other.toString();
                case Value.LocalDateTimeValue other -> other.toString();
                case Value.DateTimeValue other -> other.toString();
                case Value.DurationValue other -> other.toString();
                case Value.MapValue other -> ValueText.plain(other);
                case Value.RelationshipValue other -> ValueText.plain(other);
                case Value.PathValue other -> ValueText.plain(other);
            };
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        source.close();
    }
}
