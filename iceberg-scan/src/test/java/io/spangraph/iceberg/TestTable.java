package io.spangraph.iceberg;

import io.spangraph.model.table.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.Parquet;
import org.jspecify.annotations.Nullable;

/** A table of a test and what fills it. */
record TestTable(TableName name, Table table) {

    Schema schema() {
        return table.schema();
    }

    /** A record by the values of the table's columns, in their order. */
    Record row(@Nullable Object... values) {
        Record row = GenericRecord.create(table.schema());
        for (int i = 0; i < values.length; i++) {
            row.set(i, values[i]);
        }
        return row;
    }

    /** Commits the rows as one file, all of one partition. */
    DataFile append(Record... rows) {
        return append(List.of(rows));
    }

    DataFile append(List<Record> rows) {
        DataFile file = write(rows);
        table.newAppend().appendFile(file).commit();
        return file;
    }

    /** Commits several files at once, each of one partition. */
    void appendFiles(List<List<Record>> files) {
        AppendFiles append = table.newAppend();
        files.forEach(rows -> append.appendFile(write(rows)));
        append.commit();
    }

    /** Writes a file without committing it. */
    DataFile write(List<Record> rows) {
        String folder = table.location() + "/data/" + UUID.randomUUID() + ".parquet";
        OutputFile output = table.io().newOutputFile(folder);
        PartitionKey partition = new PartitionKey(table.spec(), table.schema());
        if (!rows.isEmpty()) {
            partition.partition(new InternalRecordWrapper(table.schema().asStruct()).wrap(rows.getFirst()));
        }
        try {
            DataWriter<Record> writer = Parquet.writeData(output)
                    .forTable(table)
                    .createWriterFunc(GenericParquetWriter::create)
                    .withPartition(partition)
                    .overwrite()
                    .build();
            try (writer) {
                rows.forEach(writer::write);
            }
            return writer.toDataFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file as another writer may have left it: without bounds. */
    static DataFile withoutStatistics(Table table, DataFile file) {
        return DataFiles.builder(table.spec())
                .withPath(file.location())
                .withFormat(file.format())
                .withFileSizeInBytes(file.fileSizeInBytes())
                .withRecordCount(file.recordCount())
                .withPartition(file.partition())
                .build();
    }
}
