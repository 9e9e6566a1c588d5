package io.spangraph.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.engine.spi.ScanRequest;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.engine.spi.SnapshotSet;
import io.spangraph.engine.spi.TableSnapshot;
import io.spangraph.model.value.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which snapshot a query reads, and that it keeps reading it. */
class SnapshotChoiceTest {
    private static final Schema ROWS = new Schema(Types.NestedField.required(1, "key", Types.LongType.get()));

    @TempDir
    private Path folder;

    private static List<Value> keys(TestLake lake, TableSnapshot snapshot) {
        return lake.scan(
                        new ScanRequest(snapshot, new Pin.All(), ScanPredicate.TRUE, List.of("key"), false),
                        RuntimeKeys.NONE)
                .column(0);
    }

    private static long appendOne(TestTable table, long key) {
        table.append(table.row(key));
        return table.table().currentSnapshot().snapshotId();
    }

    @ParameterizedTest
    @EnumSource
    void aTableWithoutASnapshotIsEmpty(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = lake.create("rows", ROWS);

            assertThat(lake.pin(table).snapshotId()).isEmpty();
            assertThat(keys(lake, lake.pin(table))).isEmpty();
            assertThat(lake.pin(table, new SnapshotSelector.Ref("main")).snapshotId())
                    .isEmpty();
            assertThat(lake.pin(table, new SnapshotSelector.AsOf(Instant.now())).snapshotId())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPinnedSnapshotDoesNotSeeLaterRows(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = lake.create("rows", ROWS);
            appendOne(table, 1);
            TableSnapshot before = lake.pin(table);
            appendOne(table, 2);
            TableSnapshot after = lake.pin(table);

            assertThat(keys(lake, before)).containsExactly(Value.of(1));
            assertThat(keys(lake, after)).containsExactlyInAnyOrder(Value.of(1), Value.of(2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsAskedForByNameIsFoundEvenIfItIsNewerThanWhatIsKnown(Catalogs catalogs) {
        try (TestLake lake =
                new TestLake(catalogs.open(folder), ScanSettings.DEFAULTS.withFreshness(Duration.ofHours(1)))) {
            TestTable table = lake.create("rows", ROWS);
            long first = appendOne(table, 1);
            assertThat(lake.pin(table).snapshotId()).hasValue(first);
            long second = appendOne(table, 2);
            assertThat(lake.pin(table).snapshotId()).hasValue(first);

            assertThat(lake.pin(table, new SnapshotSelector.SnapshotId(second)).snapshotId())
                    .hasValue(second);
            table.table().manageSnapshots().createTag("release", first).commit();
            assertThat(lake.pin(table, new SnapshotSelector.Ref("release")).snapshotId())
                    .hasValue(first);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aQueryKeepsTheColumnsThatItBeganWith(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = lake.create("rows", ROWS);
            appendOne(table, 1);
            TableSnapshot before = lake.pin(table);
            table.table().updateSchema().renameColumn("key", "number").commit();
            appendOne(table, 2);
            lake.pin(table);

            assertThat(keys(lake, before)).containsExactly(Value.of(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSnapshotThatNobodyHasIsNamed(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = lake.create("rows", ROWS);

            assertThatExceptionOfType(QueryException.class)
                    .isThrownBy(() -> keys(lake, new TableSnapshot(table.name(), OptionalLong.of(42))))
                    .withMessage("Snapshot 42 of table 'lake.silver.rows' is not there any more.")
                    .satisfies(error -> assertThat(error.code()).isEqualTo(QueryErrorCode.STORAGE_UNAVAILABLE));
        }
    }

    @ParameterizedTest
    @EnumSource
    void travelsInTimeByIdTimeTagAndBranch(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = lake.create("rows", ROWS);
            long first = appendOne(table, 1);
            Instant firstCommit =
                    Instant.ofEpochMilli(table.table().snapshot(first).timestampMillis());
            long second = appendOne(table, 2);
            table.table()
                    .manageSnapshots()
                    .createTag("audit", first)
                    .createBranch("wip", second)
                    .commit();

            assertThat(keys(lake, lake.pin(table, new SnapshotSelector.SnapshotId(first))))
                    .containsExactly(Value.of(1));
            assertThat(keys(lake, lake.pin(table, new SnapshotSelector.Ref("audit"))))
                    .containsExactly(Value.of(1));
            assertThat(keys(lake, lake.pin(table, new SnapshotSelector.Ref("wip"))))
                    .hasSize(2);
            assertThat(keys(lake, lake.pin(table, new SnapshotSelector.Ref("main"))))
                    .hasSize(2);
            assertThat(lake.pin(table, new SnapshotSelector.AsOf(firstCommit.minusMillis(1)))
                            .snapshotId())
                    .isEmpty();
            assertThat(lake.pin(table, new SnapshotSelector.AsOf(Instant.now().plusSeconds(60)))
                            .snapshotId())
                    .isEqualTo(OptionalLong.of(second));
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsOldSnapshotsByTheColumnsOfToday(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = lake.create("rows", ROWS);
            long first = appendOne(table, 1);
            table.table()
                    .updateSchema()
                    .renameColumn("key", "number")
                    .addColumn("extra", Types.StringType.get())
                    .commit();

            assertThat(lake.scan(
                                    new ScanRequest(
                                            lake.pin(table, new SnapshotSelector.SnapshotId(first)),
                                            new Pin.All(),
                                            ScanPredicate.TRUE,
                                            List.of("number", "extra"),
                                            false),
                                    RuntimeKeys.NONE)
                            .rows())
                    .containsExactly(List.of(Value.of(1), Value.NULL));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anIdOfOneTableReadsTheOthersAsOfItsCommit(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable spans = lake.create("spans", ROWS);
            TestTable traces = lake.create("traces", ROWS);
            long spansFirst = appendOne(spans, 1);
            org.awaitility.Awaitility.await()
                    .until(() -> System.currentTimeMillis()
                            > spans.table().currentSnapshot().timestampMillis());
            appendOne(traces, 1);

            SnapshotSet set =
                    lake.source().pin(Set.of(spans.name(), traces.name()), new SnapshotSelector.SnapshotId(spansFirst));

            assertThat(set.of(spans.name()).snapshotId()).isEqualTo(OptionalLong.of(spansFirst));
            assertThat(set.of(traces.name()).snapshotId()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesWhatIsNotThere(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = lake.create("rows", ROWS);
            long first = appendOne(table, 1);
            table.table().manageSnapshots().createTag("audit", first).commit();

            assertThatExceptionOfType(QueryException.class)
                    .isThrownBy(() -> lake.pin(table, new SnapshotSelector.Ref("audti")))
                    .withMessage("Table 'lake.silver.rows' has no branch or tag 'audti'.")
                    .satisfies(error -> assertThat(error.hint().orElseThrow())
                            .startsWith("It has: audit, main. Did you mean 'audit'?"))
                    .satisfies(error -> assertThat(error.code()).isEqualTo(QueryErrorCode.ARGUMENT_ERROR));
            assertThatExceptionOfType(QueryException.class)
                    .isThrownBy(() -> lake.pin(table, new SnapshotSelector.SnapshotId(42)))
                    .withMessage("No table has a snapshot 42; the tables are 'lake.silver.rows'.");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTimeBeforeExpiredSnapshotsIsRefused(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = lake.create("rows", ROWS);
            long first = appendOne(table, 1);
            Instant firstCommit =
                    Instant.ofEpochMilli(table.table().snapshot(first).timestampMillis());
            appendOne(table, 2);
            table.table().expireSnapshots().expireSnapshotId(first).commit();

            assertThatExceptionOfType(QueryException.class)
                    .isThrownBy(() -> lake.pin(table, new SnapshotSelector.AsOf(firstCommit.minusSeconds(1))))
                    .withMessageStartingWith("Table 'lake.silver.rows' has no snapshot as old as ");
        }
    }

    /** A catalog in memory keeps answering for tables that it has dropped. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "IN_MEMORY")
    void aTableThatWasDroppedIsNamedAndOneMadeAgainIsRead(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = lake.create("rows", ROWS);
            appendOne(table, 1);
            lake.pin(table);
            TableIdentifier identifier = TableIdentifier.of(TestLake.NAMESPACE, "rows");
            lake.catalog().dropTable(identifier, false);

            assertThatExceptionOfType(QueryException.class)
                    .isThrownBy(() -> lake.pin(table))
                    .withMessage(
                            "Table 'lake.silver.rows' does not exist any more: its catalog 'lake' does not list it.")
                    .satisfies(error -> assertThat(error.code()).isEqualTo(QueryErrorCode.SCHEMA_CHANGED));
            assertThat(lake.source().table(table.name())).isEmpty();

            TestTable again = lake.create("rows", ROWS);
            appendOne(again, 7);
            assertThat(keys(lake, lake.pin(again))).containsExactly(Value.of(7));

            lake.catalog().dropTable(identifier, false);
            TestTable third = lake.create("rows", ROWS);
            appendOne(third, 8);
            assertThat(keys(lake, lake.pin(third))).containsExactly(Value.of(8));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStateThatIsFreshEnoughIsNotAskedForAgain(Catalogs catalogs) {
        ScanSettings settings = ScanSettings.DEFAULTS.withFreshness(Duration.ofHours(1));
        try (TestLake lake = new TestLake(catalogs.open(folder), settings)) {
            TestTable table = lake.create("rows", ROWS);
            appendOne(table, 1);
            TableSnapshot before = lake.pin(table);
            appendOne(table, 2);

            assertThat(lake.pin(table)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void listsTheTablesBesideAWrongName(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            lake.create("spans", ROWS);
            lake.create("traces", ROWS);

            assertThat(lake.source().table(TestLake.name("spams"))).isEmpty();
            assertThat(lake.source().neighbours(TestLake.name("spams"))).containsExactly("spans", "traces");
        }
    }
}
