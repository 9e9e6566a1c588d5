package io.spangraph.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.parquet.Parquet;

/** Writes delete files of tables whose first column is a key of their rows. */
final class TestDeletes {
    private TestDeletes() {}

    /** Deletes the rows with these values in the first column. */
    static DeleteFile ofKeys(TestTable table, long... keys) {
        int id = table.schema().columns().getFirst().fieldId();
        Schema keySchema = table.schema().select(table.schema().findColumnName(id));
        try {
            EqualityDeleteWriter<Record> writer = Parquet.writeDeletes(
                            table.table().io().newOutputFile(table.table().location() + "/data/" + UUID.randomUUID()))
                    .forTable(table.table())
                    .rowSchema(keySchema)
                    .createWriterFunc(GenericParquetWriter::create)
                    .equalityFieldIds(id)
                    .overwrite()
                    .buildEqualityWriter();
            try (writer) {
                for (long key : keys) {
                    Record record = GenericRecord.create(keySchema);
                    record.set(0, key);
                    writer.write(record);
                }
            }
            return writer.toDeleteFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
