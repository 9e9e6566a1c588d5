package io.spangraph.model.schema;

import io.spangraph.model.table.Column;
import io.spangraph.model.table.ColumnType;
import io.spangraph.model.table.ColumnType.ListOf;
import io.spangraph.model.table.ColumnType.MapOf;
import io.spangraph.model.table.ColumnType.Primitive;
import io.spangraph.model.table.ColumnType.Struct;
import io.spangraph.model.table.ColumnType.Unsupported;
import io.spangraph.model.table.TableDirectory;
import io.spangraph.model.table.TableName;
import io.spangraph.model.table.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The tables of the ClawTrace layout, and two more: one of public rows and one of every unusual type. */
final class SampleTables implements TableDirectory {
    private final Map<TableName, TableSchema> tables = new TreeMap<>();

    SampleTables() {
        add("pg_tenants", texts("tenant_id"));
        add("pg_agents", texts("tenant_id", "agent_id"));
        add(
                "pg_traces",
                texts("tenant_id", "agent_id", "trace_id", "agent_name", "session_key", "category"),
                numbers("trace_start_ts_ms", "trace_end_ts_ms", "duration_ms", "event_count"),
                numbers("total_input_tokens", "total_output_tokens", "total_tokens"),
                List.of(column("trace_date", Primitive.DATE), column("has_error", Primitive.INT)));
        add(
                "pg_spans",
                texts("tenant_id", "agent_id", "trace_id", "span_id", "parent_span_id"),
                texts("actor_label", "actor_type", "input_payload", "output_payload"),
                numbers("span_start_ts_ms", "span_end_ts_ms", "duration_ms"),
                numbers("input_tokens", "output_tokens", "total_tokens"),
                List.of(column("has_error", Primitive.INT)));
        add("pg_child_of_edges", texts("tenant_id", "agent_id", "trace_id", "span_id", "parent_span_id"));
        add("models", texts("model", "vendor"));
        ColumnType attributes = new MapOf(Primitive.STRING, Primitive.STRING);
        add(
                "odd",
                texts("tenant_id", "trace_id", "span_id", "actor_type"),
                List.of(
                        column("has_error", Primitive.INT),
                        column("attributes", attributes),
                        column("events", new ListOf(new Struct(List.of(column("name", Primitive.STRING))))),
                        column("resource", new Struct(List.of(column("name", Primitive.STRING)))),
                        column("shape", new Unsupported("geometry")),
                        column("started", Primitive.TIMESTAMPTZ),
                        column("started_local", Primitive.TIMESTAMP),
                        column("price", new ColumnType.Decimal(10, 2)),
                        column("ratio", Primitive.FLOAT),
                        column("flag", Primitive.BOOLEAN),
                        column("day", Primitive.DATE),
                        column("key", Primitive.UUID),
                        column("bytes", Primitive.BINARY)));
    }

    @Override
    public Optional<TableSchema> table(TableName name) {
        return Optional.ofNullable(tables.get(name));
    }

    @Override
    public List<String> neighbours(TableName name) {
        return tables.keySet().stream()
                .filter(table -> table.namespace().equals(name.namespace()))
                .map(TableName::table)
                .toList();
    }

    TableSchema named(String table) {
        return table(new TableName("lake", List.of("silver"), table)).orElseThrow();
    }

    @SafeVarargs
    private void add(String table, List<Column>... columns) {
        List<Column> all = new ArrayList<>();
        for (List<Column> some : columns) {
            all.addAll(some);
        }
        TableName name = new TableName("lake", List.of("silver"), table);
        tables.put(name, new TableSchema(name, all));
    }

    private static List<Column> texts(String... names) {
        return List.of(names).stream()
                .map(name -> column(name, Primitive.STRING))
                .toList();
    }

    private static List<Column> numbers(String... names) {
        return List.of(names).stream().map(name -> column(name, Primitive.LONG)).toList();
    }

    private static Column column(String name, ColumnType type) {
        return new Column(name, type, false);
    }
}
