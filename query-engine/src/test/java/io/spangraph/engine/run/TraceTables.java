package io.spangraph.engine.run;

import static io.spangraph.engine.optimize.rule.RuleFixture.X;
import static io.spangraph.engine.optimize.rule.RuleFixture.Y;
import static io.spangraph.engine.optimize.rule.RuleFixture.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.context.Execution;
import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryLimits;
import io.spangraph.engine.context.SpillSpace;
import io.spangraph.engine.context.Workers;
import io.spangraph.engine.explain.PlanDescription;
import io.spangraph.engine.explain.PlanDescriptionPrinter;
import io.spangraph.engine.optimize.rule.DefaultRules;
import io.spangraph.engine.optimize.rule.RuleFixture;
import io.spangraph.engine.physical.PhysicalRule;
import io.spangraph.engine.physical.PhysicalRules;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.QueryPlan.Mode;
import io.spangraph.engine.reference.ReferenceTable;
import io.spangraph.engine.run.QueryRunner.PinScope;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.engine.testkit.InMemoryScanSource;
import io.spangraph.model.schema.RowSource;
import io.spangraph.model.table.Column;
import io.spangraph.model.table.ColumnType.Primitive;
import io.spangraph.model.table.TableName;
import io.spangraph.model.table.TableSchema;
import io.spangraph.model.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Traces whose spans lie in a table in several orders, and plans that run over them. */
final class TraceTables {
    static final Execution SIDE_BY_SIDE = new Execution(Workers.of(2, 1), SpillSpace.NONE);

    /** Batches have three rows, so traces straddle batches in any case. */
    static final int ROWS_PER_FILE = 11;

    private static final TableName SPANS = new TableName("lake", List.of("db"), "spans");
    private static final QueryLimits LIMITS = new QueryLimits(Duration.ofMinutes(5), 10_000_000, 1L << 30, 1L << 40);

    private TraceTables() {}

    /** How the rows of traces lie in the table. */
    enum Order {
        TRACE_BY_TRACE,
        /** Some rows of each trace follow in a second copy of the order, as those of another day. */
        IN_TWO_PLACES,
        SHUFFLED
    }

    /** Traces of two tenants; spans have ids of their own in a trace only, and some rows are there twice. */
    static List<Map<String, Value>> spans(int traces, Order order, Random random) {
        return spans(traces, order, random, false);
    }

    /** The same where no two rows of one tenant have one id. */
    static List<Map<String, Value>> uniqueSpans(int traces, Order order, Random random) {
        return spans(traces, order, random, true);
    }

    private static List<Map<String, Value>> spans(int traces, Order order, Random random, boolean unique) {
        List<Map<String, Value>> rows = new ArrayList<>();
        List<Map<String, Value>> late = new ArrayList<>();
        for (int trace = 0; trace < traces; trace++) {
            // Both tenants have traces and spans of the same ids.
            for (String tenant : List.of("acme", "globex")) {
                int count = random.nextInt(10) == 0 ? 30 : random.nextInt(6);
                for (int span = 0; span < count; span++) {
                    Map<String, Value> row = span(tenant, trace, span, random, unique);
                    (order == Order.IN_TWO_PLACES && random.nextInt(4) == 0 ? late : rows).add(row);
                    if (!unique && random.nextInt(12) == 0) {
                        rows.add(row);
                    }
                }
            }
        }
        rows.addAll(late);
        if (order == Order.SHUFFLED) {
            Collections.shuffle(rows, random);
        }
        return rows;
    }

    private static Map<String, Value> span(String tenant, int trace, int span, Random random, boolean unique) {
        String prefix = unique ? "t" + trace + "/s" : "s";
        Map<String, Value> row = new HashMap<>();
        row.put("tenant_id", Value.of(tenant));
        if (random.nextInt(25) > 0) {
            row.put("trace_id", Value.of("t" + trace));
        }
        row.put("span_id", Value.of(prefix + span));
        if (span > 0) {
            // Orphans name a span that is not there, others one that may be themselves.
            row.put("parent_id", Value.of(random.nextInt(10) == 0 ? "gone" : prefix + random.nextInt(span + 1)));
        }
        row.put("status", Value.of(random.nextInt(5) == 0 ? "error" : "ok"));
        row.put("weight", Value.of((long) random.nextInt(3)));
        return row;
    }

    static InMemoryScanSource source(List<Map<String, Value>> spans, int rowsPerFile) {
        List<ReferenceTable> tables = new ArrayList<>();
        Set<TableName> names = new HashSet<>();
        for (RowSource table : RuleFixture.SCHEMA.sources()) {
            if (names.add(table.table())) {
                boolean isSpans = table.table().equals(SPANS);
                tables.add(new ReferenceTable(
                        new TableSchema(table.table(), isSpans ? spanColumns() : List.of()),
                        isSpans ? spans : List.of(),
                        rowsPerFile));
            }
        }
        return new InMemoryScanSource(tables);
    }

    private static List<Column> spanColumns() {
        List<Column> columns = new ArrayList<>();
        for (String text :
                List.of("tenant_id", "trace_id", "span_id", "parent_id", "model_id", "name", "status", "input")) {
            columns.add(new Column(text, Primitive.STRING, false));
        }
        columns.add(new Column("weight", Primitive.LONG, false));
        return columns;
    }

    static QueryContext context(Optional<String> tenant, Execution execution) {
        QueryContext plain = QueryContext.of(new Principal("tester", tenant, Set.of()), Map.of(), LIMITS);
        return new QueryContext(
                plain.principal(),
                plain.parameters(),
                plain.limits(),
                plain.memory(),
                plain.cancellation(),
                plain.startedAt(),
                execution);
    }

    static ResultCursor run(
            InMemoryScanSource source, List<PhysicalRule> choices, Mode mode, LogicalPlan plan, QueryContext context) {
        DefaultQueryRunner runner =
                new DefaultQueryRunner(RuleFixture.SCHEMA, source, DefaultRules.optimizer(), choices);
        Set<TableName> names =
                RuleFixture.SCHEMA.sources().stream().map(RowSource::table).collect(Collectors.toSet());
        return runner.run(
                runner.prepare(SpanTables.query(mode, plan, X, Y), PinScope.of(context.principal())),
                context,
                source.pin(names, new SnapshotSelector.Current()));
    }

    static List<String> rows(
            InMemoryScanSource source, List<PhysicalRule> choices, LogicalPlan plan, QueryContext context) {
        List<String> rows;
        try (ResultCursor cursor = run(source, choices, Mode.RUN, plan, context)) {
            rows = SpanTables.drain(cursor);
        }
        assertThat(context.memory().reservedBytes()).isZero();
        return rows;
    }

    static String profile(InMemoryScanSource source, LogicalPlan plan) {
        try (ResultCursor cursor =
                run(source, PhysicalRules.ALL, Mode.PROFILE, plan, context(Optional.empty(), Execution.SEQUENTIAL))) {
            SpanTables.drain(cursor);
            PlanDescription description = cursor.plan().orElseThrow();
            return PlanDescriptionPrinter.print(description);
        }
    }
}
