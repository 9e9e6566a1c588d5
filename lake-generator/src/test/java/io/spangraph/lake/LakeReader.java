package io.spangraph.lake;

import io.spangraph.iceberg.catalog.LocalFileIO;
import io.spangraph.lake.table.LakeTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.jdbc.JdbcCatalog;

/**
 * Opens a written lake as a stranger would: by its catalog, and with SQL over the files that Iceberg names. Beside each
 * table there is a view of its column chunks.
 */
final class LakeReader implements AutoCloseable {

    private final JdbcCatalog catalog = new JdbcCatalog();
    private final Connection duckdb;

    LakeReader(Path directory) throws SQLException {
        catalog.initialize(
                LakeTables.CATALOG_NAME,
                Map.of(
                        "uri",
                        "jdbc:sqlite:" + SampleLake.catalogFile(directory),
                        "warehouse",
                        "unused",
                        "io-impl",
                        LocalFileIO.class.getName(),
                        "jdbc.schema-version",
                        "V1"));
        duckdb = DriverManager.getConnection("jdbc:duckdb:");
        for (String table : LakeTables.names()) {
            String files = locations(table(table).newScan()).stream()
                    .map(file -> "'" + file + "'")
                    .collect(Collectors.joining(", "));
            try (Statement statement = duckdb.createStatement()) {
                statement.execute("create view " + table + " as select * from read_parquet([" + files
                        + "], filename = true, file_row_number = true, hive_partitioning = false)");
                statement.execute(
                        "create view " + table + "_chunks as select * from parquet_metadata([" + files + "])");
            }
        }
    }

    Table table(String name) {
        return catalog.loadTable(TableIdentifier.of("silver", name));
    }

    static List<String> locations(TableScan scan) {
        List<String> locations = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
            tasks.forEach(task -> locations.add(task.file().location()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return locations;
    }

    /** The one number that a query answers. */
    long number(String sql) throws SQLException {
        try (Statement statement = duckdb.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** The first column of all rows. */
    List<String> texts(String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = duckdb.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    @Override
    public void close() throws SQLException {
        duckdb.close();
        catalog.close();
    }
}
