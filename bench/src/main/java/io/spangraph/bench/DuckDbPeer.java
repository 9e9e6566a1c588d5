package io.spangraph.bench;

import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * DuckDB in this process, over the same Parquet files, with its metadata cache on. Every column of every row is fetched,
 * as on our side. Statements with a parameter are prepared once and kept, as a careful client does.
 */
final class DuckDbPeer implements AutoCloseable {
    private static final String FILES = "files";

    private final Connection connection;
    private final Duration limit;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    /**
     * Opens it with nothing in memory.
     *
     * @param limit after which a question is cancelled
     */
    DuckDbPeer(int threads, long memoryBytes, Duration limit) throws SQLException {
        this.limit = limit;
        connection = DriverManager.getConnection("jdbc:duckdb:");
        execute("set threads = " + threads);
        execute("set memory_limit = '" + (memoryBytes >> 20) + "MiB'");
        execute("set parquet_metadata_cache = true");
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What a question is asked of: files, or a table in memory that holds the columns it needs. */
    sealed interface Input {
        /** Data files by the names that stand for them in questions: {@code files} for the spans. */
        record Parquet(Map<String, List<String>> paths) implements Input {
            static Parquet of(List<String> spans) {
                return new Parquet(Map.of(FILES, spans));
            }

            private String filled(String sql) {
                String text = sql;
                for (Map.Entry<String, List<String>> table : paths.entrySet()) {
                    text = text.replace(
                            "{" + table.getKey() + "}",
                            table.getValue().stream()
                                    .map(path -> "'" + path.replace("'", "''") + "'")
                                    .collect(Collectors.joining(", ", "[", "]")));
                }
                return text;
            }
        }

        /** A table that was made before. */
        record InMemory(String table) implements Input {}

        /** The text of a question over this input. */
        default String fill(String sql) {
            return switch (this) {
                case Parquet parquet -> parquet.filled(sql);
                case InMemory(String table) -> sql.replace("read_parquet({" + FILES + "})", table);
            };
        }
    }

    /** The answer to one form of a question; the key is empty where the question has none. */
    List<List<@Nullable Object>> run(SqlTwin.Form form, Input input, String key) throws SQLException {
        String sql = input.fill(form.sql()).replace("{key}", key.replace("'", "''"));
        if (!sql.contains("?")) {
            try (Statement statement = connection.createStatement()) {
                return limited(statement, () -> statement.executeQuery(sql));
            }
        }
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        statement.setString(1, key);
        return limited(statement, statement::executeQuery);
    }

    /** Starts a statement. */
    private interface Start {
        ResultSet run() throws SQLException;
    }

    private List<List<@Nullable Object>> limited(Statement statement, Start start) throws SQLException {
        Future<?> end = watch.schedule(
                () -> {
                    statement.cancel();
                    return true;
                },
                limit.toMillis(),
                TimeUnit.MILLISECONDS);
        try (ResultSet result = start.run()) {
            return rows(result);
        } finally {
            end.cancel(false);
        }
    }

    /** Forgets what was prepared for a row that is done. */
    void forget() throws SQLException {
        for (PreparedStatement statement : prepared.values()) {
            statement.close();
        }
        prepared.clear();
    }

    private static List<List<@Nullable Object>> rows(ResultSet result) throws SQLException {
        int width = result.getMetaData().getColumnCount();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        while (result.next()) {
            @Nullable Object[] row = new Object[width];
            for (int i = 0; i < width; i++) {
                Object value = result.getObject(i + 1);
                row[i] = value instanceof Array list ? Arrays.asList((Object[]) list.getArray()) : value;
            }
            rows.add(Collections.unmodifiableList(Arrays.asList(row)));
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        watch.shutdownNow();
        forget();
        connection.close();
    }
}
