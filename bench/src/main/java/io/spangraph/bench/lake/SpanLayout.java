package io.spangraph.bench.lake;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.transforms.Transforms;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** The tables: the same rows, laid out from "made for look-ups" to "as they came", and with other payloads. */
public enum SpanLayout {
    /** Buckets by trace, sorted by trace, small row groups and pages, Bloom filters: what look-ups like best. */
    BUCKET("spans_bucket"),
    /** Days, sorted by tenant and trace, default row groups, Bloom filters. */
    DAY("spans_day"),
    /** The same without Bloom filters. */
    NO_BLOOM("spans_nb"),
    /** Days, in the order in which spans started, so that the spans of a trace lie between those of others; no filters. */
    UNSORTED("spans_unsorted"),
    /** As buckets, with outputs of 4 KB on the median and 256 KB at the 99th percentile. */
    PAYLOAD("spans_payload"),
    /** As days, without payloads. */
    LEAN("spans_lean"),
    /** As buckets, without payloads; row groups have as many rows as those with payloads. */
    LEAN_BUCKET("spans_lean_bucket");

    /** The layouts that {@code bench/run scan} reads. */
    public static final List<SpanLayout> SCANNED = List.of(BUCKET, DAY, NO_BLOOM, UNSORTED);

    static final String NAMESPACE = "bench";
    static final int BUCKETS = 8;
    private static final int LEAN_GROUP_BYTES = (16 << 20) / 6;

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

    private static final Function<String, Integer> TO_BUCKET = bucketFunction();

    private final String table;

    SpanLayout(String table) {
        this.table = table;
    }

    public String table() {
        return table;
    }

    TableIdentifier identifier() {
        return TableIdentifier.of(NAMESPACE, table);
    }

    /** The mapping of the table as a graph, below the folder {@code bench}. */
    public String mapping() {
        return "graph-" + table.replace('_', '-').toLowerCase(Locale.ROOT) + ".yaml";
    }

    PartitionSpec partitionSpec() {
        PartitionSpec.Builder builder = PartitionSpec.builderFor(SCHEMA);
        return switch (this) {
            case BUCKET, PAYLOAD, LEAN_BUCKET ->
                builder.bucket("trace_id", BUCKETS).build();
            case DAY, NO_BLOOM, UNSORTED, LEAN ->
                builder.truncate("span_start_ts_ms", Math.toIntExact(TraceHeads.DAY_MS))
                        .build();
        };
    }

    SortOrder sortOrder() {
        SortOrder.Builder builder = SortOrder.builderFor(SCHEMA);
        return switch (this) {
            case BUCKET, PAYLOAD, LEAN_BUCKET ->
                builder.asc("trace_id").asc("span_start_ts_ms").build();
            case DAY, NO_BLOOM, LEAN ->
                builder.asc("tenant_id").asc("trace_id").asc("span_start_ts_ms").build();
            case UNSORTED -> SortOrder.unsorted();
        };
    }

    Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        properties.put(TableProperties.FORMAT_VERSION, "2");
        properties.put(TableProperties.PARQUET_COMPRESSION, "zstd");
        if (this == BUCKET || this == DAY || this == PAYLOAD || this == LEAN_BUCKET) {
            properties.put(TableProperties.PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX + "trace_id", "true");
            properties.put(TableProperties.PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX + "span_id", "true");
        }
        if (this == BUCKET || this == PAYLOAD || this == LEAN_BUCKET) {
            properties.put(
                    TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES,
                    Integer.toString(this == LEAN_BUCKET ? LEAN_GROUP_BYTES : 16 << 20));
            properties.put(TableProperties.PARQUET_PAGE_ROW_LIMIT, "5000");
            // Sized by the values: the default of 1 MiB a row group would outweigh what it saves.
            properties.put(TableProperties.PARQUET_BLOOM_FILTER_ADAPTIVE_ENABLED, "true");
        }
        return Map.copyOf(properties);
    }

    /** The value of the one partition column, which is also the number of the partition for a bucket. */
    Object partitionValue(int partition) {
        return switch (this) {
            case BUCKET, PAYLOAD, LEAN_BUCKET -> partition;
            case DAY, NO_BLOOM, UNSORTED, LEAN -> TraceHeads.FIRST_DAY_MS + partition * TraceHeads.DAY_MS;
        };
    }

    int partition(TraceHead trace) {
        return switch (this) {
            case BUCKET, PAYLOAD, LEAN_BUCKET -> TO_BUCKET.apply(trace.traceId());
            case DAY, NO_BLOOM, UNSORTED, LEAN -> trace.day();
        };
    }

    /** About what a span takes in a file. Files without payloads have as many rows as those with, so they compare. */
    long bytesPerSpan() {
        return switch (this) {
            case BUCKET, DAY, NO_BLOOM, UNSORTED, LEAN, LEAN_BUCKET -> 300;
            case PAYLOAD -> 9_000;
        };
    }

    /** How traces follow each other in a partition. */
    Comparator<TraceHead> order() {
        return switch (this) {
            case BUCKET, PAYLOAD, LEAN_BUCKET -> Comparator.comparing(TraceHead::traceId);
            case DAY, NO_BLOOM, LEAN ->
                Comparator.comparingInt(TraceHead::tenant).thenComparing(TraceHead::traceId);
            case UNSORTED -> Comparator.comparingLong(TraceHead::startMs).thenComparing(TraceHead::traceId);
        };
    }

    private static Function<String, Integer> bucketFunction() {
        return Transforms.<CharSequence>bucket(BUCKETS).bind(TEXT)::apply;
    }
}
