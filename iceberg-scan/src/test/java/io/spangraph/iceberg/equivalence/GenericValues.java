package io.spangraph.iceberg.equivalence;

import io.spangraph.model.value.Value;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.data.IdentityPartitionConverters;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.util.DateTimeUtil;
import org.jspecify.annotations.Nullable;

/** Between the values of Iceberg's generic records, those that Iceberg holds inside, and Cypher's. */
final class GenericValues {
    private GenericValues() {}

    /** As generic records hold what Iceberg holds inside as days, microseconds and bytes. */
    static @Nullable Object generic(Type type, @Nullable Object inside) {
        return switch (inside) {
            case null -> null;
            case ByteBuffer bytes when type instanceof Types.FixedType -> bytes(bytes);
            case Long nanos
            when type instanceof Types.TimestampNanoType time ->
                time.shouldAdjustToUTC()
                        ? DateTimeUtil.timestamptzFromNanos(nanos)
                        : DateTimeUtil.timestampFromNanos(nanos);
            default -> IdentityPartitionConverters.convertConstant(type, inside);
        };
    }

    /** What Cypher sees, by the class of the generic value alone. */
    static Value value(@Nullable Object generic) {
        return switch (generic) {
            case null -> Value.NULL;
            case Boolean flag -> Value.of(flag.booleanValue());
            case Integer number -> Value.of(number.longValue());
            case Long number -> Value.of(number.longValue());
            case Float number -> Value.of(number.doubleValue());
            case Double number -> Value.of(number.doubleValue());
            case BigDecimal number -> Value.of(number.doubleValue());
            case CharSequence text -> Value.of(text.toString());
            case UUID id -> Value.of(id.toString());
            case byte[] bytes -> new Value.BytesValue(bytes.clone());
            case ByteBuffer bytes -> new Value.BytesValue(bytes(bytes));
            case LocalDate date -> new Value.DateValue(date);
            case LocalTime time -> new Value.LocalTimeValue(time);
            case LocalDateTime time -> new Value.LocalDateTimeValue(time);
            case OffsetDateTime time -> new Value.DateTimeValue(time.atZoneSameInstant(ZoneOffset.UTC));
            case List<?> list ->
                Value.of(list.stream().map(GenericValues::value).toList());
            case Map<?, ?> map -> {
                Map<String, Value> entries = new LinkedHashMap<>();
                map.forEach((key, value) -> entries.put(String.valueOf(key), value(value)));
                yield new Value.MapValue(entries);
            }
            case Record struct -> {
                Map<String, Value> entries = new LinkedHashMap<>();
                for (NestedField field : struct.struct().fields()) {
                    entries.put(field.name(), value(struct.getField(field.name())));
                }
                yield new Value.MapValue(entries);
            }
            default -> throw new IllegalArgumentException("no value for " + generic.getClass());
        };
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
