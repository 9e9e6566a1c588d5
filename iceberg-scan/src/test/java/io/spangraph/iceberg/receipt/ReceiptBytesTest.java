package io.spangraph.iceberg.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RowReference;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.engine.spi.ScanRequest;
import io.spangraph.iceberg.ScanSettings;
import io.spangraph.iceberg.cache.CacheMode;
import io.spangraph.iceberg.memory.MemoryLake;
import io.spangraph.iceberg.receipt.SpanTable.Layout;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The bytes that a scan says to have read are the bytes that were asked of storage, for the scans of each row of the scan
 * benchmark, whatever is cached. Storage counts for itself here.
 */
class ReceiptBytesTest {
    private static final List<String> ALL_BUT_PAYLOADS =
            SpanTable.SCHEMA.columns().stream().limit(14).map(NestedField::name).toList();
    private static final int TIMES = 4;

    /** The rows of the benchmark that scan a table. */
    enum Row {
        TRACE_FETCH(Layout.BUCKET),
        TRACE_FETCH_DAY(Layout.DAY),
        TRACE_FETCH_UNSORTED(Layout.UNSORTED),
        SPAN_ID_BLOOM(Layout.DAY),
        SPAN_ID_INDEX(Layout.NO_BLOOM),
        GROUP_BY(Layout.DAY),
        GROUP_BY_TENANT(Layout.DAY),
        GROUP_BY_DAY(Layout.DAY),
        GROUP_BY_ERROR(Layout.DAY),
        GROUP_BY_TRACE(Layout.BUCKET),
        MIN_MAX(Layout.DAY),
        COUNT_DISTINCT(Layout.DAY),
        COUNT_STAR(Layout.DAY),
        PAYLOADS(Layout.UNSORTED);

        private final Layout layout;

        Row(Layout layout) {
            this.layout = layout;
        }

        List<String> columns() {
            return switch (this) {
                case TRACE_FETCH, TRACE_FETCH_DAY, TRACE_FETCH_UNSORTED, SPAN_ID_BLOOM, SPAN_ID_INDEX ->
                    ALL_BUT_PAYLOADS;
                case GROUP_BY, GROUP_BY_TENANT, GROUP_BY_DAY -> List.of("actor_label", "input_tokens");
                case GROUP_BY_ERROR -> List.of("has_error");
                case GROUP_BY_TRACE -> List.of("trace_id", "total_tokens");
                case MIN_MAX -> List.of("duration_ms");
                case COUNT_DISTINCT -> List.of("agent_id");
                case COUNT_STAR -> List.of();
                case PAYLOADS -> List.of("trace_id", "input_payload", "output_payload");
            };
        }

        ScanPredicate predicate(SpanTable table, int time) {
            return switch (this) {
                case TRACE_FETCH, TRACE_FETCH_DAY, TRACE_FETCH_UNSORTED ->
                    equal("trace_id", Value.of(table.traceId(40 + time % 2)));
                case SPAN_ID_BLOOM, SPAN_ID_INDEX -> equal("span_id", Value.of(table.spanId(1_000 + time % 2)));
                case GROUP_BY_TENANT -> equal("tenant_id", Value.of("tenant-3"));
                case GROUP_BY_DAY ->
                    new ScanPredicate.Compare(
                            "span_start_ts_ms",
                            CompareOperator.LESS,
                            Value.of(SpanTable.FIRST_DAY_MS + SpanTable.DAY_MS));
                case GROUP_BY, GROUP_BY_ERROR, GROUP_BY_TRACE, MIN_MAX, COUNT_DISTINCT, COUNT_STAR, PAYLOADS ->
                    ScanPredicate.TRUE;
            };
        }

        int rows() {
            int all = SpanTable.TRACES * SpanTable.SPANS_OF_A_TRACE;
            return switch (this) {
                case TRACE_FETCH, TRACE_FETCH_DAY, TRACE_FETCH_UNSORTED -> SpanTable.SPANS_OF_A_TRACE;
                case SPAN_ID_BLOOM, SPAN_ID_INDEX -> 1;
                case GROUP_BY_TENANT -> all / 5;
                case GROUP_BY_DAY -> all / 2;
                case GROUP_BY, GROUP_BY_ERROR, GROUP_BY_TRACE, MIN_MAX, COUNT_DISTINCT, COUNT_STAR, PAYLOADS -> all;
            };
        }

        boolean isWholeScan() {
            return rows() == SpanTable.TRACES * SpanTable.SPANS_OF_A_TRACE;
        }

        private static ScanPredicate equal(String column, Value value) {
            return new ScanPredicate.Compare(column, CompareOperator.EQUAL, value);
        }
    }

    private static List<Long> bytesOfRepeatedScans(SpanTable table, Row row) {
        List<Long> bytes = new ArrayList<>();
        for (int time = 0; time < TIMES; time++) {
            long before = table.lake().storage().bytes();
            MemoryLake.Scan scan = table.lake().scan(row.predicate(table, time), row.columns());
            long asked = table.lake().storage().bytes() - before;
            assertThat(scan.counts().bytesRead()).as("%s, time %s", row, time).isEqualTo(asked);
            assertThat(scan.rows()).as("%s, time %s", row, time).hasSize(row.rows());
            assertThat(table.lake().storage().open()).isZero();
            bytes.add(asked);
        }
        return bytes;
    }

    @ParameterizedTest
    @EnumSource
    void areTheBytesAskedOfStorage(Row row) {
        List<List<Long>> byMode = new ArrayList<>();
        for (CacheMode mode : CacheMode.values()) {
            try (SpanTable table = new SpanTable(row.layout, ScanSettings.DEFAULTS.withCache(mode, 64 << 20))) {
                byMode.add(bytesOfRepeatedScans(table, row));
            }
        }
        List<Long> off = byMode.get(CacheMode.OFF.ordinal());
        List<Long> metadata = byMode.get(CacheMode.METADATA.ordinal());
        List<Long> all = byMode.get(CacheMode.ALL.ordinal());
        assertThat(off.getFirst()).isPositive();
        assertThat(off).as("nothing is kept").allMatch(bytes -> bytes > 0);
        assertThat(metadata.getLast()).as("metadata are kept").isLessThan(off.getLast());
        if (row.isWholeScan()) {
            assertThat(all.getLast()).as("columns are kept").isLessThanOrEqualTo(metadata.getLast());
        }
    }

    @Test
    void columnsBehindAConditionAreKeptButPayloadsAreNot() {
        // Not by equality, which a key index would answer.
        ScanPredicate errors = new ScanPredicate.Compare("has_error", CompareOperator.GREATER, Value.of(0));
        List<String> columns = List.of("actor_label", "total_tokens", "duration_ms");
        try (SpanTable table =
                        new SpanTable(Layout.DAY, ScanSettings.DEFAULTS.withCache(CacheMode.METADATA, 64 << 20));
                SpanTable keeping =
                        new SpanTable(Layout.DAY, ScanSettings.DEFAULTS.withCache(CacheMode.ALL, 64 << 20))) {
            List<Long> bytes = new ArrayList<>();
            for (int time = 0; time < TIMES; time++) {
                assertThat(table.lake().scan(errors, columns).counts().bytesRead())
                        .isPositive();
                MemoryLake.Scan scan = keeping.lake().scan(errors, columns);
                assertThat(scan.rows())
                        .hasSizeBetween(100, 400)
                        .containsExactlyInAnyOrderElementsOf(
                                table.lake().scan(errors, columns).rows());
                bytes.add(scan.counts().bytesRead());
            }
            assertThat(bytes.getFirst()).isPositive();
            assertThat(bytes.subList(2, TIMES)).containsOnly(0L);

            List<String> withPayload = List.of("duration_ms", "input_payload", "actor_label");
            for (int time = 0; time < TIMES; time++) {
                MemoryLake.Scan scan = keeping.lake().scan(errors, withPayload);
                assertThat(scan.rows())
                        .containsExactlyInAnyOrderElementsOf(
                                table.lake().scan(errors, withPayload).rows());
                assertThat(scan.counts().bytesRead()).isPositive();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CacheMode.class)
    void alsoOfFetchesOfKeysAndOfScansThatEndEarly(CacheMode mode) {
        try (SpanTable table = new SpanTable(Layout.NO_BLOOM, ScanSettings.DEFAULTS.withCache(mode, 64 << 20))) {
            MemoryLake lake = table.lake();
            for (int time = 0; time < TIMES; time++) {
                ScanMonitor fetched = MemoryLake.monitor();
                long before = lake.storage().bytes();
                long[] references = {RowReference.of(0, 3), RowReference.of(1, 1_700), RowReference.of(0, 900)};
                try (BatchCursor cursor = lake.source()
                        .fetch(lake.pin(), new Pin.All(), references, List.of("span_id", "input_payload"), fetched)) {
                    assertThat(MemoryLake.rows(cursor)).hasSize(3);
                }
                assertThat(fetched.counts().bytesRead())
                        .isEqualTo(lake.storage().bytes() - before);

                before = lake.storage().bytes();
                RuntimeKeys keys = new RuntimeKeys(List.of(new RuntimeKeys.KeySet(
                        "trace_id", Set.of(Value.of(table.traceId(1)), Value.of(table.traceId(2))))));
                ScanRequest request = new ScanRequest(
                        lake.pin(), new Pin.All(), ScanPredicate.TRUE, List.of("trace_id", "span_id"), true);
                MemoryLake.Scan byKeys = lake.scan(request, keys);
                assertThat(byKeys.counts().bytesRead()).isEqualTo(lake.storage().bytes() - before);

                before = lake.storage().bytes();
                ScanMonitor early = MemoryLake.monitor();
                try (BatchCursor cursor = lake.source().open(lake.source().plan(request), RuntimeKeys.NONE, early)) {
                    assertThat(cursor.advance()).isTrue();
                }
                assertThat(early.counts().bytesRead()).isEqualTo(lake.storage().bytes() - before);
                assertThat(lake.storage().open()).isZero();
            }
        }
    }
}
