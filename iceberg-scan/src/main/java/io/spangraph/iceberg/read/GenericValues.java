package io.spangraph.iceberg.read;

import io.spangraph.model.value.Value;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * Turns what Iceberg's generic records hold into values. Cypher has no decimals and no UUIDs: a decimal becomes the
 * nearest float, a UUID its text; a struct becomes a map by field names, and a map's keys become texts.
 */
public interface GenericValues {
    Value of(Object value);

    static GenericValues of(Type type) {
        return switch (type.typeId()) {
            case BOOLEAN -> value -> Value.of((boolean) (Boolean) value);
            case INTEGER, LONG -> value -> Value.of(((Number) value).longValue());
            case FLOAT, DOUBLE -> value -> Value.of(((Number) value).doubleValue());
            case DECIMAL -> value -> Value.of(((BigDecimal) value).doubleValue());
            case STRING, UUID -> value -> Value.of(value.toString());
            case BINARY, FIXED -> value -> new Value.BytesValue(bytes(value));
            case DATE -> value -> new Value.DateValue((LocalDate) value);
            case TIME -> value -> new Value.LocalTimeValue((LocalTime) value);
            case TIMESTAMP ->
                ((Types.TimestampType) type).shouldAdjustToUTC()
                        ? value -> new Value.DateTimeValue(((OffsetDateTime) value).atZoneSameInstant(ZoneOffset.UTC))
                        : value -> new Value.LocalDateTimeValue((LocalDateTime) value);
            case LIST -> ofList(type.asListType());
            case MAP -> ofMap(type.asMapType());
            case STRUCT -> ofStruct(type.asStructType());
            default -> throw new IllegalArgumentException("no values of type " + type);
        };
    }

    private static Value orNull(GenericValues reader, @Nullable Object value) {
        return value == null ? Value.NULL : reader.of(value);
    }

    private static GenericValues ofList(Types.ListType type) {
        GenericValues element = of(type.elementType());
        return value -> {
            List<Value> elements = new ArrayList<>();
            for (Object item : (List<?>) value) {
                elements.add(orNull(element, item));
            }
            return Value.of(elements);
        };
    }

    private static GenericValues ofMap(Types.MapType type) {
        GenericValues mapped = of(type.valueType());
        return value -> {
            Map<String, Value> entries = new LinkedHashMap<>();
            ((Map<?, ?>) value).forEach((key, item) -> entries.put(String.valueOf(key), orNull(mapped, item)));
            return new Value.MapValue(entries);
        };
    }

    private static GenericValues ofStruct(Types.StructType type) {
        List<NestedField> fields = type.fields();
        List<GenericValues> readers =
                fields.stream().map(field -> of(field.type())).toList();
        return value -> {
            StructLike struct = (StructLike) value;
            Map<String, Value> entries = new LinkedHashMap<>();
            for (int i = 0; i < readers.size(); i++) {
                entries.put(fields.get(i).name(), orNull(readers.get(i), struct.get(i, Object.class)));
            }
            return new Value.MapValue(entries);
        };
    }

    private static byte[] bytes(Object value) {
        if (value instanceof byte[] array) {
            return array.clone();
        }
        ByteBuffer buffer = ((ByteBuffer) value).duplicate();
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(copy);
        return copy;
    }
}
