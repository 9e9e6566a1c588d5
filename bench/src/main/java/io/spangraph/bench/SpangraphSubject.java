package io.spangraph.bench;

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
import io.spangraph.engine.spi.ScanSource;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.iceberg.IcebergScanSource;
import io.spangraph.iceberg.ScanSettings;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.GraphSchemaLoader;
import io.spangraph.model.schema.RowSource;
import io.spangraph.model.table.TableName;
import io.spangraph.model.value.Value;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Spangraph in this process, from the text of a query to its last row. */
final class SpangraphSubject implements AutoCloseable {
    private static final Principal EVERYONE = new Principal("bench", Optional.empty(), Set.of(Principal.Role.OPERATOR));
    private static final QueryLimits LIMITS =
            new QueryLimits(Duration.ofMinutes(10), Long.MAX_VALUE, 2L << 30, Long.MAX_VALUE);

    private final TranslationOptions options;
    private final ScanSource source;
    private final QueryRunner runner;
    private final Set<TableName> tables;

    SpangraphSubject(Path mapping, Path lake) {
        GraphSchema schema = GraphSchemaLoader.load(mapping, Map.of("data", lake.toString()));
        options = TranslationOptions.of(schema, UnknownNames.ERROR);
        source = IcebergScanSource.open(schema.catalogs(), ScanSettings.DEFAULTS);
        runner = new DefaultQueryRunner(schema, source);
        tables = schema.sources().stream().map(RowSource::table).collect(Collectors.toSet());
    }

    /** The rows as texts like the peer's, and what was read for them. */
    record Result(List<String> rows, Receipt receipt) {}

    Result run(String cypher, Map<String, Value> parameters) {
        QueryRunner.PreparedQuery prepared =
                runner.prepare(CypherTranslator.translate(cypher, options), PinScope.ALL_TENANTS);
        QueryContext context = QueryContext.of(EVERYONE, parameters, LIMITS);
        try (ResultCursor cursor = runner.run(prepared, context, source.pin(tables, new SnapshotSelector.Current()))) {
            List<String> rows = new ArrayList<>();
            while (cursor.advance()) {
                StringBuilder row = new StringBuilder();
                cursor.row().forEach(value -> row.append(text(value)).append('|'));
                rows.add(row.toString());
            }
            return new Result(rows, cursor.receipt());
        }
    }

    private static String text(Value value) {
        if (value instanceof Value.StringValue(String text)) {
            return text;
        }
        if (value instanceof Value.IntegerValue(long number)) {
            return Long.toString(number);
        }
        if (value instanceof Value.FloatValue(double number)) {
            return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
        }
        return value.isNull() ? "null" : value.toString();
    }

    @Override
    public void close() {
        source.close();
    }
}
