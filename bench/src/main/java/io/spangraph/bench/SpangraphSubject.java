package io.spangraph.bench;

import io.spangraph.cypher.CypherTranslator;
import io.spangraph.cypher.TranslationOptions;
import io.spangraph.cypher.bind.UnknownNames;
import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.context.Execution;
import io.spangraph.engine.context.MemoryBudget;
import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryLimits;
import io.spangraph.engine.run.DefaultQueryRunner;
import io.spangraph.engine.run.QueryRunner;
import io.spangraph.engine.run.QueryRunner.PinScope;
import io.spangraph.engine.run.QueryRunner.PreparedQuery;
import io.spangraph.engine.run.Receipt;
import io.spangraph.engine.run.ResultCursor;
import io.spangraph.engine.spi.ScanSource;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.iceberg.IcebergScanSource;
import io.spangraph.iceberg.ScanSettings;
import io.spangraph.iceberg.cache.CacheMode;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.GraphSchemaLoader;
import io.spangraph.model.schema.RowSource;
import io.spangraph.model.table.TableName;
import io.spangraph.model.value.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Spangraph in this process, from the text of a query to its last row. As in the server, the plan of a text is made once
 * and kept, and the catalog is asked for a newer snapshot now and then.
 */
final class SpangraphSubject implements AutoCloseable {
    static final QueryLimits LIMITS = new QueryLimits(
            Duration.ofMinutes(10),
            Long.MAX_VALUE,
            Math.min(2L << 30, Runtime.getRuntime().maxMemory() / 2),
            Long.MAX_VALUE);

    private static final Principal EVERYONE = new Principal("bench", Optional.empty(), Set.of(Principal.Role.OPERATOR));
    private static final Duration FRESHNESS = Duration.ofSeconds(10);

    private final TranslationOptions options;
    private final ScanSource source;
    private final QueryRunner runner;
    private final Execution execution;
    private final Set<TableName> tables;
    private final Map<String, PreparedQuery> plans = new ConcurrentHashMap<>();

    SpangraphSubject(Path mapping, Path lake, BenchState state, Execution execution) {
        GraphSchema schema = GraphSchemaLoader.load(mapping, Map.of("data", lake.toString()));
        this.options = TranslationOptions.of(schema, UnknownNames.ERROR);
        this.source = IcebergScanSource.open(schema.catalogs(), settings(state));
        this.runner = new DefaultQueryRunner(schema, source);
        this.execution = execution;
        this.tables = schema.sources().stream().map(RowSource::table).collect(Collectors.toSet());
    }

    private static ScanSettings settings(BenchState state) {
        CacheMode mode = switch (state) {
            case COLD, METADATA_WARM -> CacheMode.METADATA;
            case COLUMN_WARM -> CacheMode.ALL;
        };
        ScanSettings usual = ScanSettings.DEFAULTS.withFreshness(FRESHNESS);
        return usual.withCache(mode, usual.cacheBytes());
    }

    /** The rows as plain Java values, and what was read for them. */
    record Result(List<List<@Nullable Object>> rows, Receipt receipt) {}

    /** Runs a query whose only parameter, if it has one, is {@code $key}. */
    Result run(String cypher, String key) {
        return run(cypher, Value.of(key));
    }

    Result run(String cypher, Value key) {
        return run(cypher, key, LIMITS);
    }

    Result run(String cypher, Value key, QueryLimits limits) {
        PreparedQuery prepared = plans.computeIfAbsent(
                cypher, text -> runner.prepare(CypherTranslator.translate(text, options), PinScope.ALL_TENANTS));
        QueryContext context = new QueryContext(
                EVERYONE,
                Map.of("key", key),
                limits,
                new MemoryBudget(limits.maxMemoryBytes()),
                Cancellation.after(limits.timeout()),
                Instant.now(),
                execution);
        try (ResultCursor cursor = runner.run(prepared, context, source.pin(tables, new SnapshotSelector.Current()))) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            while (cursor.advance()) {
                List<@Nullable Object> row = new ArrayList<>();
                cursor.row().forEach(value -> row.add(plain(value)));
                rows.add(row);
            }
            return new Result(rows, cursor.receipt());
        }
    }

    private static @Nullable Object plain(Value value) {
        if (value instanceof Value.StringValue(String text)) {
            return text;
        }
        if (value instanceof Value.IntegerValue(long number)) {
            return number;
        }
        if (value instanceof Value.FloatValue(double number)) {
            return number;
        }
        if (value instanceof Value.ListValue(List<Value> elements)) {
            List<@Nullable Object> list = new ArrayList<>();
            elements.forEach(element -> list.add(plain(element)));
            return list;
        }
        return value.isNull() ? null : value.toString();
    }

    @Override
    public void close() {
        source.close();
    }
}
