package io.spangraph.bench.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.parquet.Parquet;

/** Writes tables that are small enough to be written whole; one that was left without its files gets them the next time. */
final class TableFiles {
    private static final Map<String, String> PROPERTIES =
            Map.of(TableProperties.FORMAT_VERSION, "2", TableProperties.PARQUET_COMPRESSION, "zstd");

    private final JdbcCatalog catalog;
    private final Namespace namespace;

    TableFiles(JdbcCatalog catalog, String namespace) {
        this.catalog = catalog;
        this.namespace = Namespace.of(namespace);
    }

    /** Whether a table has its rows. */
    boolean holds(String table) {
        return catalog.tableExists(TableIdentifier.of(namespace, table))
                && table(table).currentSnapshot() != null;
    }

    Table table(String name) {
        return catalog.loadTable(TableIdentifier.of(namespace, name));
    }

    /** The table, which is made if it does not exist. */
    Table create(String name, Schema schema, PartitionSpec spec, SortOrder order) {
        if (!catalog.namespaceExists(namespace)) {
            catalog.createNamespace(namespace);
        }
        TableIdentifier identifier = TableIdentifier.of(namespace, name);
        return catalog.tableExists(identifier)
                ? catalog.loadTable(identifier)
                : catalog.buildTable(identifier, schema)
                        .withPartitionSpec(spec)
                        .withSortOrder(order)
                        .withProperties(PROPERTIES)
                        .create();
    }

    /** Writes one file of a table; it replaces one of that name. */
    static DataFile write(Table table, Optional<PartitionData> partition, String name, Stream<Object[]> rows) {
        String path = partition
                .map(values -> table.locationProvider().newDataLocation(table.spec(), values, name))
                .orElseGet(() -> table.locationProvider().newDataLocation(name));
        DataWriter<Record> writer = writer(table, partition, path);
        try (writer) {
            rows.forEach(values -> writer.write(row(table.schema(), values)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + path, e);
        }
        return writer.toDataFile();
    }

    private static DataWriter<Record> writer(Table table, Optional<PartitionData> partition, String path) {
        try {
            Parquet.DataWriteBuilder builder = Parquet.writeData(table.io().newOutputFile(path))
                    .forTable(table)
                    .withSortOrder(table.sortOrder())
                    .createWriterFunc(GenericParquetWriter::create)
                    .overwrite();
            return partition.map(builder::withPartition).orElse(builder).build();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + path, e);
        }
    }

    private static Record row(Schema schema, Object[] values) {
        GenericRecord row = GenericRecord.create(schema);
        for (int i = 0; i < values.length; i++) {
            row.set(i, values[i]);
        }
        return row;
    }
}
