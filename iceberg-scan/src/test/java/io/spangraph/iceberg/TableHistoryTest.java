package io.spangraph.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.engine.spi.ScanRequest;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.engine.spi.TableSnapshot;
import io.spangraph.model.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One table through a long life: all three versions of the format, several partition specs and sort orders, every kind of
 * deletes, and columns that come and go. In the end each of its snapshots is read as it was.
 */
class TableHistoryTest {
    private static final Schema ROWS = new Schema(
            Types.NestedField.required(1, "key", Types.LongType.get()),
            Types.NestedField.optional(2, "text", Types.StringType.get()),
            Types.NestedField.optional(3, "region", Types.StringType.get()),
            Types.NestedField.optional(4, "day", Types.DateType.get()));

    @TempDir
    private Path folder;

    /** The keys that each snapshot has. */
    private final Map<Long, SortedSet<Long>> states = new TreeMap<>();

    private final SortedSet<Long> alive = new TreeSet<>();

    private void remember(TestTable table) {
        table.table().refresh();
        states.put(table.table().currentSnapshot().snapshotId(), new TreeSet<>(alive));
    }

    private DataFile append(TestTable table, long from, long to, String region) {
        List<Record> rows = LongStream.range(from, to)
                .mapToObj(key -> {
                    Record row = GenericRecord.create(table.schema());
                    row.setField("key", key);
                    row.setField("text", "text-" + key);
                    if (table.schema().findField("region") != null) {
                        row.setField("region", region);
                    }
                    row.setField("day", java.time.LocalDate.of(2026, 11, (int) (1 + key / 1000)));
                    return row;
                })
                .toList();
        DataFile file = table.append(rows);
        LongStream.range(from, to).forEach(alive::add);
        remember(table);
        return file;
    }

    private static String location(TestTable table) {
        return table.table().location() + "/data/" + UUID.randomUUID() + ".parquet";
    }

    private void deletePositions(TestTable table, DataFile file, long first, long... positions) throws IOException {
        PositionDeleteWriter<Record> writer = Parquet.writeDeletes(
                        table.table().io().newOutputFile(location(table)))
                .forTable(table.table())
                .withSpec(table.table().specs().get(file.specId()))
                .withPartition(file.partition())
                .createWriterFunc(GenericParquetWriter::create)
                .rowSchema(null)
                .overwrite()
                .buildPositionWriter();
        try (writer) {
            for (long position : positions) {
                PositionDelete<Record> delete = PositionDelete.create();
                writer.write(delete.set(file.location(), position));
                alive.remove(first + position);
            }
        }
        table.table().newRowDelta().addDeletes(writer.toDeleteFile()).commit();
        remember(table);
    }

    private void deleteKeys(TestTable table, long... keys) throws IOException {
        Schema keySchema = ROWS.select("key");
        EqualityDeleteWriter<Record> writer = Parquet.writeDeletes(
                        table.table().io().newOutputFile(location(table)))
                .forTable(table.table())
                .withSpec(table.table().specs().get(0))
                .rowSchema(keySchema)
                .createWriterFunc(GenericParquetWriter::create)
                .equalityFieldIds(1)
                .overwrite()
                .buildEqualityWriter();
        try (writer) {
            for (long key : keys) {
                Record record = GenericRecord.create(keySchema);
                record.set(0, key);
                writer.write(record);
                alive.remove(key);
            }
        }
        table.table().newRowDelta().addDeletes(writer.toDeleteFile()).commit();
        remember(table);
    }

    private void deleteByVector(TestTable table, DataFile file, long first, long... positions) throws IOException {
        table.table().refresh();
        OutputFileFactory outputs = OutputFileFactory.builderFor(table.table(), 1, 1)
                .format(FileFormat.PUFFIN)
                .build();
        BaseDVFileWriter writer = new BaseDVFileWriter(outputs, path -> null);
        try (writer) {
            for (long position : positions) {
                writer.delete(file.location(), position, table.table().specs().get(file.specId()), file.partition());
                alive.remove(first + position);
            }
        }
        RowDelta delta = table.table().newRowDelta();
        writer.result().deleteFiles().forEach(delta::addDeletes);
        delta.commit();
        remember(table);
    }

    /** The life of the table, up to its last snapshot. */
    private TestTable live(TestLake lake) throws IOException {
        TestTable table = lake.create("rows", ROWS, PartitionSpec.unpartitioned(), Map.of("format-version", "1"));
        DataFile plain = append(table, 0, 300, "north");
        table.table().updateSpec().addField("region").commit();
        table.table().replaceSortOrder().asc("key").commit();
        append(table, 1000, 1300, "north");
        append(table, 2000, 2100, "south");
        table.table()
                .newDelete()
                .deleteFromRowFilter(Expressions.equal("region", "south"))
                .commit();
        LongStream.range(2000, 2100).forEach(alive::remove);
        remember(table);

        table.table().updateProperties().set("format-version", "2").commit();
        table.table()
                .updateSpec()
                .removeField("region")
                .addField(Expressions.bucket("key", 4))
                .commit();
        table.table().replaceSortOrder().desc("text").commit();
        append(table, 3000, 3001, "west");
        deletePositions(table, plain, 0, 0, 7, 299);
        deleteKeys(table, 8, 1001, 3000);
        append(table, 3000, 3001, "west");

        table.table()
                .updateSpec()
                .removeField("key_bucket_4")
                .addField(Expressions.month("day"))
                .commit();
        table.table().updateSchema().deleteColumn("region").commit();
        table.table().updateSchema().addColumn("note", Types.StringType.get()).commit();
        append(table, 4000, 4200, "none");

        table.table().updateProperties().set("format-version", "3").commit();
        DataFile last = append(table, 5000, 5100, "none");
        deleteByVector(table, last, 5000, 0, 50, 99);
        // A vector takes the place of all position deletes of its file.
        deleteByVector(table, plain, 0, 0, 5, 7, 299);
        deleteKeys(table, 4100, 5001);
        return table;
    }

    private static List<Long> keys(List<List<Value>> rows) {
        return rows.stream()
                .map(row -> row.getFirst() instanceof Value.IntegerValue(long key) ? key : -1L)
                .sorted()
                .toList();
    }

    private static ScanRequest request(TableSnapshot snapshot, ScanPredicate predicate, boolean references) {
        return new ScanRequest(snapshot, new Pin.All(), predicate, List.of("key", "text", "note"), references);
    }

    @ParameterizedTest
    @EnumSource
    void eachSnapshotIsReadAsItWas(Catalogs catalogs) throws IOException {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = live(lake);

            assertThat(states).hasSizeGreaterThan(12);
            for (Map.Entry<Long, SortedSet<Long>> state : states.entrySet()) {
                TableSnapshot snapshot = lake.pin(table, new SnapshotSelector.SnapshotId(state.getKey()));
                TestLake.Scan whole = lake.scan(request(snapshot, ScanPredicate.TRUE, false), RuntimeKeys.NONE);
                assertThat(keys(whole.rows()))
                        .as("snapshot %d", state.getKey())
                        .isEqualTo(List.copyOf(state.getValue()));
                assertThat(whole.rows())
                        .allSatisfy(row -> assertThat(row.get(1))
                                .isEqualTo(Value.of("text-" + ((Value.IntegerValue) row.getFirst()).value())));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void conditionsPruneEachFileByItsOwnSpec(Catalogs catalogs) throws IOException {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = live(lake);
            List<ScanPredicate> conditions = new ArrayList<>();
            for (long key : List.of(7L, 8L, 299L, 1005L, 1007L, 3000L, 4100L, 5050L, 5051L)) {
                conditions.add(new ScanPredicate.Compare("key", CompareOperator.EQUAL, Value.of(key)));
                conditions.add(new ScanPredicate.Compare("key", CompareOperator.GREATER_OR_EQUAL, Value.of(key)));
            }
            for (Map.Entry<Long, SortedSet<Long>> state : states.entrySet()) {
                TableSnapshot snapshot = lake.pin(table, new SnapshotSelector.SnapshotId(state.getKey()));
                for (ScanPredicate condition : conditions) {
                    ScanPredicate.Compare compare = (ScanPredicate.Compare) condition;
                    long key = ((Value.IntegerValue) compare.value()).value();
                    List<Long> expected = state.getValue().stream()
                            .filter(other -> compare.operator() == CompareOperator.EQUAL ? other == key : other >= key)
                            .toList();
                    TestLake.Scan scan = lake.scan(request(snapshot, condition, false), RuntimeKeys.NONE);
                    assertThat(keys(scan.rows()))
                            .as("%s of snapshot %d", condition, state.getKey())
                            .isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void rowsOfAllKindsOfFilesAreFetched(Catalogs catalogs) throws IOException {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TableSnapshot snapshot = lake.pin(live(lake));
            TestLake.Scan found = lake.scan(request(snapshot, ScanPredicate.TRUE, true), RuntimeKeys.NONE);
            long[] references = found.column(3).stream()
                    .mapToLong(value -> value instanceof Value.IntegerValue(long reference) ? reference : -1)
                    .toArray();

            try (BatchCursor cursor = lake.source()
                    .fetch(snapshot, new Pin.All(), references, List.of("text", "key"), TestLake.monitor())) {
                assertThat(TestLake.rows(cursor))
                        .isEqualTo(found.rows().stream()
                                .map(row -> List.of(row.get(1), row.get(0)))
                                .toList());
            }
            assertThat(references).hasSize(alive.size());
        }
    }
}
