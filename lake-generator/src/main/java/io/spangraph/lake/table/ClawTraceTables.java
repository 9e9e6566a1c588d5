package io.spangraph.lake.table;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * The six silver tables of the ClawTrace layout and how their files are cut.
 *
 * <p>The tables of traces are partitioned by {@code bucket(trace_id)} and sorted by tenant and trace. A trace id is a
 * random UUID, so a lake that is partitioned by day must look into every day to find one; here the hash leads to one
 * bucket, and each bucket is one file, so a trace is read from one file of each table and no other is opened. Within
 * the file tenants lie side by side, so the predicate on the tenant, which every query has, skips the row groups of the
 * others; a trace is a run of neighbouring rows, so walking up or down its spans stays within a few pages. The price:
 * time windows skip nothing. Days as partitions would trade one for the other, and both together would give a trace
 * one file per day again.
 *
 * <p>Span ids are random and not sorted, so only a Bloom filter finds one; it is sized by the number of values, because
 * the default of 1 MiB a row group can outweigh the data. Payloads hold nearly all bytes and are never compared, so
 * they get neither dictionary nor statistics.
 */
final class ClawTraceTables {

    private static final Type TEXT = Types.StringType.get();
    private static final Type LONG = Types.LongType.get();
    private static final Type INT = Types.IntegerType.get();
    private static final Type DATE = Types.DateType.get();

    private static final int PAGE_ROW_LIMIT = 5_000;

    private static final Schema TENANT_SCHEMA = new Schema(required(1, "tenant_id", TEXT));

    private static final Schema AGENT_SCHEMA =
            new Schema(required(1, "tenant_id", TEXT), required(2, "agent_id", TEXT));

    private static final Schema TRACE_SCHEMA = new Schema(
            required(1, "tenant_id", TEXT),
            required(2, "agent_id", TEXT),
            required(3, "trace_id", TEXT),
            required(4, "trace_start_ts_ms", LONG),
            required(5, "trace_end_ts_ms", LONG),
            required(6, "duration_ms", LONG),
            required(7, "event_count", LONG),
            required(8, "trace_date", DATE),
            optional(9, "agent_name", TEXT),
            optional(10, "session_key", TEXT),
            required(11, "total_input_tokens", LONG),
            required(12, "total_output_tokens", LONG),
            required(13, "total_tokens", LONG),
            required(14, "has_error", INT),
            required(15, "category", TEXT));

    private static final Schema SPAN_SCHEMA = new Schema(
            required(1, "tenant_id", TEXT),
            required(2, "agent_id", TEXT),
            required(3, "trace_id", TEXT),
            required(4, "span_id", TEXT),
            optional(5, "parent_span_id", TEXT),
            required(6, "span_start_ts_ms", LONG),
            optional(7, "span_end_ts_ms", LONG),
            optional(8, "duration_ms", LONG),
            optional(9, "actor_label", TEXT),
            optional(10, "actor_type", TEXT),
            optional(11, "input_tokens", LONG),
            optional(12, "output_tokens", LONG),
            optional(13, "total_tokens", LONG),
            optional(14, "has_error", INT),
            optional(15, "input_payload", TEXT),
            optional(16, "output_payload", TEXT));

    private static final Schema EDGE_SCHEMA = new Schema(
            required(1, "tenant_id", TEXT),
            required(2, "agent_id", TEXT),
            required(3, "trace_id", TEXT),
            required(4, "span_id", TEXT),
            required(5, "parent_span_id", TEXT));

    private static final Schema EVENT_SCHEMA = new Schema(
            required(1, "ingest_ts", Types.TimestampType.withZone()),
            required(2, "tenant_id", TEXT),
            required(3, "agent_id", TEXT),
            required(4, "event_id", TEXT),
            required(5, "event_type", TEXT),
            required(6, "trace_id", TEXT),
            required(7, "span_id", TEXT),
            optional(8, "parent_span_id", TEXT),
            required(9, "event_ts_ms", LONG),
            required(10, "event_date", DATE),
            optional(11, "span_name", TEXT),
            optional(12, "tool_name", TEXT),
            optional(13, "model_name", TEXT),
            optional(14, "payload_json", TEXT),
            optional(15, "raw_path", TEXT));

    private final int rowGroupBytes;

    ClawTraceTables(int rowGroupBytes) {
        this.rowGroupBytes = rowGroupBytes;
    }

    TableDefinition tenants() {
        return new TableDefinition("pg_tenants", TENANT_SCHEMA, false, List.of("tenant_id"), layout());
    }

    TableDefinition agents() {
        return new TableDefinition("pg_agents", AGENT_SCHEMA, false, List.of("tenant_id", "agent_id"), layout());
    }

    TableDefinition traces() {
        return new TableDefinition("pg_traces", TRACE_SCHEMA, true, List.of("tenant_id", "trace_id"), layout());
    }

    TableDefinition spans() {
        Map<String, String> properties = layout();
        findById("span_id", properties);
        opaque("input_payload", properties);
        opaque("output_payload", properties);
        List<String> order = List.of("tenant_id", "trace_id", "span_start_ts_ms", "span_id");
        return new TableDefinition("pg_spans", SPAN_SCHEMA, true, order, properties);
    }

    TableDefinition edges() {
        Map<String, String> properties = layout();
        findById("span_id", properties);
        List<String> order = List.of("tenant_id", "trace_id", "parent_span_id", "span_id");
        return new TableDefinition("pg_child_of_edges", EDGE_SCHEMA, true, order, properties);
    }

    TableDefinition events() {
        Map<String, String> properties = layout();
        findById("event_id", properties);
        properties.put(TableProperties.PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX + "span_id", "true");
        opaque("payload_json", properties);
        List<String> order = List.of("tenant_id", "trace_id", "event_ts_ms", "event_id");
        return new TableDefinition("events_all", EVENT_SCHEMA, true, order, properties);
    }

    /** All tables, parents before children. */
    List<TableDefinition> all() {
        return List.of(tenants(), agents(), traces(), spans(), edges(), events());
    }

    private Map<String, String> layout() {
        Map<String, String> properties = new HashMap<>();
        properties.put(TableProperties.FORMAT_VERSION, "2");
        properties.put(TableProperties.PARQUET_COMPRESSION, "zstd");
        properties.put(TableProperties.PARQUET_PAGE_ROW_LIMIT, Integer.toString(PAGE_ROW_LIMIT));
        properties.put(TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, Integer.toString(rowGroupBytes));
        properties.put(TableProperties.PARQUET_BLOOM_FILTER_ADAPTIVE_ENABLED, "true");
        return properties;
    }

    /** Unique ids: a dictionary of them would be a second copy, and a chunk with a dictionary only gets no filter. */
    private static void findById(String column, Map<String, String> properties) {
        properties.put(TableProperties.PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX + column, "true");
        properties.put(TableProperties.PARQUET_DICT_ENCODING_ENABLED_COLUMN_PREFIX + column, "false");
    }

    private static void opaque(String column, Map<String, String> properties) {
        properties.put(TableProperties.PARQUET_DICT_ENCODING_ENABLED_COLUMN_PREFIX + column, "false");
        properties.put(TableProperties.PARQUET_COLUMN_STATS_ENABLED_PREFIX + column, "false");
        properties.put(TableProperties.METRICS_MODE_COLUMN_CONF_PREFIX + column, "none");
    }
}
