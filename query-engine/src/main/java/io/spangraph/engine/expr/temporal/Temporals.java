package io.spangraph.engine.expr.temporal;

import io.spangraph.model.value.Value;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** Makes points in time: of a text, of a map, of another one, and of the moment at which a query runs. */
public final class Temporals {
    private Temporals() {}

    /** The moment, as a value of the type. */
    public static Value at(TemporalType type, Instant moment, Optional<String> timezone) {
        ZoneId zone = timezone.map(name -> TemporalErrors.checked(type.function(), () -> TemporalText.zone(name)))
                .orElse(ZoneOffset.UTC);
        return type.of(moment.atZone(zone));
    }

    /** The value of a text, a map or another point in time; null if a part of the map is null. */
    public static Value of(TemporalType type, Value source, Instant now) {
        return switch (source) {
            case Value.StringValue(String text) -> TemporalText.parse(type, text, ZoneOffset.UTC);
            // Time stamps are what most rows hold, and a map is slow to look through.
            case Value.MapValue(Map<String, Value> entries)
            when type == TemporalType.DATE_TIME
                    && entries.size() == 1
                    && entries.getOrDefault("epochMillis", Value.NULL) instanceof Value.IntegerValue(long millis) ->
                fromEpochMillis(millis);
            case Value.MapValue(Map<String, Value> entries) ->
                entries.values().stream().anyMatch(Value::isNull) ? Value.NULL : TemporalMap.value(type, entries, now);
            case Value.IntegerValue number ->
                throw TemporalErrors.wrongType(type.function(), "a String, Map or temporal value", number)
                        .withHint("A count of milliseconds since 1970 becomes a DateTime by datetime({epochMillis: n}),"
                                + " and a Date by date(datetime({epochMillis: n})).");
            case Value other ->
                PointInTime.of(other)
                        .map(point -> converted(type, point, now))
                        .orElseThrow(() ->
                                TemporalErrors.wrongType(type.function(), "a String, Map or temporal value", other));
        };
    }

    private static Value converted(TemporalType type, PointInTime point, Instant now) {
        if (type.hasDate() && point.date().isEmpty()) {
            throw TemporalErrors.invalid(type.function(), "expected a value with a date");
        }
        if (!type.hasDate() && point.time().isEmpty()) {
            throw TemporalErrors.invalid(type.function(), "expected a value with a time");
        }
        LocalDate date = point.date().orElseGet(() -> LocalDate.ofInstant(now, ZoneOffset.UTC));
        return type.of(
                date, point.time().orElse(LocalTime.MIDNIGHT), point.zone().orElse(ZoneOffset.UTC));
    }

    /** The moment so many seconds and nanoseconds after the start of 1970. */
    public static Value fromEpoch(long seconds, long nanos) {
        return new Value.DateTimeValue(TemporalErrors.checked(
                "datetime.fromEpoch",
                () -> Instant.ofEpochSecond(seconds, nanos).atZone(ZoneOffset.UTC)));
    }

    public static Value fromEpochMillis(long millis) {
        return new Value.DateTimeValue(Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC));
    }
}
