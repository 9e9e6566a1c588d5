package io.spangraph.bench.lake;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;

/**
 * The tables of traces, agents and tenants that belong to the spans, one row each, as writers of spans keep them. They are
 * small, so each is written whole; the traces lie by day, sorted by tenant and agent.
 */
final class TraceTables {
    /** The tables, smallest first. */
    static final List<String> NAMES = List.of("tenants", "agents", "traces");

    private static final Namespace NAMESPACE = Namespace.of(SpanLayout.NAMESPACE);
    private static final Map<String, String> PROPERTIES =
            Map.of(TableProperties.FORMAT_VERSION, "2", TableProperties.PARQUET_COMPRESSION, "zstd");

    private static final Schema TENANTS = new Schema(required(1, "tenant_id", Types.StringType.get()));
    private static final Schema AGENTS = new Schema(
            required(1, "tenant_id", Types.StringType.get()), required(2, "agent_id", Types.StringType.get()));
    private static final Schema TRACES = new Schema(
            required(1, "tenant_id", Types.StringType.get()),
            required(2, "agent_id", Types.StringType.get()),
            required(3, "trace_id", Types.StringType.get()),
            optional(4, "trace_start_ts_ms", Types.LongType.get()),
            optional(5, "trace_end_ts_ms", Types.LongType.get()),
            optional(6, "duration_ms", Types.LongType.get()),
            optional(7, "event_count", Types.LongType.get()),
            optional(8, "total_input_tokens", Types.LongType.get()),
            optional(9, "total_output_tokens", Types.LongType.get()),
            optional(10, "total_tokens", Types.LongType.get()),
            optional(11, "has_error", Types.IntegerType.get()));

    private final JdbcCatalog catalog;

    TraceTables(JdbcCatalog catalog) {
        this.catalog = catalog;
    }

    /** What {@code table} names beside the span tables. */
    static TableIdentifier identifier(String table) {
        return TableIdentifier.of(NAMESPACE, table);
    }

    boolean complete() {
        return NAMES.stream().allMatch(this::holds);
    }

    /** Writes those that are missing. */
    void write(List<TraceHead> heads) {
        if (!holds("tenants")) {
            List<Record> rows = IntStream.range(0, Names.TENANTS)
                    .mapToObj(tenant -> row(TENANTS, Names.tenant(tenant)))
                    .toList();
            write("tenants", TENANTS, "tenant_id", rows);
        }
        if (!holds("agents")) {
            List<Record> rows = IntStream.range(0, Names.TENANTS * Names.AGENTS)
                    .mapToObj(i -> row(
                            AGENTS, Names.tenant(i / Names.AGENTS), Names.agent(i / Names.AGENTS, i % Names.AGENTS)))
                    .toList();
            write("agents", AGENTS, "agent_id", rows);
        }
        if (!holds("traces")) {
            writeTraces(heads);
        }
    }

    private boolean holds(String table) {
        return catalog.tableExists(identifier(table))
                && catalog.loadTable(identifier(table)).currentSnapshot() != null;
    }

    private void write(String name, Schema schema, String sortedBy, List<Record> rows) {
        Table table = create(
                name,
                schema,
                PartitionSpec.unpartitioned(),
                SortOrder.builderFor(schema).asc(sortedBy).build());
        table.newFastAppend()
                .appendFile(file(table, Optional.empty(), "all.parquet", rows))
                .commit();
    }

    private void writeTraces(List<TraceHead> heads) {
        Table table = create(
                "traces",
                TRACES,
                PartitionSpec.builderFor(TRACES)
                        .truncate("trace_start_ts_ms", Math.toIntExact(TraceHeads.DAY_MS))
                        .build(),
                SortOrder.builderFor(TRACES)
                        .asc("tenant_id")
                        .asc("agent_id")
                        .asc("trace_id")
                        .build());
        List<List<TraceHead>> days = new ArrayList<>();
        IntStream.range(0, TraceHeads.MOST_DAYS).forEach(day -> days.add(new ArrayList<>()));
        heads.forEach(head -> days.get(head.day()).add(head));
        AppendFiles append = table.newFastAppend();
        for (int day = 0; day < days.size(); day++) {
            List<TraceHead> traces = days.get(day);
            if (!traces.isEmpty()) {
                traces.sort(Comparator.comparing(TraceHead::agentId).thenComparing(TraceHead::traceId));
                PartitionData partition = new PartitionData(table.spec().partitionType());
                partition.set(0, TraceHeads.FIRST_DAY_MS + day * TraceHeads.DAY_MS);
                List<Record> rows = traces.stream().map(TraceTables::trace).toList();
                append.appendFile(file(table, Optional.of(partition), day + ".parquet", rows));
            }
        }
        append.commit();
    }

    private Table create(String name, Schema schema, PartitionSpec spec, SortOrder order) {
        if (!catalog.namespaceExists(NAMESPACE)) {
            catalog.createNamespace(NAMESPACE);
        }
        return catalog.tableExists(identifier(name))
                ? catalog.loadTable(identifier(name))
                : catalog.buildTable(identifier(name), schema)
                        .withPartitionSpec(spec)
                        .withSortOrder(order)
                        .withProperties(PROPERTIES)
                        .create();
    }

    private static DataFile file(Table table, Optional<PartitionData> partition, String name, List<Record> rows) {
        String path = partition
                .map(values -> table.locationProvider().newDataLocation(table.spec(), values, name))
                .orElseGet(() -> table.locationProvider().newDataLocation(name));
        DataWriter<Record> writer = writer(table, partition, path);
        try (writer) {
            rows.forEach(writer::write);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + path, e);
        }
        return writer.toDataFile();
    }

    private static DataWriter<Record> writer(Table table, Optional<PartitionData> partition, String path) {
        try {
            Parquet.DataWriteBuilder builder = Parquet.writeData(table.io().newOutputFile(path))
                    .forTable(table)
                    .withSortOrder(table.sortOrder())
                    .createWriterFunc(GenericParquetWriter::create)
                    .overwrite();
            return partition.map(builder::withPartition).orElse(builder).build();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + path, e);
        }
    }

    private static Record row(Schema schema, Object... values) {
        GenericRecord row = GenericRecord.create(schema);
        for (int i = 0; i < values.length; i++) {
            row.set(i, values[i]);
        }
        return row;
    }

    /** What the spans of a trace come to. */
    private static Record trace(TraceHead head) {
        List<SpanRow> spans = TraceSpans.of(head);
        long end = spans.stream()
                .mapToLong(span -> span.startMs() + span.durationMs())
                .max()
                .orElse(head.startMs());
        List<SpanRow.Tokens> tokens =
                spans.stream().flatMap(span -> span.tokens().stream()).toList();
        long input = tokens.stream().mapToLong(SpanRow.Tokens::input).sum();
        long output = tokens.stream().mapToLong(SpanRow.Tokens::output).sum();
        return row(
                TRACES,
                head.tenantId(),
                head.agentId(),
                head.traceId(),
                head.startMs(),
                end,
                end - head.startMs(),
                (long) spans.size(),
                input,
                output,
                input + output,
                spans.stream().anyMatch(SpanRow::failed) ? 1 : 0);
    }
}
