package io.spangraph.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RowReference;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.engine.spi.ScanRequest;
import io.spangraph.engine.spi.TableSnapshot;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows read again by their references. */
class RowFetchTest {
    private static final Schema ROWS = new Schema(
            Types.NestedField.required(1, "key", Types.LongType.get()),
            Types.NestedField.optional(2, "tenant", Types.StringType.get()),
            Types.NestedField.optional(3, "payload", Types.StringType.get()),
            Types.NestedField.optional(4, "score", Types.DoubleType.get()));

    private static final Pin ALL = new Pin.All();
    private static final Pin ACME = new Pin.Tenant(new MappingExpression.ColumnPath("tenant", List.of()), "acme");

    @TempDir
    private Path folder;

    /** Three files of 3,000 rows; every seventh payload is null, odd keys belong to globex. */
    private static TestTable filled(TestLake lake) {
        TestTable table = lake.create("rows", ROWS);
        for (int file = 0; file < 3; file++) {
            long from = file * 3_000L;
            table.append(LongStream.range(from, from + 3_000)
                    .mapToObj(key -> table.row(
                            key, key % 2 == 0 ? "acme" : "globex", key % 7 == 0 ? null : "payload-" + key, key / 2.0))
                    .toList());
        }
        return table;
    }

    private static List<List<Value>> scanWithReferences(TestLake lake, TableSnapshot snapshot, ScanPredicate filter) {
        return lake.scan(new ScanRequest(snapshot, ALL, filter, List.of("key"), true), RuntimeKeys.NONE)
                .rows();
    }

    private static long number(Value value) {
        return ((Value.IntegerValue) value).value();
    }

    @ParameterizedTest
    @EnumSource
    void givesRowsInTheOrderOfTheirReferencesAndReadsEachFileOnce(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = filled(lake);
            TableSnapshot snapshot = lake.pin(table);
            List<List<Value>> scanned = new ArrayList<>(scanWithReferences(lake, snapshot, ScanPredicate.TRUE));
            Collections.shuffle(scanned, new Random(7));
            List<List<Value>> wanted = new ArrayList<>(scanned.subList(0, 5_000));
            wanted.addAll(scanned.subList(0, 10));
            long[] references =
                    wanted.stream().mapToLong(row -> number(row.get(1))).toArray();
            ScanMonitor monitor = TestLake.monitor();

            List<List<Value>> fetched;
            try (BatchCursor cursor =
                    lake.source().fetch(snapshot, ALL, references, List.of("key", "payload", "score"), monitor)) {
                fetched = TestLake.rows(cursor);
            }

            List<List<Value>> expected = wanted.stream()
                    .map(row -> number(row.getFirst()))
                    .map(key -> List.of(
                            Value.of(key), key % 7 == 0 ? Value.NULL : Value.of("payload-" + key), Value.of(key / 2.0)))
                    .toList();
            assertThat(fetched).isEqualTo(expected);
            assertThat(monitor.counts().filesRead()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsOnlyTheFilesOfItsReferencesAndKeepsTypes(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = filled(lake);
            TableSnapshot snapshot = lake.pin(table);
            long[] references =
                    scanWithReferences(
                                    lake,
                                    snapshot,
                                    new ScanPredicate.In("key", List.of(Value.of(4_000), Value.of(4_001))))
                            .stream()
                            .mapToLong(row -> number(row.get(1)))
                            .toArray();
            ScanMonitor monitor = TestLake.monitor();

            try (BatchCursor cursor =
                    lake.source().fetch(snapshot, ALL, references, List.of("key", "score"), monitor)) {
                assertThat(cursor.advance()).isTrue();
                RowBatch batch = cursor.batch();
                assertThat(batch.column(0)).isInstanceOf(Vector.LongVector.class);
                assertThat(batch.column(1)).isInstanceOf(Vector.DoubleVector.class);
                assertThat(batch.value(1, 0)).isEqualTo(Value.of(4_001));
                assertThat(cursor.advance()).isFalse();
            }
            assertThat(monitor.counts().filesRead()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void referencesStayRightWhenRowGroupsAreSkipped(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = lake.create(
                    "rows",
                    ROWS,
                    PartitionSpec.unpartitioned(),
                    Map.of(
                            "write.parquet.row-group-size-bytes", "4096",
                            "write.parquet.row-group-check-min-record-count", "100",
                            "write.parquet.row-group-check-max-record-count", "100"));
            table.append(LongStream.range(0, 10_000)
                    .mapToObj(key -> table.row(key, "acme", "payload-" + key, 0.0))
                    .toList());

            ScanRequest request = new ScanRequest(
                    lake.pin(table),
                    ALL,
                    new ScanPredicate.Compare("key", CompareOperator.GREATER_OR_EQUAL, Value.of(9_990)),
                    List.of("key"),
                    true);
            TestLake.Scan scan = lake.scan(request, RuntimeKeys.NONE);

            assertThat(scan.rows())
                    .isEqualTo(LongStream.range(9_990, 10_000)
                            .mapToObj(key -> List.of(Value.of(key), Value.of(RowReference.of(0, key))))
                            .toList());
            assertThat(scan.counts().rowsRead()).isLessThan(5_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noReferencesReadNothing(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = filled(lake);
            ScanMonitor monitor = TestLake.monitor();

            try (BatchCursor cursor = lake.source().fetch(lake.pin(table), ALL, new long[0], List.of("key"), monitor)) {
                assertThat(cursor.advance()).isFalse();
            }
            assertThat(monitor.counts().bytesRead()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReferenceToAnotherTenantsRowIsRefused(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = filled(lake);
            TableSnapshot snapshot = lake.pin(table);
            List<List<Value>> rows = scanWithReferences(
                    lake, snapshot, new ScanPredicate.Compare("key", CompareOperator.LESS, Value.of(2)));
            long own = number(rows.get(0).get(1));
            long foreign = number(rows.get(1).get(1));

            try (BatchCursor cursor =
                    lake.source().fetch(snapshot, ACME, new long[] {own}, List.of("key"), TestLake.monitor())) {
                assertThat(TestLake.rows(cursor)).containsExactly(List.of(Value.of(0)));
            }
            try (BatchCursor cursor =
                    lake.source().fetch(snapshot, ACME, new long[] {foreign}, List.of("key"), TestLake.monitor())) {
                assertThatExceptionOfType(QueryException.class)
                        .isThrownBy(cursor::advance)
                        .withMessageMatching("Row 1 of file \\d of table 'lake.silver.rows' is not one that this query"
                                + " may read\\.")
                        .satisfies(error -> assertThat(error.code()).isEqualTo(QueryErrorCode.INTERNAL));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReferenceToNoFileIsRefused(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = filled(lake);
            long[] nowhere = {RowReference.of(3, 0)};

            try (BatchCursor cursor =
                    lake.source().fetch(lake.pin(table), ALL, nowhere, List.of("key"), TestLake.monitor())) {
                assertThatExceptionOfType(QueryException.class)
                        .isThrownBy(cursor::advance)
                        .withMessage(
                                "A row reference names file 3 of table 'lake.silver.rows', which has none of that number.");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void rowsAreNotFetchedUnderAPinThatCannotBeChecked(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = filled(lake);
            Pin byExpression = new Pin.Tenant(new MappingExpression.Constant(Value.of("acme")), "acme");

            assertThatExceptionOfType(QueryException.class)
                    .isThrownBy(() -> lake.source()
                            .fetch(lake.pin(table), byExpression, new long[] {0}, List.of("key"), TestLake.monitor()))
                    .withMessage("Rows of table 'lake.silver.rows' cannot be fetched by reference: the expression that"
                            + " names their tenant is more than a column.");
        }
    }
}
