package io.spangraph.iceberg.read;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * Whether Iceberg's generic records hold values of the types that the table says. In a file without field ids they may
 * not: a column that was dropped, and added under its name with another type, is found by that name in the old files.
 */
final class HeldTypes {
    private final FileScan scan;
    private final List<NestedField> fields;

    /** @param fields of the records */
    HeldTypes(FileScan scan, List<NestedField> fields) {
        this.scan = scan;
        this.fields = fields;
    }

    /** @throws QueryException if a value is of another type: it would be read as what it is not */
    void require(Record row) {
        for (int i = 0; i < fields.size(); i++) {
            NestedField field = fields.get(i);
            if (!isOf(field.type(), row.get(i))) {
                throw ofOtherType(field);
            }
        }
    }

    private QueryException ofOtherType(NestedField field) {
        String type = field.type().isPrimitiveType()
                ? field.type().toString()
                : field.type().typeId().name().toLowerCase(Locale.ROOT);
        return QueryException.of(
                        QueryErrorCode.STORAGE_CORRUPT,
                        "Column '" + field.name() + "' of table '"
                                + scan.table().name() + "' is of the type " + type
                                + ", but file '" + scan.file().location() + "' holds values of another type under"
                                + " its name.")
                .withHint("Files without field ids are read by the names of their columns: give the column another"
                        + " name, take its name out of the table's name mapping (schema.name-mapping.default), or"
                        + " rewrite the file.");
    }

    private static boolean isOf(Type type, @Nullable Object value) {
        if (value == null) {
            return true;
        }
        return switch (type.typeId()) {
            case BOOLEAN -> value instanceof Boolean;
            case INTEGER, LONG -> value instanceof Integer || value instanceof Long;
            case FLOAT, DOUBLE -> value instanceof Float || value instanceof Double;
            case DECIMAL -> value instanceof BigDecimal;
            case STRING -> value instanceof CharSequence;
            case UUID -> value instanceof UUID;
            case BINARY, FIXED -> value instanceof ByteBuffer || value instanceof byte[];
            case DATE -> value instanceof LocalDate;
            case TIME -> value instanceof LocalTime;
            case TIMESTAMP ->
                ((Types.TimestampType) type).shouldAdjustToUTC()
                        ? value instanceof OffsetDateTime
                        : value instanceof LocalDateTime;
            case LIST ->
                value instanceof List<?> elements && areOf(type.asListType().elementType(), elements);
            case MAP ->
                value instanceof Map<?, ?> entries
                        && areOf(type.asMapType().keyType(), entries.keySet())
                        && areOf(type.asMapType().valueType(), entries.values());
            case STRUCT -> value instanceof StructLike struct && areOf(type.asStructType(), struct);
            // Scans of such columns are refused.
            case TIMESTAMP_NANO, UNKNOWN, VARIANT, GEOMETRY, GEOGRAPHY -> true;
        };
    }

    private static boolean areOf(Type type, Iterable<?> values) {
        for (Object value : values) {
            if (!isOf(type, value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean areOf(Types.StructType type, StructLike struct) {
        List<NestedField> fields = type.fields();
        for (int i = 0; i < fields.size(); i++) {
            if (!isOf(fields.get(i).type(), struct.get(i, Object.class))) {
                return false;
            }
        }
        return true;
    }
}
