package io.spangraph.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.spi.FirstRows;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.ScanMonitor.ScanCounts;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.engine.spi.ScanRequest;
import io.spangraph.iceberg.TestLake.Scan;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.value.Value;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files a scan reads, and that every byte that it did not read is told. */
class PruningTest {
    private static final Schema SPANS = new Schema(
            Types.NestedField.required(1, "tenant_id", Types.StringType.get()),
            Types.NestedField.required(2, "trace_id", Types.StringType.get()),
            Types.NestedField.required(3, "number", Types.LongType.get()),
            Types.NestedField.optional(4, "start_time", Types.TimestampType.withZone()));

    private static final OffsetDateTime START =
            LocalDateTime.of(2026, 11, 1, 0, 0).atOffset(ZoneOffset.UTC);
    private static final int FILES = 10;
    private static final int ROWS_PER_FILE = 100;

    @TempDir
    private Path folder;

    private TestLake lake;

    @BeforeEach
    void open() {
        lake = new TestLake(Catalogs.JDBC.open(folder));
    }

    @AfterEach
    void close() {
        lake.close();
    }

    /** Ten files: file i holds tenant i % 2, ten traces of its own, the numbers from 100 i on and the day i. */
    private TestTable spans(PartitionSpec spec) {
        TestTable table = lake.create("spans", SPANS, spec, Map.of("format-version", "2"));
        table.appendFiles(
                IntStream.range(0, FILES).mapToObj(file -> rows(table, file)).toList());
        return table;
    }

    private static List<Record> rows(TestTable table, int file) {
        return IntStream.range(0, ROWS_PER_FILE)
                .mapToObj(row -> table.row(
                        file % 2 == 0 ? "acme" : "globex",
                        trace(file, row / 10),
                        (long) file * ROWS_PER_FILE + row,
                        START.plusDays(file).plusMinutes(row)))
                .toList();
    }

    private static String trace(int file, int trace) {
        return "trace-" + file + trace;
    }

    private static ScanPredicate equal(String column, Value value) {
        return new ScanPredicate.Compare(column, CompareOperator.EQUAL, value);
    }

    private void assertReads(Scan scan, int files, int rows) {
        assertThat(scan.rows()).hasSize(rows);
        assertThat(scan.counts().filesRead()).isEqualTo(files);
        assertThat(scan.counts().filesSkipped()).isEqualTo(FILES - files);
        assertThat(scan.plan().estimate().files()).isEqualTo(files);
        assertThat(scan.plan().estimate().filesSkipped()).isEqualTo(FILES - files);
    }

    @Test
    void readsOnlyTheFileWhoseBoundsHoldTheTrace() {
        TestTable table = spans(PartitionSpec.unpartitioned());
        Scan all = lake.scan(table, ScanPredicate.TRUE, "trace_id", "number");

        Scan scan = lake.scan(table, equal("trace_id", Value.of(trace(3, 4))), "number");

        assertReads(all, FILES, FILES * ROWS_PER_FILE);
        assertReads(scan, 1, 10);
        assertThat(scan.column(0)).startsWith(Value.of(340)).endsWith(Value.of(349));
        long bytes = all.plan().estimate().bytes();
        assertThat(scan.counts().bytesSkipped() + scan.plan().estimate().bytes())
                .isEqualTo(bytes);
        assertThat(scan.counts().bytesRead())
                .isPositive()
                .isLessThan(scan.plan().estimate().bytes() + 1);
    }

    @Test
    void countsNothingAsReadWhenNoFileCanMatch() {
        TestTable table = spans(PartitionSpec.unpartitioned());

        Scan scan = lake.scan(table, equal("number", Value.of(-1)), "number");

        assertThat(scan.rows()).isEmpty();
        assertThat(scan.counts().filesRead()).isZero();
        assertThat(scan.counts().bytesRead()).isZero();
        assertThat(scan.counts().filesSkipped()).isEqualTo(FILES);
        assertThat(scan.counts().bytesSkipped()).isPositive();
    }

    @Test
    void skipsByTransformedPartitions() {
        TestTable table = spans(PartitionSpec.builderFor(SPANS)
                .identity("tenant_id")
                .day("start_time")
                .build());

        Scan scan = lake.scan(
                table,
                new ScanPredicate.Compare(
                        "start_time",
                        CompareOperator.GREATER_OR_EQUAL,
                        new Value.DateTimeValue(START.plusDays(8).toZonedDateTime())),
                "number");

        assertReads(scan, 2, 200);
        assertThat(scan.plan().residual()).isEqualTo(ScanPredicate.TRUE);
    }

    @Test
    void skipsByBucketsForManyKeys() {
        Schema keyed = new Schema(Types.NestedField.required(1, "key", Types.StringType.get()));
        TestTable table = lake.create(
                "buckets",
                keyed,
                PartitionSpec.builderFor(keyed).bucket("key", 64).build(),
                Map.of("format-version", "2"));
        table.appendFiles(IntStream.range(0, 20)
                .mapToObj(i -> List.of(table.row("key-" + i)))
                .toList());

        Scan scan = lake.scan(table, equal("key", Value.of("key-7")), "key");

        assertThat(scan.column(0)).containsExactly(Value.of("key-7"));
        assertThat(scan.counts().filesRead()).isEqualTo(1);
        assertThat(scan.counts().filesSkipped()).isEqualTo(19);
    }

    /** Truncated to a multiple of three, the least numbers would lie below their type; Iceberg makes great ones of them. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void partitionsOfTheLeastNumbersTellNothing(boolean tooLarge) {
        Schema numbers = new Schema(
                Types.NestedField.required(1, "number", Types.IntegerType.get()),
                Types.NestedField.required(2, "long", Types.LongType.get()));
        List<Integer> values = List.of(Integer.MIN_VALUE, Integer.MIN_VALUE + 1, Integer.MIN_VALUE + 2, -1, 7);
        ScanSettings usual = ScanSettings.DEFAULTS;
        ScanSettings settings = tooLarge
                ? new ScanSettings(usual.freshness(), 1, 100, usual.cacheMode(), usual.cacheBytes(), 0)
                : usual;
        try (TestLake lake = new TestLake(Catalogs.IN_MEMORY.open(folder), settings)) {
            TestTable table = lake.create(
                    "numbers",
                    numbers,
                    PartitionSpec.builderFor(numbers)
                            .truncate("number", 3)
                            .truncate("long", 7)
                            .build(),
                    Map.of("format-version", "2"));
            table.appendFiles(values.stream()
                    .map(value -> List.of(table.row(value, longOf(value))))
                    .toList());

            for (CompareOperator operator : CompareOperator.values()) {
                for (int key : values) {
                    List<Value> expected = values.stream()
                            .filter(value -> operator.holds(Integer.compare(value, key)))
                            .map(value -> Value.of(value))
                            .toList();
                    assertThat(lake.scan(table, compare("number", operator, key), "number")
                                    .column(0))
                            .as("number %s %s", operator, key)
                            .containsExactlyInAnyOrderElementsOf(expected);
                    assertThat(lake.scan(table, compare("long", operator, longOf(key)), "number")
                                    .column(0))
                            .as("long %s %s", operator, longOf(key))
                            .containsExactlyInAnyOrderElementsOf(expected);
                }
            }
        }
    }

    /** As far from the least long as the number is from the least integer. */
    private static long longOf(int value) {
        return value < -10 ? Long.MIN_VALUE + ((long) value - Integer.MIN_VALUE) : value;
    }

    private static ScanPredicate compare(String column, CompareOperator operator, long value) {
        return new ScanPredicate.Compare(column, operator, Value.of(value));
    }

    @Test
    void prunesEachFileByTheSpecThatItWasWrittenWith() {
        TestTable table = lake.create(
                "spans",
                SPANS,
                PartitionSpec.builderFor(SPANS).identity("tenant_id").build(),
                Map.of("format-version", "2"));
        table.appendFiles(
                IntStream.range(0, 5).mapToObj(file -> rows(table, file)).toList());
        table.table().updateSpec().removeField("tenant_id").addField("trace_id").commit();
        IntStream.range(5, 9)
                .forEach(file -> table.append(table.row(
                        file % 2 == 0 ? "acme" : "globex",
                        trace(file, 0),
                        (long) file * ROWS_PER_FILE,
                        START.plusDays(file))));
        table.table().updateSpec().removeField("trace_id").commit();
        table.append(rows(table, 9));

        assertReads(lake.scan(table, equal("tenant_id", Value.of("acme")), "number"), 5, 302);
        assertReads(lake.scan(table, equal("trace_id", Value.of(trace(6, 0))), "number"), 1, 1);
        assertReads(lake.scan(table, equal("trace_id", Value.of(trace(9, 0))), "number"), 1, 10);
    }

    @Test
    void skipsByThePinAndGivesNoOtherTenantsRows() {
        TestTable table = spans(PartitionSpec.unpartitioned());
        Pin acme = new Pin.Tenant(new MappingExpression.ColumnPath("tenant_id", List.of()), "acme");

        Scan scan = lake.scan(
                new ScanRequest(lake.pin(table), acme, ScanPredicate.TRUE, List.of("tenant_id"), false),
                RuntimeKeys.NONE);

        assertReads(scan, 5, 500);
        assertThat(scan.column(0)).containsOnly(Value.of("acme"));
    }

    @Test
    void aPinByAnExpressionIsLeftToTheEngine() {
        TestTable table = spans(PartitionSpec.unpartitioned());
        Pin acme = new Pin.Tenant(new MappingExpression.Constant(Value.of("acme")), "acme");

        Scan scan = lake.scan(
                new ScanRequest(lake.pin(table), acme, ScanPredicate.TRUE, List.of("tenant_id"), false),
                RuntimeKeys.NONE);

        assertReads(scan, FILES, 1000);
    }

    /** Iceberg itself stops to prune above 200 values. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 199, 200, 201, 250, 500})
    void skipsByListsOfAnyLength(int values) {
        TestTable table = spans(PartitionSpec.unpartitioned());
        // All in the third and the fifth file, but for the many that are nowhere.
        List<Value> wanted = LongStream.range(0, values)
                .map(i -> i == 0 ? 250 : i == 1 ? 450 : 10_000 + i)
                .mapToObj(Value::of)
                .toList();

        Scan scan = lake.scan(table, new ScanPredicate.In("number", wanted), "number");

        assertReads(scan, Math.min(values, 2), Math.min(values, 2));
        assertThat(scan.column(0)).contains(Value.of(250));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 200, 201, 500})
    void skipsByListsOfTextsOfAnyLength(int values) {
        TestTable table = spans(PartitionSpec.unpartitioned());
        List<Value> wanted = IntStream.range(0, values)
                .mapToObj(i -> i == 0 ? trace(7, 3) : "zzz-" + i)
                .map(Value::of)
                .toList();

        Scan scan = lake.scan(table, new ScanPredicate.In("trace_id", wanted), "number");

        assertReads(scan, 1, 10);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 500})
    void keysThatBecameKnownLaterNarrowTheScan(int keys) {
        TestTable table = spans(PartitionSpec.unpartitioned());
        Set<Value> wanted = IntStream.range(0, keys)
                .mapToObj(i -> i == 0 ? trace(4, 1) : "zzz-" + i)
                .map(Value::of)
                .collect(java.util.stream.Collectors.toSet());
        ScanRequest request = new ScanRequest(
                lake.pin(table),
                new Pin.All(),
                new ScanPredicate.Compare("number", CompareOperator.LESS, Value.of(800)),
                List.of("number"),
                false);

        Scan scan = lake.scan(request, new RuntimeKeys(List.of(new RuntimeKeys.KeySet("trace_id", wanted))));

        assertThat(scan.rows()).hasSize(10);
        assertThat(scan.plan().estimate().files()).isEqualTo(8);
        assertThat(scan.counts().filesRead()).isEqualTo(1);
        assertThat(scan.counts().filesSkipped()).isEqualTo(9);
        assertThat(scan.counts().bytesSkipped()).isEqualTo(totalBytes(table) - fileBytes(table, 4));
    }

    @Test
    void filesBehindTheFirstRowsOfAnOrderAreNotRead() {
        TestTable table = spans(PartitionSpec.unpartitioned());
        ScanRequest request =
                new ScanRequest(lake.pin(table), new Pin.All(), ScanPredicate.TRUE, List.of("number"), false);

        Scan newest = lake.scan(request, first(true, Value.of(850)));
        Scan oldest = lake.scan(request, first(false, Value.of(99.5)));
        Scan all = lake.scan(request, first(true, Value.of("850")));

        assertThat(newest.rows()).hasSize(200);
        assertThat(newest.rows().getFirst()).containsExactly(Value.of(900));
        assertThat(newest.counts().filesRead()).isEqualTo(2);
        assertThat(newest.counts().filesSkipped()).isEqualTo(8);
        assertThat(oldest.rows()).hasSize(100);
        assertThat(oldest.counts().filesRead()).isEqualTo(1);
        assertThat(all.counts().filesRead()).isEqualTo(10);
    }

    private static RuntimeKeys first(boolean descending, Value bound) {
        return new RuntimeKeys(List.of(), Optional.of(new FirstRows("number", descending, () -> Optional.of(bound))));
    }

    private long totalBytes(TestTable table) {
        return lake.scan(table, ScanPredicate.TRUE, "number").plan().estimate().bytes();
    }

    private long fileBytes(TestTable table, int file) {
        return lake.scan(table, equal("trace_id", Value.of(trace(file, 0))), "number")
                .plan()
                .estimate()
                .bytes();
    }

    @Test
    void noKeysAtAllReadNothing() {
        TestTable table = spans(PartitionSpec.unpartitioned());
        ScanRequest request =
                new ScanRequest(lake.pin(table), new Pin.All(), ScanPredicate.TRUE, List.of("number"), false);

        Scan scan = lake.scan(request, new RuntimeKeys(List.of(new RuntimeKeys.KeySet("trace_id", Set.of()))));

        assertThat(scan.rows()).isEmpty();
        assertThat(scan.counts().filesRead()).isZero();
    }

    @Test
    void aPayloadIsReadOnlyWhenAskedFor() {
        Schema schema = new Schema(
                Types.NestedField.required(1, "key", Types.LongType.get()),
                Types.NestedField.required(2, "payload", Types.StringType.get()));
        TestTable table = lake.create("payloads", schema);
        java.util.Random random = new java.util.Random(1);
        table.append(LongStream.range(0, 10_000)
                .mapToObj(i -> table.row(
                        i, random.longs(40).mapToObj(Long::toHexString).toList().toString()))
                .toList());

        ScanCounts keys = lake.scan(table, ScanPredicate.TRUE, "key").counts();
        Scan both = lake.scan(table, ScanPredicate.TRUE, "key", "payload");

        assertThat(keys.bytesRead() * 4).isLessThan(both.counts().bytesRead());
        assertThat(both.rows()).hasSize(10_000);
        assertThat(both.counts().rowsRead()).isEqualTo(10_000);
    }

    @Test
    void residualIsWhatNobodyPromises() {
        Schema schema = new Schema(
                Types.NestedField.required(1, "key", Types.LongType.get()),
                Types.NestedField.required(2, "money", Types.DecimalType.of(9, 2)));
        TestTable table = lake.create("residual", schema);
        table.append(table.row(1L, new java.math.BigDecimal("0.50")), table.row(2L, new java.math.BigDecimal("1.50")));
        ScanPredicate byKey = equal("key", Value.of(1));
        ScanPredicate byMoney = new ScanPredicate.Compare("money", CompareOperator.LESS, Value.of(1.0));

        Scan scan = lake.scan(table, ScanPredicate.and(byKey, byMoney), "key");

        assertThat(scan.plan().residual()).isEqualTo(byMoney);
    }
}
