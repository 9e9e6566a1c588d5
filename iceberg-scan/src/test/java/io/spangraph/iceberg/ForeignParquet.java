package io.spangraph.iceberg;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.iceberg.io.OutputFile;

/** Parquet as a program that knows nothing of Iceberg writes it: without field ids. */
final class ForeignParquet {
    private ForeignParquet() {}

    /** Writes what a query of DuckDB gives. */
    static void write(OutputFile target, String query) throws IOException, SQLException {
        Path file = Files.createTempFile("foreign", ".parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("copy (" + query + ") to '" + file + "' (format parquet)");
            try (OutputStream copy = target.createOrOverwrite()) {
                Files.copy(file, copy);
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
