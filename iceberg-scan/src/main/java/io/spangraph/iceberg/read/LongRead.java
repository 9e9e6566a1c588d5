package io.spangraph.iceberg.read;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Reads what Iceberg's generic records hold for integers, dates and times as the long that Iceberg stores. */
public interface LongRead {
    long of(Object value);

    static LongRead of(Type type) {
        return switch (type.typeId()) {
            case INTEGER, LONG -> value -> ((Number) value).longValue();
            case DATE -> value -> ((LocalDate) value).toEpochDay();
            case TIME -> value -> ((LocalTime) value).toNanoOfDay() / 1000;
            case TIMESTAMP ->
                ((Types.TimestampType) type).shouldAdjustToUTC()
                        ? value -> micros(((OffsetDateTime) value).toEpochSecond(), ((OffsetDateTime) value).getNano())
                        : value -> micros(
                                ((LocalDateTime) value).toEpochSecond(ZoneOffset.UTC),
                                ((LocalDateTime) value).getNano());
            default -> throw new IllegalArgumentException("no column of whole numbers: " + type);
        };
    }

    private static long micros(long seconds, int nanos) {
        return seconds * 1_000_000L + nanos / 1000;
    }
}
