package io.spangraph.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.ScanPlan;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.engine.spi.ScanRequest;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.engine.spi.TableSnapshot;
import io.spangraph.iceberg.TestLake.Scan;
import io.spangraph.model.value.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables with many files: what is not read again after a commit, and what happens beyond {@code scan.max-files}. */
class LargeTableTest {
    private static final Schema ROWS = new Schema(
            Types.NestedField.required(1, "key", Types.LongType.get()),
            Types.NestedField.optional(2, "text", Types.StringType.get()));

    @TempDir
    private Path folder;

    private static ScanPredicate below(long key) {
        return new ScanPredicate.Compare("key", CompareOperator.LESS, Value.of(key));
    }

    private static List<Long> keys(long from, long to) {
        return java.util.stream.LongStream.range(from, to).boxed().toList();
    }

    /** Ten files of two rows. */
    private static TestTable tenFiles(TestLake lake) {
        TestTable table = lake.create("rows", ROWS, PartitionSpec.unpartitioned(), Map.of("format-version", "2"));
        for (long key = 0; key < 20; key += 2) {
            table.append(table.row(key, "text-" + key), table.row(key + 1, "text-" + (key + 1)));
        }
        return table;
    }

    private static List<Long> keysOf(Scan scan) {
        return scan.column(0).stream()
                .map(value -> value instanceof Value.IntegerValue(long key) ? key : -1L)
                .sorted()
                .toList();
    }

    /** Fast appends leave the manifests of earlier ones as they are, and here these are gone by then. */
    @Test
    void afterAnAppendOnlyItsOwnManifestIsRead() throws Exception {
        try (TestLake lake = new TestLake(Catalogs.JDBC.open(folder))) {
            TestTable table = tenFiles(lake);
            assertThat(keysOf(lake.scan(table, ScanPredicate.TRUE, "key"))).isEqualTo(keys(0, 20));
            for (var manifest :
                    table.table().currentSnapshot().allManifests(table.table().io())) {
                Files.delete(Path.of(manifest.path()));
            }
            table.table()
                    .newFastAppend()
                    .appendFile(table.write(List.of(table.row(20L, "new"))))
                    .commit();

            assertThat(keysOf(lake.scan(table, ScanPredicate.TRUE, "key"))).isEqualTo(keys(0, 21));
        }
    }

    @ParameterizedTest
    @EnumSource
    void beyondTheLimitEachQueryPlansByItsConditions(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder), ScanSettings.DEFAULTS.withMaxFilesPerTable(4))) {
            TestTable table = tenFiles(lake);

            Scan scan = lake.scan(table, below(5), "key", "text");

            assertThat(keysOf(scan)).isEqualTo(keys(0, 5));
            assertThat(scan.counts().filesRead()).isEqualTo(3);
            assertThat(scan.plan().readsManifests()).isTrue();
            assertThatExceptionOfType(QueryException.class)
                    .isThrownBy(() -> lake.scan(table, below(9), "key"))
                    .withMessage("The query would read more than 4 data files of table 'lake.silver.rows'"
                            + " (scan.max-files).")
                    .satisfies(error -> assertThat(error.code()).isEqualTo(QueryErrorCode.SCAN_LIMIT));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSnapshotThatIsTooHeavyForTheCacheIsPlannedByEachQuery(Catalogs catalogs) {
        ScanSettings defaults = ScanSettings.DEFAULTS;
        ScanSettings small = new ScanSettings(
                defaults.freshness(),
                1000,
                defaults.maxFilesPerTable(),
                defaults.cacheMode(),
                defaults.cacheBytes(),
                defaults.coalesceGapBytes());
        try (TestLake lake = new TestLake(catalogs.open(folder), small)) {
            TestTable table = tenFiles(lake);
            Scan first = lake.scan(table, ScanPredicate.TRUE, "key");
            table.append(table.row(20L, "new"));
            Scan second = lake.scan(table, ScanPredicate.TRUE, "key");

            assertThat(keysOf(first)).isEqualTo(keys(0, 20));
            assertThat(keysOf(second)).isEqualTo(keys(0, 21));
            assertThat(first.plan().readsManifests()).isTrue();
            assertThat(second.plan().readsManifests()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void beyondTheLimitReferencesStillNameTheirRows(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder), ScanSettings.DEFAULTS.withMaxFilesPerTable(4))) {
            TestTable table = tenFiles(lake);
            TableSnapshot snapshot = lake.pin(table);
            List<ScanPlan> held = new ArrayList<>();

            for (long key : List.of(17L, 3L, 9L)) {
                Scan found = lake.scan(
                        new ScanRequest(
                                snapshot,
                                new Pin.All(),
                                new ScanPredicate.Compare("key", CompareOperator.EQUAL, Value.of(key)),
                                List.of("key"),
                                true),
                        RuntimeKeys.NONE);
                held.add(found.plan());
                long reference = found.column(1).getFirst() instanceof Value.IntegerValue(long row) ? row : -1;
                try (BatchCursor cursor = lake.source()
                        .fetch(snapshot, new Pin.All(), new long[] {reference}, List.of("text"), TestLake.monitor())) {
                    assertThat(TestLake.rows(cursor)).containsExactly(List.of(Value.of("text-" + key)));
                }
            }
            assertThat(held).hasSize(3).allMatch(ScanPlan::readsManifests);
        }
    }

    @ParameterizedTest
    @EnumSource
    void beyondTheLimitReferencesToTooManyFilesAreRefused(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder), ScanSettings.DEFAULTS.withMaxFilesPerTable(4))) {
            TestTable table = tenFiles(lake);
            TableSnapshot snapshot = lake.pin(table);
            ScanPlan first =
                    lake.source().plan(new ScanRequest(snapshot, new Pin.All(), below(8), List.of("key"), true));
            ScanRequest second = new ScanRequest(
                    snapshot,
                    new Pin.All(),
                    new ScanPredicate.Compare("key", CompareOperator.GREATER_OR_EQUAL, Value.of(18)),
                    List.of("key"),
                    true);

            assertThatExceptionOfType(QueryException.class)
                    .isThrownBy(() -> lake.source().plan(second))
                    .withMessage("Running queries refer to rows of more than 4 data files of table 'lake.silver.rows'"
                            + " (scan.max-files).");
            assertThat(first.estimate().files()).isEqualTo(4);
        }
    }

    /** Iceberg filters old snapshots by the names that columns had then. */
    @ParameterizedTest
    @EnumSource
    void beyondTheLimitOldSnapshotsAreFilteredByTheColumnsOfToday(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder), ScanSettings.DEFAULTS.withMaxFilesPerTable(10))) {
            TestTable table = tenFiles(lake);
            table.append(table.row(20L, "twenty"));
            long old = table.table().currentSnapshot().snapshotId();
            table.table().updateSchema().renameColumn("key", "number").commit();
            table.table()
                    .updateSchema()
                    .addColumn("key", Types.StringType.get())
                    .commit();
            table.table().newDelete().deleteFile(tableFile(table)).commit();
            TableSnapshot snapshot = lake.pin(table, new SnapshotSelector.SnapshotId(old));

            assertThatExceptionOfType(QueryException.class)
                    .as("no condition of today is one of then")
                    .isThrownBy(() -> lake.scan(
                            new ScanRequest(
                                    snapshot,
                                    new Pin.All(),
                                    new ScanPredicate.Compare("number", CompareOperator.LESS, Value.of(5)),
                                    List.of("number"),
                                    false),
                            RuntimeKeys.NONE))
                    .satisfies(error -> assertThat(error.code()).isEqualTo(QueryErrorCode.SCAN_LIMIT));
            assertThat(keysOf(lake.scan(
                            new ScanRequest(
                                    snapshot,
                                    new Pin.All(),
                                    new ScanPredicate.Compare("text", CompareOperator.EQUAL, Value.of("twenty")),
                                    List.of("number"),
                                    false),
                            RuntimeKeys.NONE)))
                    .containsExactly(20L);
        }
    }

    private static org.apache.iceberg.DataFile tableFile(TestTable table) {
        try (var tasks = table.table().newScan().planFiles()) {
            return tasks.iterator().next().file();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
