package io.spangraph.iceberg.plan;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.iceberg.catalog.ColumnTypes;
import io.spangraph.iceberg.catalog.TableState;
import io.spangraph.model.DidYouMean;
import io.spangraph.model.table.Column;
import io.spangraph.model.table.ColumnType;
import io.spangraph.model.table.TableSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.iceberg.types.Types.NestedField;

/**
 * The columns of a table as a query may use them: they are there, and of the type that the mapping was checked for. What
 * was found right stays so, as the state of the table does: each column is checked once for all queries that keep this.
 * Safe for use by many threads.
 */
public final class TableColumns {
    private final TableState table;
    private final Optional<TableSchema> validated;
    private final TableSchema schema;
    private final Map<String, NestedField> checked = new ConcurrentHashMap<>();
    private final Set<String> readable = ConcurrentHashMap.newKeySet();

    /** @param validated the columns that the mapping was checked against, where it was */
    public TableColumns(TableState table, Optional<TableSchema> validated) {
        this.table = table;
        this.validated = validated;
        this.schema = ColumnTypes.schema(table.name(), table.schema());
    }

    public TableState table() {
        return table;
    }

    /** All columns, as the types of a mapping. */
    public TableSchema schema() {
        return schema;
    }

    /** The column, for a condition. */
    public NestedField field(String name) {
        NestedField known = checked.get(name);
        if (known != null) {
            return known;
        }
        NestedField field = find(name);
        checked.put(name, field);
        return field;
    }

    private NestedField find(String name) {
        NestedField field = table.schema().asStruct().field(name);
        if (field == null) {
            throw gone(name);
        }
        ColumnType now = ColumnTypes.of(field.type());
        validated
                .flatMap(schema -> schema.column(name))
                .map(Column::type)
                .filter(before -> !ColumnTypes.isSameOrPromoted(before, now))
                .ifPresent(before -> {
                    throw QueryException.of(
                                    QueryErrorCode.SCHEMA_CHANGED,
                                    "Column '" + name + "' of table '" + table.name() + "' is of type " + text(now)
                                            + "; it was " + text(before) + " when the mapping was checked.")
                            .withHint(
                                    "Load graph.yaml again, so that the mapping is checked against the table of today.");
                });
        return field;
    }

    /** The column, to be read. */
    public NestedField readable(String name) {
        NestedField field = field(name);
        if (readable.contains(name)) {
            return field;
        }
        unsupported(ColumnTypes.of(field.type())).findFirst().ifPresent(type -> {
            throw QueryException.of(
                            QueryErrorCode.UNSUPPORTED,
                            "Column '" + name + "' of table '" + table.name() + "' has the type " + type
                                    + ", which cannot be read.")
                    .withHint("Leave the column out of the mapping, or give the table a column of another type.");
        });
        readable.add(name);
        return field;
    }

    private QueryException gone(String name) {
        List<String> present =
                table.schema().columns().stream().map(NestedField::name).toList();
        return QueryException.of(
                        QueryErrorCode.SCHEMA_CHANGED,
                        "Table '" + table.name() + "' has no column '" + name + "' any more.")
                .withHint(
                        "It was dropped or renamed after the mapping was checked. Correct graph.yaml and load it again."
                                + DidYouMean.hint(name, present));
    }

    private static Stream<String> unsupported(ColumnType type) {
        return switch (type) {
            case ColumnType.Unsupported(String name) -> Stream.of(name);
            case ColumnType.ListOf(ColumnType element) -> unsupported(element);
            case ColumnType.MapOf(ColumnType key, ColumnType value) ->
                Stream.concat(unsupported(key), unsupported(value));
            case ColumnType.Struct(List<Column> fields) -> fields.stream().flatMap(field -> unsupported(field.type()));
            case ColumnType.Primitive primitive -> Stream.empty();
            case ColumnType.Decimal decimal -> Stream.empty();
        };
    }

    private static String text(ColumnType type) {
        return switch (type) {
            case ColumnType.Primitive primitive -> primitive.name().toLowerCase(java.util.Locale.ROOT);
            case ColumnType.Decimal(int precision, int scale) -> "decimal(" + precision + ", " + scale + ")";
            case ColumnType.ListOf list -> "list";
            case ColumnType.MapOf map -> "map";
            case ColumnType.Struct struct -> "struct";
            case ColumnType.Unsupported(String name) -> name;
        };
    }
}
