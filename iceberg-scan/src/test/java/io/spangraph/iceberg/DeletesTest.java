package io.spangraph.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RowReference;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.engine.spi.ScanRequest;
import io.spangraph.iceberg.TestLake.Scan;
import io.spangraph.model.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deleted rows are gone, in whichever of Iceberg's ways they were deleted. */
class DeletesTest {
    private static final Schema ROWS = new Schema(
            Types.NestedField.required(1, "key", Types.LongType.get()),
            Types.NestedField.optional(2, "text", Types.StringType.get()));

    @TempDir
    private Path folder;

    private static TestTable table(TestLake lake, String version) {
        return lake.create("rows", ROWS, PartitionSpec.unpartitioned(), Map.of("format-version", version));
    }

    private static DataFile appendKeys(TestTable table, long from, long to) {
        return table.append(LongStream.range(from, to)
                .mapToObj(key -> table.row(key, "text-" + key))
                .toList());
    }

    private static void deletePositions(TestTable table, DataFile file, long... positions) throws IOException {
        PositionDeleteWriter<Record> writer = Parquet.writeDeletes(
                        table.table().io().newOutputFile(table.table().location() + "/data/" + UUID.randomUUID()))
                .forTable(table.table())
                .createWriterFunc(GenericParquetWriter::create)
                .rowSchema(null)
                .overwrite()
                .buildPositionWriter();
        try (writer) {
            for (long position : positions) {
                PositionDelete<Record> delete = PositionDelete.create();
                writer.write(delete.set(file.location(), position));
            }
        }
        table.table().newRowDelta().addDeletes(writer.toDeleteFile()).commit();
    }

    private static void deleteKeys(TestTable table, long... keys) throws IOException {
        Schema keySchema = ROWS.select("key");
        EqualityDeleteWriter<Record> writer = Parquet.writeDeletes(
                        table.table().io().newOutputFile(table.table().location() + "/data/" + UUID.randomUUID()))
                .forTable(table.table())
                .rowSchema(keySchema)
                .createWriterFunc(GenericParquetWriter::create)
                .equalityFieldIds(1)
                .overwrite()
                .buildEqualityWriter();
        try (writer) {
            for (long key : keys) {
                Record record = org.apache.iceberg.data.GenericRecord.create(keySchema);
                record.set(0, key);
                writer.write(record);
            }
        }
        table.table().newRowDelta().addDeletes(writer.toDeleteFile()).commit();
    }

    private static void deleteByVector(TestTable table, DataFile file, long... positions) throws IOException {
        table.table().refresh();
        OutputFileFactory files = OutputFileFactory.builderFor(table.table(), 1, 1)
                .format(org.apache.iceberg.FileFormat.PUFFIN)
                .build();
        BaseDVFileWriter writer = new BaseDVFileWriter(files, path -> null);
        try (writer) {
            for (long position : positions) {
                writer.delete(file.location(), position, table.table().spec(), null);
            }
        }
        RowDelta delta = table.table().newRowDelta();
        for (DeleteFile written : writer.result().deleteFiles()) {
            delta.addDeletes(written);
        }
        delta.commit();
    }

    private static void assertKeys(TestLake lake, TestTable table, long... keys) throws IOException {
        Scan scan = lake.scan(table, ScanPredicate.TRUE, "key");
        assertThat(scan.column(0))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.of(keys).mapToObj(Value::of).toList());
        table.table().refresh();
        try (CloseableIterable<Record> oracle =
                IcebergGenerics.read(table.table()).build()) {
            assertThat(oracle)
                    .extracting(row -> row.getField("key"))
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.of(keys).<Object>mapToObj(key -> key).toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void positionDeletes(Catalogs catalogs) throws IOException {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = table(lake, "2");
            DataFile first = appendKeys(table, 0, 5);
            appendKeys(table, 5, 8);

            deletePositions(table, first, 0, 3);

            assertKeys(lake, table, 1, 2, 4, 5, 6, 7);
            Scan one = lake.scan(
                    table, new ScanPredicate.Compare("key", CompareOperator.LESS_OR_EQUAL, Value.of(3)), "text");
            assertThat(one.column(0)).containsExactly(Value.of("text-1"), Value.of("text-2"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void equalityDeletesSpareRowsThatCameLater(Catalogs catalogs) throws IOException {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = table(lake, "2");
            appendKeys(table, 0, 5);
            deleteKeys(table, 1, 4);
            appendKeys(table, 4, 6);

            assertKeys(lake, table, 0, 2, 3, 4, 5);
            // The deletes compare a column that the scan does not ask for.
            assertThat(lake.scan(table, ScanPredicate.TRUE, "text").column(0))
                    .containsExactlyInAnyOrder(
                            Value.of("text-0"),
                            Value.of("text-2"),
                            Value.of("text-3"),
                            Value.of("text-4"),
                            Value.of("text-5"));
            assertThat(lake.scan(table, ScanPredicate.TRUE).rows()).hasSize(5).containsOnly(List.of());
        }
    }

    @ParameterizedTest
    @EnumSource
    void deletionVectors(Catalogs catalogs) throws IOException {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = table(lake, "3");
            DataFile first = appendKeys(table, 0, 5);
            appendKeys(table, 5, 8);

            deleteByVector(table, first, 1, 2);

            assertKeys(lake, table, 0, 3, 4, 5, 6, 7);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTableThatWasUpgradedHasDeletesOfBothKinds(Catalogs catalogs) throws IOException {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = table(lake, "2");
            DataFile first = appendKeys(table, 0, 5);
            deletePositions(table, first, 0);
            deleteKeys(table, 4);
            table.table().updateProperties().set("format-version", "3").commit();
            DataFile second = appendKeys(table, 10, 15);
            deleteByVector(table, second, 0, 4);

            assertKeys(lake, table, 1, 2, 3, 11, 12, 13);
        }
    }

    @ParameterizedTest
    @EnumSource
    void referencesNameThePositionInTheFile(Catalogs catalogs) throws IOException {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = table(lake, "2");
            DataFile file = appendKeys(table, 0, 5);
            deletePositions(table, file, 0, 3);
            ScanRequest request =
                    new ScanRequest(lake.pin(table), new Pin.All(), ScanPredicate.TRUE, List.of("key"), true);

            Scan scan = lake.scan(request, RuntimeKeys.NONE);

            assertThat(scan.rows())
                    .containsExactly(
                            List.of(Value.of(1), Value.of(RowReference.of(0, 1))),
                            List.of(Value.of(2), Value.of(RowReference.of(0, 2))),
                            List.of(Value.of(4), Value.of(RowReference.of(0, 4))));
        }
    }
}
