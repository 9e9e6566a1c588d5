package io.spangraph.iceberg.equivalence;

import io.spangraph.engine.spi.RowReference;
import io.spangraph.model.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;

/** The rows of plain files by DuckDB. */
final class DuckDbRows implements AutoCloseable {
    private final Path copy;
    private final Connection connection;

    DuckDbRows(Path folder) throws SQLException {
        this.copy = folder.resolve("equivalence.parquet");
        this.connection = DriverManager.getConnection("jdbc:duckdb:");
    }

    /** Compares each file that DuckDB can read whole, and says how many those were. */
    int check(RandomTable table, List<GenericRows.Row> rows) {
        Schema schema = table.table().schema();
        if (schema.columns().stream().anyMatch(field -> !field.type().isPrimitiveType())) {
            return 0;
        }
        List<String> paths = GenericRows.paths(table.table());
        TreeMap<Integer, List<GenericRows.Row>> byFile = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> RowReference.fileOrdinal(row.reference()), TreeMap::new, Collectors.toList()));
        int checked = 0;
        try (Statement statement = connection.createStatement()) {
            statement.execute("set timezone = 'UTC'");
            for (var file : byFile.entrySet()) {
                Files.write(copy, table.lake().storage().file(paths.get(file.getKey())));
                checked += checkFile(statement, schema, file.getValue());
            }
        } catch (SQLException e) {
            throw new AssertionError("DuckDB does not start", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return checked;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private int checkFile(Statement statement, Schema schema, List<GenericRows.Row> rows) {
        List<String> columns = new ArrayList<>();
        try (ResultSet described =
                statement.executeQuery("select name from parquet_schema('" + copy + "') where num_children is null")) {
            while (described.next()) {
                columns.add(described.getString(1));
            }
        } catch (SQLException e) {
            return 0;
        }
        columns.removeIf(column -> !isComparable(schema.findType(column)));
        String selected = columns.stream()
                .map(column -> select(column, schema.findType(column)))
                .collect(Collectors.joining(", "));
        List<List<Value>> found = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(
                "select " + (selected.isEmpty() ? "1" : selected) + " from '" + copy + "' order by file_row_number")) {
            while (result.next()) {
                List<Value> values = new ArrayList<>();
                for (int i = 0; i < columns.size(); i++) {
                    values.add(value(result.getObject(i + 1), schema.findType(columns.get(i))));
                }
                found.add(values);
            }
        } catch (SQLException e) {
            // Not every encoding of every type is DuckDB's.
            return 0;
        }
        List<List<Value>> expected = rows.stream()
                .map(row -> columns.stream().map(row::value).toList())
                .toList();
        EquivalenceCheck.assertSame("read by DuckDB " + columns, found, expected);
        return 1;
    }

    /** DuckDB has other bounds for times, and no fixed bytes. */
    private static boolean isComparable(@Nullable Type type) {
        return type != null && type.typeId() != Type.TypeID.TIMESTAMP_NANO;
    }

    private static String select(String column, Type type) {
        return switch (type.typeId()) {
            case TIMESTAMP -> "epoch_us(" + column + ")";
            case TIME -> "epoch_us(" + column + "::time)";
            case DATE -> "epoch_us(" + column + "::timestamp) // 86400000000";
            case UUID -> column + "::varchar";
            case DECIMAL -> column + "::varchar";
            case FIXED, BINARY -> "hex(" + column + ")";
            default -> column;
        };
    }

    private static Value value(@Nullable Object found, Type type) {
        if (found == null) {
            return Value.NULL;
        }
        return switch (type.typeId()) {
            case TIMESTAMP -> {
                long micros = ((Number) found).longValue();
                LocalDateTime time = LocalDateTime.ofEpochSecond(
                        Math.floorDiv(micros, 1_000_000L),
                        (int) Math.floorMod(micros, 1_000_000L) * 1000,
                        ZoneOffset.UTC);
                yield ((org.apache.iceberg.types.Types.TimestampType) type).shouldAdjustToUTC()
                        ? new Value.DateTimeValue(time.atZone(ZoneOffset.UTC))
                        : new Value.LocalDateTimeValue(time);
            }
            case TIME -> new Value.LocalTimeValue(LocalTime.ofNanoOfDay(((Number) found).longValue() * 1000));
            case DATE -> new Value.DateValue(LocalDate.ofEpochDay(((Number) found).longValue()));
            case DECIMAL -> Value.of(new BigDecimal(found.toString()).doubleValue());
            case FIXED, BINARY -> new Value.BytesValue(java.util.HexFormat.of().parseHex(found.toString()));
            default -> GenericValues.value(found);
        };
    }
}
