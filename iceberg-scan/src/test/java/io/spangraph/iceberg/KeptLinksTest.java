package io.spangraph.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.FileLinks;
import io.spangraph.engine.spi.LinkMaker;
import io.spangraph.engine.spi.LinkedFiles;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.engine.spi.ScanMonitor.CacheUse;
import io.spangraph.engine.spi.ScanParts;
import io.spangraph.engine.spi.ScanPlan;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.engine.spi.ScanRequest;
import io.spangraph.iceberg.cache.CacheMode;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a source keeps of links: for whom they are made, how often, and of which rows. */
class KeptLinksTest {
    private static final Schema ROWS = new Schema(
            Types.NestedField.required(1, "key", Types.LongType.get()),
            Types.NestedField.optional(2, "tenant", Types.StringType.get()));
    private static final Pin ALL = new Pin.All();
    private static final Pin ACME = new Pin.Tenant(new MappingExpression.ColumnPath("tenant", List.of()), "acme");
    private static final int ROWS_OF_A_FILE = 3_000;

    @TempDir
    private Path folder;

    /** @param keys of all rows, in the order in which the maker saw them */
    private record Keys(List<Long> keys, long heapBytes) implements FileLinks {}

    /** Keeps the keys of the rows that it sees. */
    private record KeyMaker(String form, long bytes) implements LinkMaker {
        @Override
        public List<String> columns() {
            return List.of("key");
        }

        @Override
        public long heapBytes(long rows) {
            return bytes;
        }

        @Override
        public Optional<FileLinks> make(ScanParts rows) {
            List<Long> keys = new ArrayList<>();
            for (Optional<BatchCursor> part = rows.next(); part.isPresent(); part = rows.next()) {
                try (BatchCursor cursor = part.get()) {
                    TestLake.rows(cursor).forEach(row -> {
                        assertThat(row).hasSize(2);
                        keys.add(number(row.getFirst()));
                    });
                }
            }
            return Optional.of(new Keys(keys, bytes));
        }
    }

    private static final LinkMaker MAKER = new KeyMaker("keys", 1_000);

    private static long number(Value value) {
        return ((Value.IntegerValue) value).value();
    }

    private TestLake lake(CacheMode mode, long bytes) {
        return new TestLake(Catalogs.IN_MEMORY.open(folder), ScanSettings.DEFAULTS.withCache(mode, bytes));
    }

    /** Files of several row groups whose odd keys belong to globex. */
    private static TestTable filled(TestLake lake, int files) {
        TestTable table = lake.create(
                "rows",
                ROWS,
                PartitionSpec.unpartitioned(),
                Map.of(
                        "format-version", "2",
                        "write.parquet.row-group-size-bytes", "4096",
                        "write.parquet.row-group-check-min-record-count", "100",
                        "write.parquet.row-group-check-max-record-count", "100"));
        for (int file = 0; file < files; file++) {
            append(table, file);
        }
        return table;
    }

    private static void append(TestTable table, int file) {
        long from = (long) file * ROWS_OF_A_FILE;
        table.append(LongStream.range(from, from + ROWS_OF_A_FILE)
                .mapToObj(key -> table.row(key, key % 2 == 0 ? "acme" : "globex"))
                .toList());
    }

    private static ScanPlan plan(TestLake lake, TestTable table, Pin pin) {
        return lake.source().plan(new ScanRequest(lake.pin(table), pin, ScanPredicate.TRUE, List.of("tenant"), true));
    }

    /** What another query is given: the keys of each file; empty if it is to do without. */
    private static Optional<List<List<Long>>> ask(
            TestLake lake, TestTable table, Pin pin, LinkMaker maker, ScanMonitor monitor) {
        return lake.source().links(plan(lake, table, pin), maker, monitor).map(files -> {
            try (LinkedFiles open = files) {
                List<List<Long>> keys = new ArrayList<>();
                for (int i = 0; i < open.count(); i++) {
                    keys.add(((Keys) open.links(i).links().orElseThrow()).keys());
                }
                return keys;
            }
        });
    }

    private static Optional<List<List<Long>>> ask(TestLake lake, TestTable table, Pin pin) {
        return ask(lake, table, pin, MAKER, TestLake.monitor());
    }

    private static CacheUse uses(ScanMonitor monitor) {
        return monitor.counts().reader().caches().getOrDefault("links", new CacheUse(0, 0));
    }

    private static List<Long> keysOf(int file) {
        long from = (long) file * ROWS_OF_A_FILE;
        return LongStream.range(from, from + ROWS_OF_A_FILE).boxed().toList();
    }

    @Test
    void linksAreMadeAtTheSecondUseAndThenKept() {
        try (TestLake lake = lake(CacheMode.ALL, 64 << 20)) {
            TestTable table = filled(lake, 2);
            ScanMonitor second = TestLake.monitor();
            ScanMonitor third = TestLake.monitor();

            assertThat(ask(lake, table, ALL)).isEmpty();
            assertThat(ask(lake, table, ALL, MAKER, second).orElseThrow())
                    .containsExactlyInAnyOrder(keysOf(0), keysOf(1));
            assertThat(ask(lake, table, ALL, MAKER, third).orElseThrow())
                    .containsExactlyInAnyOrder(keysOf(0), keysOf(1));

            assertThat(uses(second)).isEqualTo(new CacheUse(0, 2));
            assertThat(second.counts().bytesRead()).isPositive();
            assertThat(uses(third)).isEqualTo(new CacheUse(2, 0));
            assertThat(third.counts().bytesRead()).isZero();
            // Made in another way of the same column, they are others.
            assertThat(ask(lake, table, ALL, new KeyMaker("other", 1_000), TestLake.monitor()))
                    .isEmpty();
        }
    }

    @Test
    void deletesAndNewFilesLeaveWhatIsKept() {
        try (TestLake lake = lake(CacheMode.ALL, 64 << 20)) {
            TestTable table = filled(lake, 2);
            ask(lake, table, ALL);
            ask(lake, table, ALL);
            table.table()
                    .newRowDelta()
                    .addDeletes(TestDeletes.ofKeys(table, 1L, 2L, 3_001L))
                    .commit();
            append(table, 2);
            ScanMonitor monitor = TestLake.monitor();

            assertThat(lake.scan(table, ScanPredicate.TRUE, "key").rows()).hasSize(3 * ROWS_OF_A_FILE - 3);
            assertThat(ask(lake, table, ALL, MAKER, monitor).orElseThrow())
                    .containsExactlyInAnyOrder(keysOf(0), keysOf(1), keysOf(2));
            assertThat(uses(monitor)).isEqualTo(new CacheUse(2, 1));
        }
    }

    @Test
    void oneTenantIsGivenWhatIsThereAndMakesNothingOfRowsOfOthers() {
        try (TestLake lake = lake(CacheMode.ALL, 64 << 20)) {
            TestTable table = filled(lake, 2);

            for (int i = 0; i < 4; i++) {
                assertThat(ask(lake, table, ACME)).isEmpty();
            }
            assertThat(ask(lake, table, ALL)).isPresent();
            assertThat(ask(lake, table, ACME)).isPresent();
        }
    }

    @Test
    void theModeAndTheBudgetSayWhetherLinksAreKept() {
        for (CacheMode mode : List.of(CacheMode.OFF, CacheMode.METADATA)) {
            try (TestLake lake = lake(mode, 64 << 20)) {
                TestTable table = filled(lake, 1);
                ask(lake, table, ALL);
                assertThat(ask(lake, table, ALL)).isEmpty();
            }
        }
        try (TestLake lake = lake(CacheMode.ALL, 1 << 20)) {
            TestTable table = filled(lake, 1);
            LinkMaker large = new KeyMaker("large", 1 << 20);
            ask(lake, table, ALL, large, TestLake.monitor());
            assertThat(ask(lake, table, ALL, large, TestLake.monitor())).isEmpty();
        }
    }

    @Test
    void ofWantedRowsAScanGivesThoseThatAreThere() {
        try (TestLake lake = lake(CacheMode.ALL, 64 << 20)) {
            TestTable table = filled(lake, 3);
            table.table()
                    .newRowDelta()
                    .addDeletes(TestDeletes.ofKeys(table, 2_998L))
                    .commit();
            long[] wanted = lake
                    .scan(
                            new ScanRequest(lake.pin(table), ALL, ScanPredicate.TRUE, List.of("key"), true),
                            RuntimeKeys.NONE)
                    .rows()
                    .stream()
                    .filter(row -> number(row.getFirst()) > 2_994 && number(row.getFirst()) < 3_002)
                    .mapToLong(row -> number(row.get(1)))
                    .sorted()
                    .toArray();
            assertThat(wanted).hasSize(6);
            ScanRequest request = new ScanRequest(lake.pin(table), ACME, ScanPredicate.TRUE, List.of("key"), false);

            TestLake.Scan some = lake.scan(request, RuntimeKeys.ofRows(wanted));

            assertThat(some.column(0)).containsExactlyInAnyOrder(Value.of(2_996), Value.of(3_000));
            assertThat(some.counts().filesRead()).isEqualTo(2);
        }
    }
}
