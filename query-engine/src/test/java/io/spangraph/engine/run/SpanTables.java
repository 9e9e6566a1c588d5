package io.spangraph.engine.run;

import io.spangraph.engine.context.Principal;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryLimits;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.optimize.rule.RuleFixture;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.engine.plan.QueryPlan.Mode;
import io.spangraph.engine.plan.QueryPlan.ResultColumn;
import io.spangraph.engine.procedure.ServerFacts;
import io.spangraph.engine.reference.ReferenceTable;
import io.spangraph.engine.run.QueryRunner.PinScope;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.engine.spi.SnapshotSet;
import io.spangraph.engine.testkit.InMemoryScanSource;
import io.spangraph.model.table.Column;
import io.spangraph.model.table.ColumnType.Primitive;
import io.spangraph.model.table.TableName;
import io.spangraph.model.table.TableSchema;
import io.spangraph.model.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tables for the graph of {@link RuleFixture}: tenants acme and globex with two agents and four traces each; every trace
 * has five spans in a chain, and the parent of the first is missing.
 */
final class SpanTables {
    static final QueryLimits LIMITS = new QueryLimits(Duration.ofMinutes(5), 10_000, 10_000_000, 10_000_000);
    private static final int ROWS_PER_FILE = 5;

    final InMemoryScanSource source;
    final DefaultQueryRunner runner;

    SpanTables() {
        this(List.of("acme", "globex"), ServerFacts.NO_SERVER);
    }

    /** The rows of these tenants only. */
    SpanTables(List<String> tenants, ServerFacts server) {
        this(tenants, server, span -> "large text");
    }

    /** Likewise, with an input for the id of each span. */
    SpanTables(List<String> tenants, ServerFacts server, UnaryOperator<String> inputs) {
        List<Map<String, Value>> agents = new ArrayList<>();
        List<Map<String, Value>> traces = new ArrayList<>();
        List<Map<String, Value>> spans = new ArrayList<>();
        for (String tenant : tenants) {
            for (int agent = 0; agent < 2; agent++) {
                agents.add(row("tenant_id", tenant, "agent_id", tenant + agent, "name", "agent " + agent));
            }
            for (int trace = 0; trace < 4; trace++) {
                String traceId = tenant + "-t" + trace;
                traces.add(row(
                        "tenant_id",
                        tenant,
                        "trace_id",
                        traceId,
                        "agent_id",
                        tenant + trace % 2,
                        "total",
                        trace * 10L));
                for (int span = 0; span < 5; span++) {
                    spans.add(row(
                            "tenant_id",
                            tenant,
                            "trace_id",
                            traceId,
                            "span_id",
                            traceId + "-s" + span,
                            "parent_id",
                            traceId + "-s" + (span - 1),
                            "model_id",
                            span % 2 == 0 ? "m0" : "m1",
                            "status",
                            span == 4 ? "error" : "ok",
                            "weight",
                            (long) span,
                            "input",
                            inputs.apply(traceId + "-s" + span)));
                }
            }
        }
        List<Map<String, Value>> models =
                List.of(row("model_id", "m0", "name", "small"), row("model_id", "m1", "name", "big"));
        source = new InMemoryScanSource(List.of(
                table("agents", agents, "tenant_id", "agent_id", "name"),
                table("traces", traces, "tenant_id", "trace_id", "agent_id", "name", "total:", "weight:"),
                table(
                        "spans",
                        spans,
                        "tenant_id",
                        "trace_id",
                        "span_id",
                        "parent_id",
                        "model_id",
                        "name",
                        "status",
                        "weight:",
                        "input"),
                table("models", models, "model_id", "name"),
                table("similar", List.of(), "tenant_id", "trace_id", "a", "b", "weight:")));
        runner = new DefaultQueryRunner(RuleFixture.SCHEMA, source, server);
    }

    private static Map<String, Value> row(Object... entries) {
        Map<String, Value> row = new HashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            Object value = entries[i + 1];
            row.put((String) entries[i], value instanceof Long number ? Value.of(number) : Value.of((String) value));
        }
        return row;
    }

    /** A table of texts; a colon behind a name makes it a column of numbers. */
    private static ReferenceTable table(String name, List<Map<String, Value>> rows, String... columns) {
        List<Column> typed = Arrays.stream(columns)
                .map(column -> column.endsWith(":")
                        ? new Column(column.substring(0, column.length() - 1), Primitive.LONG, false)
                        : new Column(column, Primitive.STRING, false))
                .toList();
        TableName full = new TableName("lake", List.of("db"), name);
        return new ReferenceTable(new TableSchema(full, typed), rows, ROWS_PER_FILE);
    }

    SnapshotSet snapshots() {
        Set<TableName> names = RuleFixture.SCHEMA.sources().stream()
                .map(source -> source.table())
                .collect(Collectors.toSet());
        return source.pin(names, new SnapshotSelector.Current());
    }

    static QueryContext context(Optional<String> tenant, QueryLimits limits, Map<String, Value> parameters) {
        return QueryContext.of(new Principal("tester", tenant, Set.of()), parameters, limits);
    }

    static QueryContext everyTenant() {
        return context(Optional.empty(), LIMITS, Map.of());
    }

    static QueryContext acme() {
        return context(Optional.of("acme"), LIMITS, Map.of());
    }

    static QueryPlan query(Mode mode, LogicalPlan plan, Variable... columns) {
        return new QueryPlan(
                mode,
                plan,
                Arrays.stream(columns)
                        .map(column -> new ResultColumn(column.name(), column))
                        .toList(),
                List.of());
    }

    ResultCursor run(QueryPlan query, QueryContext context) {
        return runner.run(runner.prepare(query, PinScope.of(context.principal())), context, snapshots());
    }

    ResultCursor run(LogicalPlan plan, QueryContext context, Variable... columns) {
        return run(query(Mode.RUN, plan, columns), context);
    }

    /** All rows as text, sorted. */
    List<String> rows(LogicalPlan plan, QueryContext context, Variable... columns) {
        try (ResultCursor cursor = run(plan, context, columns)) {
            return drain(cursor);
        }
    }

    static List<String> drain(ResultCursor cursor) {
        List<String> rows = new ArrayList<>();
        while (cursor.advance()) {
            List<Value> row = cursor.row();
            rows.add(IntStream.range(0, row.size())
                    .mapToObj(i -> io.spangraph.model.value.ValueText.plain(row.get(i)))
                    .collect(Collectors.joining(" ")));
        }
        rows.sort(String::compareTo);
        return rows;
    }
}
