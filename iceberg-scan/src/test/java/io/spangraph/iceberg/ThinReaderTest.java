package io.spangraph.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.spangraph.iceberg.TestLake.Scan;
import io.spangraph.iceberg.cache.CacheMode;
import io.spangraph.model.value.Value;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read for an answer: the pages that its rows lie in, and nothing that is in memory already. */
class ThinReaderTest {
    private static final int ROWS = 20_000;
    private static final int PAGE_ROWS = 500;
    private static final Schema SPANS = new Schema(
            Types.NestedField.required(1, "key", Types.LongType.get()),
            Types.NestedField.optional(2, "label", Types.StringType.get()),
            Types.NestedField.optional(3, "payload", Types.StringType.get()),
            Types.NestedField.optional(4, "tags", Types.ListType.ofOptional(5, Types.StringType.get())));
    private static final Map<String, String> SMALL_PAGES =
            Map.of("write.parquet.page-row-limit", Integer.toString(PAGE_ROWS));

    @TempDir
    private Path folder;

    private TestLake lake;

    @BeforeEach
    void open() {
        lake = new TestLake(Catalogs.JDBC.open(folder), ScanSettings.DEFAULTS.withCache(CacheMode.ALL, 64L << 20));
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private TestTable table(Map<String, String> properties) {
        TestTable table = lake.create("spans", SPANS, PartitionSpec.unpartitioned(), properties);
        table.append(LongStream.range(0, ROWS)
                .mapToObj(key -> table.row(key, "label-" + key % 7, "payload of " + key, List.of()))
                .toList());
        return table;
    }

    private static ScanPredicate key(long key) {
        return new ScanPredicate.Compare("key", CompareOperator.EQUAL, Value.of(key));
    }

    @Test
    void aLookUpReadsOnePageOfEachColumn() {
        TestTable table = table(SMALL_PAGES);
        DataFile file = table.table().newScan().planFiles().iterator().next().file();

        Scan scan = lake.scan(table, key(7_777), "key", "label", "payload");

        assertThat(scan.rows())
                .containsExactly(List.of(Value.of(7_777), Value.of("label-0"), Value.of("payload of 7777")));
        assertThat(scan.counts().rowsRead()).isEqualTo(PAGE_ROWS);
        assertThat(scan.counts().reader().pagesRead()).isEqualTo(3);
        assertThat(scan.counts().rowGroupsRead()).isEqualTo(1);
        Scan again = lake.scan(table, key(7_778), "key", "label", "payload");
        assertThat(again.counts().bytesRead()).isPositive().isLessThan(file.fileSizeInBytes() / 10);
    }

    @Test
    void aFetchReadsOnlyThePagesOfItsRows() {
        TestTable table = table(SMALL_PAGES);
        long[] references = {RowReference.of(0, 12_001), RowReference.of(0, 3), RowReference.of(0, 12_001)};
        ScanMonitor monitor = TestLake.monitor();

        try (BatchCursor cursor =
                lake.source().fetch(lake.pin(table), new Pin.All(), references, List.of("payload"), monitor)) {
            assertThat(TestLake.rows(cursor))
                    .containsExactly(
                            List.of(Value.of("payload of 12001")),
                            List.of(Value.of("payload of 3")),
                            List.of(Value.of("payload of 12001")));
        }
        assertThat(monitor.counts().reader().pagesRead()).isEqualTo(2);
        assertThat(monitor.counts().rowsRead()).isEqualTo(2);
    }

    @Test
    void rowGroupsAreReadOrSkippedEachAsOnePart() {
        TestTable table = table(Map.of(
                "write.parquet.row-group-size-bytes", "4096",
                "write.parquet.row-group-check-min-record-count", "100",
                "write.parquet.row-group-check-max-record-count", "100"));
        int groups = table.table()
                .newScan()
                .planFiles()
                .iterator()
                .next()
                .file()
                .splitOffsets()
                .size();
        assertThat(groups).isGreaterThan(10);

        Scan one = lake.scan(table, key(5_000), "payload");
        Scan all = lake.scan(table, ScanPredicate.TRUE, "key");

        assertThat(one.column(0)).containsExactly(Value.of("payload of 5000"));
        assertThat(one.counts().rowGroupsRead()).isEqualTo(1);
        assertThat(one.counts().rowGroupsSkipped()).isEqualTo(groups - 1);
        assertThat(all.column(0))
                .isEqualTo(LongStream.range(0, ROWS).mapToObj(Value::of).toList());
        assertThat(all.counts().rowGroupsRead()).isEqualTo(groups);
        assertThat(all.counts().filesRead()).isEqualTo(1);
    }

    @Test
    void whatTwoScansHaveReadTheThirdFindsInMemory() {
        TestTable table = table(Map.of());

        Scan first = lake.scan(table, ScanPredicate.TRUE, "key", "label");
        lake.scan(table, ScanPredicate.TRUE, "key", "label");
        Scan third = lake.scan(table, ScanPredicate.TRUE, "key", "label");

        assertThat(first.counts().bytesRead()).isPositive();
        assertThat(third.counts().bytesRead()).isZero();
        assertThat(third.rows()).isEqualTo(first.rows()).hasSize(ROWS);
    }

    @Test
    void pagesThatTwoLookUpsHaveReadTheThirdFindsInMemory() {
        TestTable table = table(SMALL_PAGES);
        List<Scan> lookUps = LongStream.range(7_777, 7_780)
                .mapToObj(key -> lake.scan(table, key(key), "key", "payload"))
                .toList();

        assertThat(lookUps)
                .extracting(Scan::rows)
                .containsExactlyElementsOf(LongStream.range(7_777, 7_780)
                        .mapToObj(key -> List.of(List.of(Value.of(key), Value.of("payload of " + key))))
                        .toList());
        assertThat(lookUps).extracting(scan -> pagesInMemory(scan) > 0).containsExactly(false, false, true);
        assertThat(lookUps.getLast().counts().bytesRead())
                .isLessThan(lookUps.getFirst().counts().bytesRead());
    }

    @Test
    void aScanThatPassesByKeepsNoPages() {
        TestTable table = table(SMALL_PAGES);
        for (int i = 0; i < 3; i++) {
            Scan scan = lake.scan(table, ScanPredicate.TRUE, "payload");
            assertThat(scan.rows()).hasSize(ROWS);
            assertThat(scan.counts().reader().caches()).doesNotContainKey("page");
        }
    }

    private static long pagesInMemory(Scan scan) {
        return scan.counts().reader().caches().containsKey("page")
                ? scan.counts().reader().caches().get("page").hits()
                : 0;
    }

    @Test
    void payloadsAreNeverKept() {
        TestTable table = table(Map.of());

        lake.scan(table, ScanPredicate.TRUE, "payload");
        long second = lake.scan(table, ScanPredicate.TRUE, "payload").counts().bytesRead();
        long third = lake.scan(table, ScanPredicate.TRUE, "payload").counts().bytesRead();

        assertThat(third).isEqualTo(second).isPositive();
    }

    @Test
    void repeatedTextsStayCodesOfOneDictionary() {
        TestTable table = lake.create("spans", SPANS);
        table.append(LongStream.range(0, 200_000)
                .mapToObj(key -> table.row(key, "label-" + key % 7, null, null))
                .toList());
        ScanRequest request =
                new ScanRequest(lake.pin(table), new Pin.All(), ScanPredicate.TRUE, List.of("label"), false);
        Map<List<Value>, Integer> rowsByDictionary = new IdentityHashMap<>();

        try (BatchCursor cursor =
                lake.source().open(lake.source().plan(request), RuntimeKeys.NONE, TestLake.monitor())) {
            while (cursor.advance()) {
                RowBatch batch = cursor.batch();
                assertThat(batch.column(0)).isInstanceOf(Vector.DictionaryVector.class);
                Vector.DictionaryVector labels = (Vector.DictionaryVector) batch.column(0);
                assertThat(labels.dictionary()).hasSize(7);
                rowsByDictionary.merge(labels.dictionary(), batch.rowCount(), Integer::sum);
            }
        }

        assertThat(rowsByDictionary.values()).containsExactly(200_000);
    }

    @Test
    void filesWithNestedColumnsAreReadAsRecordsOnlyWhereTheseAreWanted() {
        TestTable table = table(Map.of());

        Scan flat = lake.scan(table, key(1), "label");
        Scan nested = lake.scan(table, key(1), "label", "tags");

        assertThat(flat.counts().reader().thinFiles()).isEqualTo(1);
        assertThat(flat.counts().reader().genericFiles()).isZero();
        assertThat(nested.counts().reader().thinFiles()).isZero();
        assertThat(nested.counts().reader().genericFiles()).isEqualTo(1);
        assertThat(nested.counts().rowGroupsRead()).isEqualTo(1);
        assertThat(nested.rows()).containsExactly(List.of(Value.of("label-1"), Value.of(List.of())));
    }
}
