package io.spangraph.engine.expr.temporal;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.DidYouMean;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.DurationValue;
import io.spangraph.model.value.Values;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The components of temporal values, as in {@code d.year}. */
public final class TemporalParts {
    private static final long NANOS_OF_A_SECOND = 1_000_000_000L;

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

    private static final List<String> OF_ZONE = List.of("timezone", "offset", "offsetMinutes", "offsetSeconds");
    private static final List<String> OF_EPOCH = List.of("epochSeconds", "epochMillis");
    private static final List<String> OF_DURATION = List.of(
            "years",
            "quarters",
            "months",
            "weeks",
            "days",
            "hours",
            "minutes",
            "seconds",
            "milliseconds",
            "microseconds",
            "nanoseconds",
            "quartersOfYear",
            "monthsOfYear",
            "monthsOfQuarter",
            "daysOfWeek",
            "minutesOfHour",
            "secondsOfMinute",
            "millisecondsOfSecond",
            "microsecondsOfSecond",
            "nanosecondsOfSecond");

    private TemporalParts() {}

    /** True for a date, a time or both. */
    public static boolean isPointInTime(Value value) {
        return TemporalType.of(value).isPresent();
    }

    /** The component, an error when the value has none of that name; empty when the value is not temporal at all. */
    public static Optional<Value> part(Value value, String name) {
        return switch (value) {
            case Value.DateTimeValue dateTime -> Optional.of(zonedPart(value, dateTime.value(), name));
            case Value.DateValue date -> Optional.of(field(value, date.value(), name));
            case Value.LocalDateTimeValue dateTime -> Optional.of(field(value, dateTime.value(), name));
            case Value.LocalTimeValue time -> Optional.of(field(value, time.value(), name));
            case Value.TimeValue time ->
                Optional.of(
                        OF_ZONE.contains(name)
                                ? offsetPart(time.value().getOffset(), name)
                                : field(value, time.value(), name));
            case DurationValue duration -> Optional.of(durationPart(duration, name));
            case Value other -> Optional.empty();
        };
    }

    private static Value zonedPart(Value value, ZonedDateTime dateTime, String name) {
        return switch (name) {
            case "epochSeconds" -> Value.of(dateTime.toInstant().getEpochSecond());
            case "epochMillis" -> Value.of(dateTime.toInstant().toEpochMilli());
            case "timezone" -> Value.of(dateTime.getZone().getId());
            case "offset", "offsetMinutes", "offsetSeconds" -> offsetPart(dateTime.getOffset(), name);
            default -> field(value, dateTime, name);
        };
    }

    private static Value offsetPart(ZoneOffset offset, String name) {
        return switch (name) {
            case "offsetMinutes" -> Value.of(offset.getTotalSeconds() / 60L);
            case "offsetSeconds" -> Value.of((long) offset.getTotalSeconds());
            default -> Value.of(offset.getId());
        };
    }

    private static Value field(Value value, TemporalAccessor temporal, String name) {
        boolean known = FIELDS.containsKey(name);
        TemporalField field = FIELDS.getOrDefault(name, ChronoField.YEAR);
        if (known && temporal.isSupported(field)) {
            return Value.of(temporal.getLong(field));
        }
        throw noComponent(value, name, components(value, temporal));
    }

    private static List<String> components(Value value, TemporalAccessor temporal) {
        List<String> names = new ArrayList<>();
        FIELDS.forEach((name, field) -> {
            if (temporal.isSupported(field)) {
                names.add(name);
            }
        });
        if (value instanceof Value.DateTimeValue) {
            names.addAll(OF_EPOCH);
        }
        if (value instanceof Value.DateTimeValue || value instanceof Value.TimeValue) {
            names.addAll(OF_ZONE);
        }
        return names;
    }

    private static QueryException noComponent(Value value, String name, List<String> known) {
        return QueryException.of(
                        QueryErrorCode.ARGUMENT_ERROR,
                        "A " + Values.typeName(value) + " has no component '" + name + "'."
                                + DidYouMean.hint(name, known))
                .withHint("It has " + String.join(", ", known.stream().sorted().toList()) + ".");
    }

    private static Value durationPart(DurationValue duration, String name) {
        if (!OF_DURATION.contains(name)) {
            throw noComponent(duration, name, OF_DURATION);
        }
        long months = duration.months();
        long seconds = duration.seconds();
        long nanos = duration.nanos();
        return TemporalErrors.inRange(
                "The component '" + name + "'",
                () -> Value.of(
                        switch (name) {
                            case "years" -> months / 12;
                            case "quarters" -> months / 3;
                            case "months" -> months;
                            case "weeks" -> duration.days() / 7;
                            case "days" -> duration.days();
                            case "hours" -> seconds / 3600;
                            case "minutes" -> seconds / 60;
                            case "seconds" -> seconds;
                            case "milliseconds" -> scaled(seconds, nanos, 1_000);
                            case "microseconds" -> scaled(seconds, nanos, 1_000_000);
                            case "nanoseconds" -> scaled(seconds, nanos, NANOS_OF_A_SECOND);
                            case "quartersOfYear" -> months / 3 % 4;
                            case "monthsOfYear" -> months % 12;
                            case "monthsOfQuarter" -> months % 3;
                            case "daysOfWeek" -> duration.days() % 7;
                            case "minutesOfHour" -> seconds / 60 % 60;
                            case "secondsOfMinute" -> seconds % 60;
                            case "millisecondsOfSecond" -> nanos / 1_000_000;
                            case "microsecondsOfSecond" -> nanos / 1_000;
                            default -> nanos;
                        }));
    }

    private static long scaled(long seconds, long nanos, long perSecond) {
        return Math.addExact(Math.multiplyExact(seconds, perSecond), nanos / (NANOS_OF_A_SECOND / perSecond));
    }
}
