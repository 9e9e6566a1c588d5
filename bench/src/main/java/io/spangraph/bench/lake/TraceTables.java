package io.spangraph.bench.lake;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Types;

/**
 * The tables of traces, agents and tenants that belong to the spans, one row each, as writers of spans keep them. They are
 * small, so each is written whole; the traces lie by day, sorted by tenant and agent.
 */
final class TraceTables {
    /** The tables, smallest first. */
    static final List<String> NAMES = List.of("tenants", "agents", "traces");

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

    private final TableFiles tables;

    TraceTables(JdbcCatalog catalog) {
        this.tables = new TableFiles(catalog, SpanLayout.NAMESPACE);
    }

    boolean complete() {
        return NAMES.stream().allMatch(tables::holds);
    }

    /** Writes those that are missing. */
    void write(List<TraceHead> heads) {
        if (!tables.holds("tenants")) {
            Stream<Object[]> rows =
                    IntStream.range(0, Names.TENANTS).mapToObj(tenant -> new Object[] {Names.tenant(tenant)});
            write("tenants", TENANTS, "tenant_id", rows);
        }
        if (!tables.holds("agents")) {
            Stream<Object[]> rows = IntStream.range(0, Names.TENANTS * Names.AGENTS)
                    .mapToObj(i -> new Object[] {
                        Names.tenant(i / Names.AGENTS), Names.agent(i / Names.AGENTS, i % Names.AGENTS)
                    });
            write("agents", AGENTS, "agent_id", rows);
        }
        if (!tables.holds("traces")) {
            writeTraces(heads);
        }
    }

    private void write(String name, Schema schema, String sortedBy, Stream<Object[]> rows) {
        Table table = tables.create(
                name,
                schema,
                PartitionSpec.unpartitioned(),
                SortOrder.builderFor(schema).asc(sortedBy).build());
        table.newFastAppend()
                .appendFile(TableFiles.write(table, Optional.empty(), "all.parquet", rows))
                .commit();
    }

    private void writeTraces(List<TraceHead> heads) {
        Table table = tables.create(
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
                Stream<Object[]> rows = traces.stream().map(TraceTables::trace);
                append.appendFile(TableFiles.write(table, Optional.of(partition), day + ".parquet", rows));
            }
        }
        append.commit();
    }

    /** What the spans of a trace come to. */
    private static Object[] trace(TraceHead head) {
        List<SpanRow> spans = TraceSpans.of(head);
        long end = spans.stream()
                .mapToLong(span -> span.startMs() + span.durationMs())
                .max()
                .orElse(head.startMs());
        List<SpanRow.Tokens> tokens =
                spans.stream().flatMap(span -> span.tokens().stream()).toList();
        long input = tokens.stream().mapToLong(SpanRow.Tokens::input).sum();
        long output = tokens.stream().mapToLong(SpanRow.Tokens::output).sum();
        return new Object[] {
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
            spans.stream().anyMatch(SpanRow::failed) ? 1 : 0
        };
    }
}
