package io.spangraph.acceptance;

import io.spangraph.model.value.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The data files of a lake as DuckDB views, all rows or those of one tenant. A generated lake is only ever appended to,
 * so every data file is live.
 */
final class DuckDbLake implements AutoCloseable {
    private static final List<String> TABLES =
            List.of("pg_tenants", "pg_agents", "pg_traces", "pg_spans", "pg_child_of_edges");
    private static final Pattern PARAMETER = Pattern.compile("\\$([a-z]+)");

    private final Connection connection;

    DuckDbLake(Path lake, Optional<String> tenant) throws SQLException, IOException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            statement.execute("set memory_limit = '2GB'");
            for (String table : TABLES) {
                String where =
                        tenant.map(name -> " where tenant_id = '" + name + "'").orElse("");
                statement.execute(
                        "create view " + table + " as select * from read_parquet(" + files(lake, table) + ")" + where);
            }
        }
    }

    private static String files(Path lake, String table) throws IOException {
        try (Stream<Path> files =
                Files.walk(lake.resolve("warehouse/silver").resolve(table).resolve("data"))) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .map(file -> "'" + file + "'")
                    .sorted()
                    .collect(Collectors.joining(", ", "[", "]"));
        }
    }

    /** The first column of the first row, as text. */
    String single(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            if (!result.next()) {
                throw new IllegalStateException("no row for " + sql);
            }
            return result.getString(1);
        }
    }

    /** Rows as canonical texts, see {@link #canonical}. */
    List<String> rows(String sql, Map<String, String> parameters) throws SQLException {
        List<String> values = new ArrayList<>();
        Matcher matcher = PARAMETER.matcher(sql);
        while (matcher.find()) {
            values.add(parameters.get(matcher.group(1)));
        }
        try (PreparedStatement statement = connection.prepareStatement(matcher.replaceAll("?"))) {
            for (int i = 0; i < values.size(); i++) {
                statement.setString(i + 1, values.get(i));
            }
            try (ResultSet result = statement.executeQuery()) {
                return texts(result);
            }
        }
    }

    /** Rows as typed values; parameters too. */
    Rows rowsOf(String sql, Map<String, Value> parameters) throws SQLException {
        Matcher matcher = PARAMETER.matcher(sql);
        List<Value> values = new ArrayList<>();
        while (matcher.find()) {
            values.add(parameters.get(matcher.group(1)));
        }
        try (PreparedStatement statement = connection.prepareStatement(matcher.replaceAll("?"))) {
            for (int i = 0; i < values.size(); i++) {
                switch (values.get(i)) {
                    case Value.StringValue(String text) -> statement.setString(i + 1, text);
                    case Value.IntegerValue(long number) -> statement.setLong(i + 1, number);
                    default -> throw new IllegalArgumentException("no parameter of SQL: " + values.get(i));
                }
            }
            try (ResultSet result = statement.executeQuery()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    columns.add(result.getMetaData().getColumnName(i));
                }
                List<List<Value>> rows = new ArrayList<>();
                while (result.next()) {
                    List<Value> row = new ArrayList<>();
                    for (int i = 1; i <= columns.size(); i++) {
                        row.add(value(result.getObject(i)));
                    }
                    rows.add(row);
                }
                return new Rows(columns, rows);
            }
        }
    }

    private static Value value(@org.jspecify.annotations.Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> Value.NULL;
            case Boolean flag -> Value.of(flag);
            case Byte number -> Value.of(number.longValue());
            case Short number -> Value.of(number.longValue());
            case Integer number -> Value.of(number.longValue());
            case Long number -> Value.of(number);
            case BigInteger number -> Value.of(number.longValueExact());
            case Double number -> Value.of(number);
            case String text -> Value.of(text);
            case LocalDate date -> new Value.DateValue(date);
            case Array array -> {
                List<Value> elements = new ArrayList<>();
                for (Object element : (Object[]) array.getArray()) {
                    elements.add(value(element));
                }
                yield Value.of(elements);
            }
            default -> throw new IllegalStateException("cast this in the SQL: " + value.getClass());
        };
    }

    private static List<String> texts(ResultSet result) throws SQLException {
        int width = result.getMetaData().getColumnCount();
        List<String> rows = new ArrayList<>();
        while (result.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= width; i++) {
                row.add(canonical(result.getObject(i)));
            }
            rows.add(String.join(" | ", row));
        }
        return rows;
    }

    /** A value as a text that does not depend on the engine: numbers without trailing zeros and to 12 digits. */
    static String canonical(@org.jspecify.annotations.Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> "null";
            case Double number -> canonical(new BigDecimal(number));
            case Float number -> canonical(new BigDecimal(number.toString()));
            case BigDecimal number ->
                number.round(new MathContext(12)).stripTrailingZeros().toPlainString();
            case Number number -> canonical(new BigDecimal(number.toString()));
            case Array array -> canonical(Arrays.asList((Object[]) array.getArray()));
            case List<?> list -> {
                List<String> elements = new ArrayList<>();
                for (Object element : list) {
                    elements.add(canonical(element));
                }
                yield elements.toString();
            }
            default -> value.toString();
        };
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
