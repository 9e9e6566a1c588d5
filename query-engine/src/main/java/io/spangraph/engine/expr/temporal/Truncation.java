package io.spangraph.engine.expr.temporal;

import io.spangraph.model.value.Value;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code date.truncate('month', d, {day: 2})} and its like: the start of the unit that a moment lies in. */
public final class Truncation {
    private static final String UNITS = "millennium, century, decade, year, weekYear, quarter, month, week, day, hour,"
            + " minute, second, millisecond and microsecond";

    private final String function;
    private final TemporalType type;

    private Truncation(TemporalType type) {
        this.type = type;
        this.function = type.function() + ".truncate";
    }

    /**
     * The truncated value.
     *
     * @param parts replace what was cut off
     */
    public static Value truncate(TemporalType type, String unit, Value source, Map<String, Value> parts, Instant now) {
        Truncation truncation = new Truncation(type);
        PointInTime point = PointInTime.of(source)
                .orElseThrow(() -> TemporalErrors.wrongType(truncation.function, "a temporal value", source));
        if (parts.values().stream().anyMatch(Value::isNull)) {
            return Value.NULL;
        }
        return truncation.truncated(unit.toLowerCase(Locale.ROOT), point, parts, now);
    }

    private Value truncated(String unit, PointInTime point, Map<String, Value> parts, Instant now) {
        if (type.hasDate() && point.date().isEmpty()) {
            throw TemporalErrors.invalid(function, "expected a value with a date");
        }
        if (!type.hasDate() && point.time().isEmpty()) {
            throw TemporalErrors.invalid(function, "expected a value with a time");
        }
        Optional<ChronoUnit> ofTime = ofTime(unit);
        if (ofTime.isPresent() && !type.hasTime()) {
            throw TemporalErrors.invalid(function, "cannot truncate to '" + unit + "', as a date has no time");
        }
        LocalTime time = point.time().orElse(LocalTime.MIDNIGHT);
        LocalDate date = point.date().orElseGet(() -> LocalDate.ofInstant(now, ZoneOffset.UTC));
        PointInTime cut = ofTime.isPresent()
                ? new PointInTime(Optional.of(date), Optional.of(time.truncatedTo(ofTime.get())), point.zone())
                : new PointInTime(Optional.of(start(unit, date)), Optional.of(LocalTime.MIDNIGHT), point.zone());
        return TemporalMap.adjusted(type, function, cut, withKeptParts(unit, cut, parts), now);
    }

    /** Nanoseconds that are given do not take away the milliseconds that are left. */
    private static Map<String, Value> withKeptParts(String unit, PointInTime cut, Map<String, Value> parts) {
        Map<String, Value> all = new LinkedHashMap<>(parts);
        long nanos = cut.time().orElseThrow().getNano();
        boolean given = parts.containsKey("microsecond") || parts.containsKey("nanosecond");
        if (given && unit.equals("millisecond")) {
            all.putIfAbsent("millisecond", Value.of(nanos / 1_000_000));
        }
        if (given && unit.equals("microsecond")) {
            all.putIfAbsent("millisecond", Value.of(nanos / 1_000_000));
            all.putIfAbsent("microsecond", Value.of(nanos / 1_000 % 1_000));
        }
        return all;
    }

    private static Optional<ChronoUnit> ofTime(String unit) {
        return switch (unit) {
            case "hour" -> Optional.of(ChronoUnit.HOURS);
            case "minute" -> Optional.of(ChronoUnit.MINUTES);
            case "second" -> Optional.of(ChronoUnit.SECONDS);
            case "millisecond" -> Optional.of(ChronoUnit.MILLIS);
            case "microsecond" -> Optional.of(ChronoUnit.MICROS);
            default -> Optional.empty();
        };
    }

    private LocalDate start(String unit, LocalDate date) {
        if (!type.hasDate() && !unit.equals("day")) {
            throw TemporalErrors.invalid(function, "cannot truncate a time of the day to '" + unit + "'");
        }
        int year = date.getYear();
        return switch (unit) {
            case "day" -> date;
            case "week" -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case "month" -> date.withDayOfMonth(1);
            case "quarter" -> CalendarDate.firstOfQuarter(year, date.get(IsoFields.QUARTER_OF_YEAR));
            case "weekyear" -> CalendarDate.ofWeek(date.get(IsoFields.WEEK_BASED_YEAR), 1, 1);
            case "year" -> LocalDate.of(year, 1, 1);
            case "decade" -> firstOf(year, 10);
            case "century" -> firstOf(year, 100);
            case "millennium" -> firstOf(year, 1000);
            default ->
                throw TemporalErrors.invalid(function, "does not know the unit '" + unit + "'")
                        .withHint("Units are " + UNITS + ".");
        };
    }

    private static LocalDate firstOf(int year, int years) {
        return LocalDate.of(Math.floorDiv(year, years) * years, 1, 1);
    }
}
