package io.spangraph.iceberg.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.iceberg.damage.DamagedTable.Question;
import io.spangraph.iceberg.damage.FileMap.Region;
import io.spangraph.model.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Damaged delete files end a scan with an error, too, and bring no row back: a deletion vector has a checksum, and so
 * have the pages of the Parquet files of other deletes, which Iceberg's own reader reads.
 */
@Execution(ExecutionMode.CONCURRENT)
class DamagedDeletesTest {
    private static final int STEP = Boolean.getBoolean("full") ? 1 : 7;

    private static final int[] FLIPS = {0xFF, 0x01};
    private static final List<Integer> DELETED = List.of(1, 5, 40, 41, 42, 70);

    private static DamagedTable table(int formatVersion) {
        return new DamagedTable(
                DamagedTable.layout(WriterVersion.PARQUET_1_0, CompressionCodecName.SNAPPY, true), formatVersion);
    }

    @Test
    void aDamagedDeletionVectorIsAnError() throws IOException {
        try (DamagedTable table = table(3)) {
            OutputFileFactory outputs = OutputFileFactory.builderFor(table.table(), 1, 1)
                    .format(FileFormat.PUFFIN)
                    .build();
            BaseDVFileWriter writer = new BaseDVFileWriter(outputs, path -> null);
            try (writer) {
                for (int row : DELETED) {
                    writer.delete(table.file().location(), row, table.table().spec(), null);
                }
            }
            DeleteFile vector = writer.result().deleteFiles().getFirst();
            table.table().newRowDelta().addDeletes(vector).commit();
            table.lake().forget();
            List<List<Value>> left = left();
            assertThat(table.ask(Question.WHOLE, "intact")).contains(left);

            byte[] content = table.lake().storage().file(vector.location());
            long from = vector.contentOffset();
            long to = from + vector.contentSizeInBytes();
            for (int position = 0; position < content.length; position++) {
                byte[] damaged = content.clone();
                damaged[position] ^= (byte) 0x41;
                table.lake().storage().put(vector.location(), damaged);
                Optional<List<List<Value>>> rows = table.ask(Question.WHOLE, "byte " + position + " of the vector");
                if (position >= from && position < to) {
                    assertThat(rows).as("byte %s of the vector", position).isEmpty();
                } else {
                    assertThat(rows).as("byte %s beside the vector", position).contains(left);
                }
            }

            table.lake().storage().remove(vector.location());
            assertThat(table.ask(Question.WHOLE, "without the vector")).isEmpty();
        }
    }

    @Test
    void damagedPagesOfEqualityDeletesBringNoRowBack() throws IOException {
        try (DamagedTable table = table(3)) {
            var keys = DamagedTable.SCHEMA.select("id");
            EqualityDeleteWriter<Record> writer = Parquet.writeDeletes(output(table))
                    .forTable(table.table())
                    .rowSchema(keys)
                    .createWriterFunc(GenericParquetWriter::create)
                    .equalityFieldIds(3)
                    .overwrite()
                    .buildEqualityWriter();
            try (writer) {
                for (int row : DELETED) {
                    Record key = GenericRecord.create(keys);
                    key.setField("id", "id-" + row);
                    writer.write(key);
                }
            }
            assertNoRowComesBack(table, writer.toDeleteFile());
        }
    }

    @Test
    void damagedPagesOfPositionDeletesBringNoRowBack() throws IOException {
        try (DamagedTable table = table(2)) {
            PositionDeleteWriter<Record> writer = Parquet.writeDeletes(output(table))
                    .forTable(table.table())
                    .createWriterFunc(GenericParquetWriter::create)
                    .rowSchema(null)
                    .overwrite()
                    .buildPositionWriter();
            try (writer) {
                for (int row : DELETED) {
                    PositionDelete<Record> delete = PositionDelete.create();
                    writer.write(delete.set(table.file().location(), row));
                }
            }
            assertNoRowComesBack(table, writer.toDeleteFile());
        }
    }

    private static OutputFile output(DamagedTable table) {
        return table.table().io().newOutputFile(table.table().location() + "/data/deletes.parquet");
    }

    /** Only what is wrong in the footer, which has no checksum, may show. */
    private static void assertNoRowComesBack(DamagedTable table, DeleteFile deletes) {
        table.table().newRowDelta().addDeletes(deletes).commit();
        table.lake().forget();
        List<List<Value>> left = left();
        assertThat(table.ask(Question.WHOLE, "intact")).contains(left);

        byte[] content = table.lake().storage().file(deletes.location());
        FileMap map = FileMap.of(content);
        Map<Region, Integer> errors = new EnumMap<>(Region.class);
        List<String> wrong = new ArrayList<>();
        for (int position = 0; position < content.length; position += STEP) {
            Region region = map.at(position).region();
            for (int flip : FLIPS) {
                byte[] damaged = content.clone();
                damaged[position] ^= (byte) flip;
                table.lake().storage().put(deletes.location(), damaged);
                String what = "byte " + position + " ^ " + flip + " of " + region;
                Optional<List<List<Value>>> rows = table.ask(Question.WHOLE, what);
                if (rows.isEmpty()) {
                    errors.merge(region, 1, Integer::sum);
                } else if (region == Region.FOOTER) {
                    assertThat(DamagedTable.expected()).as(what).containsAll(rows.get());
                } else if (!rows.get().equals(left)) {
                    wrong.add(what + ": " + rows.get().size() + " rows instead of " + left.size());
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(errors).containsKeys(Region.PAGE, Region.PAGE_HEADER, Region.FOOTER);

        table.lake().storage().remove(deletes.location());
        assertThat(table.ask(Question.WHOLE, "without the deletes")).isEmpty();
    }

    private static List<List<Value>> left() {
        List<List<Value>> left = new ArrayList<>(DamagedTable.expected());
        DELETED.forEach(row -> left.remove(DamagedTable.expected().get(row)));
        return left;
    }
}
