package io.spangraph.iceberg.catalog;

import io.spangraph.model.table.Column;
import io.spangraph.model.table.ColumnType;
import io.spangraph.model.table.ColumnType.Primitive;
import io.spangraph.model.table.TableName;
import io.spangraph.model.table.TableSchema;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Iceberg's types as the types of a mapping. */
public final class ColumnTypes {
    private ColumnTypes() {}

    public static TableSchema schema(TableName name, Schema schema) {
        return new TableSchema(name, columns(schema.columns()));
    }

    private static List<Column> columns(List<Types.NestedField> fields) {
        return fields.stream()
                .map(field -> new Column(field.name(), of(field.type()), field.isRequired()))
                .toList();
    }

    /** Iceberg may add types; one that is not known here is kept by its name, so that an error can say it. */
    public static ColumnType of(Type type) {
        return switch (type.typeId()) {
            case BOOLEAN -> Primitive.BOOLEAN;
            case INTEGER -> Primitive.INT;
            case LONG -> Primitive.LONG;
            case FLOAT -> Primitive.FLOAT;
            case DOUBLE -> Primitive.DOUBLE;
            case STRING -> Primitive.STRING;
            case BINARY, FIXED -> Primitive.BINARY;
            case UUID -> Primitive.UUID;
            case DATE -> Primitive.DATE;
            case TIME -> Primitive.TIME;
            case TIMESTAMP ->
                ((Types.TimestampType) type).shouldAdjustToUTC() ? Primitive.TIMESTAMPTZ : Primitive.TIMESTAMP;
            case DECIMAL ->
                new ColumnType.Decimal(((Types.DecimalType) type).precision(), ((Types.DecimalType) type).scale());
            case STRUCT -> new ColumnType.Struct(columns(type.asStructType().fields()));
            case LIST -> new ColumnType.ListOf(of(type.asListType().elementType()));
            case MAP ->
                new ColumnType.MapOf(
                        of(type.asMapType().keyType()), of(type.asMapType().valueType()));
            case TIMESTAMP_NANO, UNKNOWN, VARIANT, GEOMETRY, GEOGRAPHY -> new ColumnType.Unsupported(type.toString());
        };
    }

    /** Whether values of the later type read as those of the earlier one, as Iceberg's promotions do. */
    public static boolean isSameOrPromoted(ColumnType earlier, ColumnType later) {
        if (earlier instanceof ColumnType.Decimal(int precision, int scale)
                && later instanceof ColumnType.Decimal(int laterPrecision, int laterScale)) {
            return scale == laterScale && laterPrecision >= precision;
        }
        if (earlier instanceof ColumnType.Struct && later instanceof ColumnType.Struct) {
            return true;
        }
        if (earlier instanceof ColumnType.ListOf(ColumnType element)
                && later instanceof ColumnType.ListOf(ColumnType laterElement)) {
            return isSameOrPromoted(element, laterElement);
        }
        if (earlier instanceof ColumnType.MapOf(ColumnType key, ColumnType value)
                && later instanceof ColumnType.MapOf(ColumnType laterKey, ColumnType laterValue)) {
            return isSameOrPromoted(key, laterKey) && isSameOrPromoted(value, laterValue);
        }
        return earlier.equals(later)
                || earlier == Primitive.INT && later == Primitive.LONG
                || earlier == Primitive.FLOAT && later == Primitive.DOUBLE;
    }
}
