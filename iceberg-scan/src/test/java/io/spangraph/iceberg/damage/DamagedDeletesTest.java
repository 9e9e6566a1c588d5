package io.spangraph.iceberg.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.iceberg.damage.DamagedTable.Question;
import io.spangraph.model.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;

/**
 * Damaged delete files end a scan with an error, too. A deletion vector has a checksum, so what is wrong in it never shows
 * as a row that comes back; an equality delete is a Parquet file that Iceberg's own reader reads.
 */
class DamagedDeletesTest {
    private static final int STEP = Boolean.getBoolean("full") ? 1 : 7;

    private static DamagedTable table() {
        return new DamagedTable(DamagedTable.layout(WriterVersion.PARQUET_1_0, CompressionCodecName.SNAPPY, true));
    }

    @Test
    void aDamagedDeletionVectorIsAnError() throws IOException {
        try (DamagedTable table = table()) {
            OutputFileFactory outputs = OutputFileFactory.builderFor(table.table(), 1, 1)
                    .format(FileFormat.PUFFIN)
                    .build();
            BaseDVFileWriter writer = new BaseDVFileWriter(outputs, path -> null);
            try (writer) {
                for (long position : new long[] {1, 5, 40}) {
                    writer.delete(
                            table.file().location(), position, table.table().spec(), null);
                }
            }
            DeleteFile vector = writer.result().deleteFiles().getFirst();
            table.table().newRowDelta().addDeletes(vector).commit();
            List<List<Value>> left = new ArrayList<>(DamagedTable.expected());
            left.removeAll(List.of(left.get(1), left.get(5), left.get(40)));
            assertThat(table.ask(Question.WHOLE, "intact")).contains(left);

            byte[] content = table.lake().storage().file(vector.location());
            long from = vector.contentOffset();
            long to = from + vector.contentSizeInBytes();
            for (int position = 0; position < content.length; position += STEP) {
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
    void aDamagedEqualityDeleteEndsTheScanOrDeletesOtherRows() throws IOException {
        try (DamagedTable table = table()) {
            var keys = DamagedTable.SCHEMA.select("id");
            EqualityDeleteWriter<Record> writer = Parquet.writeDeletes(
                            table.table().io().newOutputFile(table.table().location() + "/data/deletes.parquet"))
                    .forTable(table.table())
                    .rowSchema(keys)
                    .createWriterFunc(GenericParquetWriter::create)
                    .equalityFieldIds(3)
                    .overwrite()
                    .buildEqualityWriter();
            try (writer) {
                Record key = GenericRecord.create(keys);
                key.setField("id", "id-7");
                writer.write(key);
            }
            DeleteFile deletes = writer.toDeleteFile();
            RowDelta delta = table.table().newRowDelta();
            delta.addDeletes(deletes).commit();
            List<List<Value>> left = new ArrayList<>(DamagedTable.expected());
            left.remove(7);
            assertThat(table.ask(Question.WHOLE, "intact")).contains(left);

            int errors = 0;
            byte[] content = table.lake().storage().file(deletes.location());
            for (int position = 0; position < content.length; position += STEP) {
                byte[] damaged = content.clone();
                damaged[position] ^= (byte) 0xFF;
                table.lake().storage().put(deletes.location(), damaged);
                Optional<List<List<Value>>> rows = table.ask(Question.WHOLE, "byte " + position + " of the deletes");
                errors += rows.isEmpty() ? 1 : 0;
                assertThat(DamagedTable.expected()).containsAll(rows.orElse(List.of()));
            }
            assertThat(errors).isPositive();

            table.lake().storage().remove(deletes.location());
            assertThat(table.ask(Question.WHOLE, "without the deletes")).isEmpty();
        }
    }
}
