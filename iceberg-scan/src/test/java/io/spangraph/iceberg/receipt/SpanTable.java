package io.spangraph.iceberg.receipt;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import io.spangraph.iceberg.ScanSettings;
import io.spangraph.iceberg.memory.MemoryLake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** A few thousand spans in the layouts of the scan benchmark. */
final class SpanTable implements AutoCloseable {
    static final int TRACES = 160;
    static final int SPANS_OF_A_TRACE = 25;
    static final long FIRST_DAY_MS = 1_760_000_000_000L / SpanTable.DAY_MS * SpanTable.DAY_MS;
    static final long DAY_MS = 86_400_000L;

    private static final int DAYS = 2;
    private static final Type TEXT = Types.StringType.get();
    private static final Type LONG = Types.LongType.get();

    static final Schema SCHEMA = new Schema(
            required(1, "tenant_id", TEXT),
            required(2, "agent_id", TEXT),
            required(3, "trace_id", TEXT),
            required(4, "span_id", TEXT),
            optional(5, "parent_span_id", TEXT),
            optional(6, "span_start_ts_ms", LONG),
            optional(7, "span_end_ts_ms", LONG),
            optional(8, "duration_ms", LONG),
            optional(9, "actor_label", TEXT),
            optional(10, "actor_type", TEXT),
            optional(11, "input_tokens", LONG),
            optional(12, "output_tokens", LONG),
            optional(13, "total_tokens", LONG),
            optional(14, "has_error", Types.IntegerType.get()),
            optional(15, "input_payload", TEXT),
            optional(16, "output_payload", TEXT));

    /** The tables of the benchmark. */
    enum Layout {
        BUCKET,
        DAY,
        NO_BLOOM,
        UNSORTED;

        PartitionSpec spec() {
            PartitionSpec.Builder builder = PartitionSpec.builderFor(SCHEMA);
            return this == BUCKET
                    ? builder.bucket("trace_id", 2).build()
                    : builder.truncate("span_start_ts_ms", (int) DAY_MS).build();
        }

        Map<String, String> properties() {
            Map<String, String> properties = new HashMap<>(Map.of(
                    "format-version", "2",
                    "write.parquet.compression-codec", "zstd",
                    "write.parquet.page-row-limit", "200",
                    "write.parquet.row-group-size-bytes", "200000",
                    "write.parquet.row-group-check-min-record-count", "500",
                    "write.parquet.row-group-check-max-record-count", "500"));
            if (this == BUCKET || this == DAY) {
                properties.put("write.parquet.bloom-filter-enabled.column.trace_id", "true");
                properties.put("write.parquet.bloom-filter-enabled.column.span_id", "true");
                properties.put("write.parquet.bloom-filter-adaptive-enabled", "true");
            }
            return properties;
        }

        Comparator<Record> order() {
            Comparator<Record> byStart = Comparator.comparing(row -> (Long) row.getField("span_start_ts_ms"));
            Comparator<Record> byTrace = Comparator.comparing(row -> (String) row.getField("trace_id"));
            return switch (this) {
                case BUCKET -> byTrace.thenComparing(byStart);
                case DAY, NO_BLOOM ->
                    Comparator.<Record, String>comparing(row -> (String) row.getField("tenant_id"))
                            .thenComparing(byTrace)
                            .thenComparing(byStart);
                case UNSORTED -> byStart;
            };
        }
    }

    private final MemoryLake lake;
    private final List<Record> rows;

    SpanTable(Layout layout, ScanSettings settings) {
        this.lake = new MemoryLake(true, settings);
        this.rows = spans(new Random(7));
        Table table = lake.create(SCHEMA, layout.spec(), layout.properties());
        Map<PartitionKey, List<Record>> partitions = new HashMap<>();
        PartitionKey key = new PartitionKey(table.spec(), SCHEMA);
        for (Record row : rows) {
            key.partition(row);
            partitions.computeIfAbsent(key.copy(), unused -> new ArrayList<>()).add(row);
        }
        AppendFiles append = table.newAppend();
        partitions.forEach((partition, members) -> {
            members.sort(layout.order());
            append.appendFile(write(table, partition, members).toDataFile());
        });
        append.commit();
    }

    private static DataWriter<Record> write(Table table, PartitionKey partition, List<Record> rows) {
        try {
            DataWriter<Record> writer = Parquet.writeData(
                            table.io().newOutputFile(table.location() + "/data/" + UUID.randomUUID() + ".parquet"))
                    .forTable(table)
                    .createWriterFunc(GenericParquetWriter::create)
                    .withPartition(partition)
                    .build();
            try (writer) {
                rows.forEach(writer::write);
            }
            return writer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Record> spans(Random random) {
        List<Record> rows = new ArrayList<>();
        for (int trace = 0; trace < TRACES; trace++) {
            String traceId = id(random);
            long start = FIRST_DAY_MS + trace % DAYS * DAY_MS + random.nextInt(80_000_000);
            for (int span = 0; span < SPANS_OF_A_TRACE; span++) {
                Record row = GenericRecord.create(SCHEMA);
                long from = start + random.nextInt(60_000);
                long duration = random.nextInt(9_000);
                long input = random.nextInt(2_000);
                List<Object> values = List.of(
                        "tenant-" + trace % 5,
                        "agent-" + trace % 40,
                        traceId,
                        id(random),
                        "parent-" + span,
                        from,
                        from + duration,
                        duration,
                        "actor " + random.nextInt(12),
                        "llm",
                        input,
                        input / 3,
                        input + input / 3,
                        random.nextInt(20) == 0 ? 1 : 0,
                        payload(random),
                        payload(random));
                for (int i = 0; i < values.size(); i++) {
                    row.set(i, values.get(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static String id(Random random) {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private static String payload(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            text.append("word ").append(random.nextInt(9_999)).append(' ');
        }
        return text.toString();
    }

    MemoryLake lake() {
        return lake;
    }

    String traceId(int trace) {
        return (String) rows.get(trace * SPANS_OF_A_TRACE).getField("trace_id");
    }

    String spanId(int span) {
        return (String) rows.get(span).getField("span_id");
    }

    @Override
    public void close() {
        lake.close();
    }
}
