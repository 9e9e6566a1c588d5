package io.spangraph.lake.table;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.Parquet;

/** Writes the one file that a table has in a bucket, row by row in the order they come. */
final class RowWriter implements Closeable {

    private final Table table;
    private final DataWriter<Record> writer;
    private GenericRecord row;
    private int column;

    private RowWriter(Table table, DataWriter<Record> writer) {
        this.table = table;
        this.writer = writer;
        this.row = GenericRecord.create(table.schema());
    }

    /** Opens the file of a bucket; tables without buckets have bucket 0 only. */
    static RowWriter open(Table table, int bucket) {
        PartitionSpec spec = table.spec();
        PartitionData partition = new PartitionData(spec.partitionType());
        if (spec.isPartitioned()) {
            partition.set(0, bucket);
        }
        String name = String.format(Locale.ROOT, "%05d.parquet", bucket);
        OutputFile file = table.io().newOutputFile(table.locationProvider().newDataLocation(spec, partition, name));
        try {
            DataWriter<Record> writer = Parquet.writeData(file)
                    .forTable(table)
                    .withPartition(partition)
                    .withSortOrder(table.sortOrder())
                    .createWriterFunc(GenericParquetWriter::create)
                    .build();
            return new RowWriter(table, writer);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create " + file.location(), e);
        }
    }

    /** Gives the next column of the row its value. */
    RowWriter put(Object value) {
        row.set(column++, value);
        return this;
    }

    RowWriter put(Optional<?> value) {
        value.ifPresent(present -> row.set(column, present));
        column++;
        return this;
    }

    RowWriter put(OptionalLong value) {
        value.ifPresent(present -> row.set(column, present));
        column++;
        return this;
    }

    /** Writes the row; the columns that were not reached stay null. */
    void endRow() {
        writer.write(row);
        row = GenericRecord.create(table.schema());
        column = 0;
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot finish a file of " + table.name(), e);
        }
    }

    /** What the table has to be told about the closed file. */
    DataFile dataFile() {
        return writer.toDataFile();
    }
}
