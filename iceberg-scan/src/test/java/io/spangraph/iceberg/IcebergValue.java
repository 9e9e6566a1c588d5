package io.spangraph.iceberg;

import io.spangraph.model.value.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a field of Iceberg's generic records means as a value, by its class alone. */
final class IcebergValue {
    private IcebergValue() {}

    static Value of(@Nullable Object field) {
        return switch (field) {
            case null -> Value.NULL;
            case Boolean flag -> Value.of(flag.booleanValue());
            case Integer number -> Value.of(number.longValue());
            case Long number -> Value.of(number.longValue());
            case Float number -> Value.of(number.doubleValue());
            case Double number -> Value.of(number.doubleValue());
            case BigDecimal number -> Value.of(number.doubleValue());
            case String text -> Value.of(text);
            case UUID id -> Value.of(id.toString());
            case LocalDate date -> new Value.DateValue(date);
            case LocalTime time -> new Value.LocalTimeValue(time);
            case LocalDateTime time -> new Value.LocalDateTimeValue(time);
            case OffsetDateTime time -> new Value.DateTimeValue(time.atZoneSameInstant(ZoneOffset.UTC));
            case List<?> list -> Value.of(list.stream().map(IcebergValue::of).toList());
            default -> throw new IllegalArgumentException("no value for " + field.getClass());
        };
    }
}
