package io.spangraph.engine.expr.temporal;

import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.DurationValue;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalUnit;
import java.util.Optional;

/**
 * How long it is from one point in time to another. Where only one of them has a day or a zone, it is that of both; where
 * there is no time, the day starts at midnight.
 */
public final class DurationBetween {
    private DurationBetween() {}

    /** In months, days and seconds. */
    public static DurationValue allUnits(Value from, Value to) {
        return between("duration.between", from, to, true, true, true);
    }

    /** In whole months. */
    public static DurationValue inMonths(Value from, Value to) {
        return between("duration.inMonths", from, to, true, false, false);
    }

    /** In whole days. */
    public static DurationValue inDays(Value from, Value to) {
        return between("duration.inDays", from, to, false, true, false);
    }

    public static DurationValue inSeconds(Value from, Value to) {
        return between("duration.inSeconds", from, to, false, false, true);
    }

    private static DurationValue between(
            String function, Value from, Value to, boolean inMonths, boolean inDays, boolean inSeconds) {
        PointInTime start = point(function, from);
        PointInTime end = point(function, to);
        return TemporalErrors.inRange("The duration", () -> {
            boolean dated = start.date().isPresent() && end.date().isPresent();
            Optional<ZoneId> startZone = start.zone().or(end::zone);
            Optional<ZoneId> endZone = end.zone().or(start::zone);
            if (!dated && !inSeconds) {
                return new DurationValue(0, 0, 0, 0);
            }
            Optional<LocalDate> day = start.date().or(end::date);
            if (day.isEmpty()) {
                return ofSeconds(Duration.between(time(start, startZone), time(end, endZone)));
            }
            Temporal at = moment(start, day.get(), startZone);
            Temporal last = moment(end, day.get(), endZone);
            if (!dated) {
                return ofSeconds(Duration.between(at, last));
            }
            if (last instanceof ZonedDateTime zoned) {
                // A day is one of the calendar where the start is.
                last = zoned.withZoneSameInstant(startZone.orElseThrow());
            }
            long months = inMonths ? at.until(last, ChronoUnit.MONTHS) : 0;
            at = plus(at, months, ChronoUnit.MONTHS);
            long days = inDays ? at.until(last, ChronoUnit.DAYS) : 0;
            at = plus(at, days, ChronoUnit.DAYS);
            Duration rest = inSeconds ? Duration.between(at, last) : Duration.ZERO;
            return new DurationValue(months, days, rest.getSeconds(), rest.getNano());
        });
    }

    private static Temporal plus(Temporal at, long amount, TemporalUnit unit) {
        return amount == 0 ? at : at.plus(amount, unit);
    }

    private static DurationValue ofSeconds(Duration duration) {
        return new DurationValue(0, 0, duration.getSeconds(), duration.getNano());
    }

    private static PointInTime point(String function, Value value) {
        return PointInTime.of(value).orElseThrow(() -> TemporalErrors.wrongType(function, "a temporal value", value));
    }

    private static Temporal moment(PointInTime point, LocalDate day, Optional<ZoneId> zone) {
        LocalDateTime local = point.date().orElse(day).atTime(point.time().orElse(LocalTime.MIDNIGHT));
        return zone.isPresent() ? local.atZone(zone.get()) : local;
    }

    private static Temporal time(PointInTime point, Optional<ZoneId> zone) {
        LocalTime time = point.time().orElse(LocalTime.MIDNIGHT);
        if (zone.isEmpty()) {
            return time;
        }
        return OffsetTime.of(time, zone.get().getRules().getOffset(LocalDate.EPOCH.atTime(time)));
    }
}
