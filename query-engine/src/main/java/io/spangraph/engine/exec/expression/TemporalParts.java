package io.spangraph.engine.exec.expression;

import io.spangraph.model.value.Value;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalField;
import java.util.Map;
import java.util.Optional;

/** The components of temporal values, as in {@code d.year}. */
final class TemporalParts {
    private static final Map<String, TemporalField> FIELDS = Map.ofEntries(
            Map.entry("year", ChronoField.YEAR),
            Map.entry("quarter", IsoFields.QUARTER_OF_YEAR),
            Map.entry("month", ChronoField.MONTH_OF_YEAR),
            Map.entry("week", IsoFields.WEEK_OF_WEEK_BASED_YEAR),
            Map.entry("weekYear", IsoFields.WEEK_BASED_YEAR),
            Map.entry("day", ChronoField.DAY_OF_MONTH),
            Map.entry("dayOfWeek", ChronoField.DAY_OF_WEEK),
            Map.entry("weekDay", ChronoField.DAY_OF_WEEK),
            Map.entry("dayOfQuarter", IsoFields.DAY_OF_QUARTER),
            Map.entry("ordinalDay", ChronoField.DAY_OF_YEAR),
            Map.entry("hour", ChronoField.HOUR_OF_DAY),
            Map.entry("minute", ChronoField.MINUTE_OF_HOUR),
            Map.entry("second", ChronoField.SECOND_OF_MINUTE),
            Map.entry("millisecond", ChronoField.MILLI_OF_SECOND),
            Map.entry("microsecond", ChronoField.MICRO_OF_SECOND),
            Map.entry("nanosecond", ChronoField.NANO_OF_SECOND));

    private TemporalParts() {}

    /** The component, null when the value has none of that name; empty when the value is not temporal at all. */
    static Optional<Value> part(Value value, String name) {
        return switch (value) {
            case Value.DateTimeValue dateTime -> Optional.of(zonedPart(dateTime.value(), name));
            case Value.DateValue date -> Optional.of(field(date.value(), name));
            case Value.LocalDateTimeValue dateTime -> Optional.of(field(dateTime.value(), name));
            case Value.LocalTimeValue time -> Optional.of(field(time.value(), name));
            case Value.TimeValue time -> Optional.of(field(time.value(), name));
            case Value.DurationValue duration -> Optional.of(durationPart(duration, name));
            case Value other -> Optional.empty();
        };
    }

    private static Value zonedPart(ZonedDateTime dateTime, String name) {
        Instant instant = dateTime.toInstant();
        return switch (name) {
            case "epochSeconds" -> Value.of(instant.getEpochSecond());
            case "epochMillis" -> Value.of(instant.toEpochMilli());
            case "timezone" -> Value.of(dateTime.getZone().getId());
            case "offset" -> Value.of(dateTime.getOffset().getId());
            default -> field(dateTime, name);
        };
    }

    private static Value field(TemporalAccessor temporal, String name) {
        TemporalField field = FIELDS.getOrDefault(name, ChronoField.INSTANT_SECONDS);
        return FIELDS.containsKey(name) && temporal.isSupported(field) ? Value.of(temporal.getLong(field)) : Value.NULL;
    }

    private static Value durationPart(Value.DurationValue duration, String name) {
        return switch (name) {
            case "years" -> Value.of(duration.months() / 12);
            case "months" -> Value.of(duration.months());
            case "weeks" -> Value.of(duration.days() / 7);
            case "days" -> Value.of(duration.days());
            case "hours" -> Value.of(duration.seconds() / 3600);
            case "minutes" -> Value.of(duration.seconds() / 60);
            case "seconds" -> Value.of(duration.seconds());
            case "milliseconds" -> Value.of(duration.seconds() * 1000 + duration.nanos() / 1_000_000);
            default -> Value.NULL;
        };
    }
}
