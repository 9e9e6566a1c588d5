package io.spangraph.engine.expr.temporal;

import io.spangraph.model.value.Value;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Map;
import java.util.Optional;

/**
 * Makes temporal values of maps: {@code {year: 2026, week: 3}}, {@code {date: d, hour: 12}},
 * {@code {epochMillis: n, timezone: 'Europe/Stockholm'}}. What the map does not say comes from the value in it, if there
 * is one, and is the smallest possible otherwise.
 */
final class TemporalMap {
    private static final long NANOS_OF_A_MILLISECOND = 1_000_000;
    private static final long NANOS_OF_A_MICROSECOND = 1_000;
    private static final long NANOS_OF_A_SECOND = 1_000_000_000;

    private final TemporalType type;
    private final String function;
    private final Fields fields;
    private final Instant now;

    private TemporalMap(TemporalType type, String function, Map<String, Value> entries, Instant now) {
        this.type = type;
        this.function = function;
        this.fields = Fields.of(type, function, entries);
        this.now = now;
    }

    static Value value(TemporalType type, Map<String, Value> entries, Instant now) {
        TemporalMap map = new TemporalMap(type, type.function(), entries, now);
        return TemporalErrors.checked(type.function(), map::value);
    }

    /** The value with some of its parts replaced by those of a map, in the zone of the map if it names one. */
    static Value adjusted(
            TemporalType type, String function, PointInTime base, Map<String, Value> entries, Instant now) {
        TemporalMap map = new TemporalMap(type, function, entries, now);
        return TemporalErrors.checked(function, () -> {
            ZoneId zone = map.explicitZone().or(base::zone).orElse(ZoneOffset.UTC);
            LocalDate date = type.hasDate() ? map.date(base.date()) : map.today(zone);
            LocalTime time = type.hasTime() ? map.time(base.time()) : LocalTime.MIDNIGHT;
            return type.of(date, time, zone);
        });
    }

    private Value value() {
        if (fields.hasAny("epochSeconds", "epochMillis")) {
            return type.of(ofEpoch());
        }
        Optional<ZoneId> wanted = explicitZone();
        if (fields.entries().size() == 1 && wanted.isPresent()) {
            return type.of(now.atZone(wanted.get()));
        }
        PointInTime base = base();
        if (wanted.isPresent()
                && base.zone().isPresent()
                && type.hasZone()
                && base.time().isPresent()) {
            base = moved(base, base.zone().get(), wanted.get());
        }
        ZoneId zone = wanted.or(base::zone).orElse(ZoneOffset.UTC);
        LocalDate date = type.hasDate() ? date(base.date()) : base.date().orElseGet(() -> today(zone));
        LocalTime time = type.hasTime() ? time(base.time()) : LocalTime.MIDNIGHT;
        return type.of(date, time, zone);
    }

    private Optional<ZoneId> explicitZone() {
        return fields.text("timezone").map(TemporalText::zone);
    }

    private LocalDate today(ZoneId zone) {
        return LocalDate.ofInstant(now, zone);
    }

    private ZonedDateTime ofEpoch() {
        ZoneId zone = explicitZone().orElse(ZoneOffset.UTC);
        if (fields.has("epochMillis")) {
            Instant instant = Instant.ofEpochMilli(fields.number("epochMillis", 0));
            return instant.plusNanos(subseconds(1, NANOS_OF_A_MILLISECOND)).atZone(zone);
        }
        return Instant.ofEpochSecond(fields.number("epochSeconds", 0), subseconds(0, NANOS_OF_A_SECOND))
                .atZone(zone);
    }

    /** What of the map's temporal values counts: the day of one, the time and the zone of the other. */
    private PointInTime base() {
        Optional<PointInTime> both = fields.point("datetime");
        if (both.isPresent()) {
            if (fields.hasAny("date", "time")) {
                throw TemporalErrors.invalid(function, "cannot take 'datetime' beside 'date' or 'time'");
            }
            return both.get();
        }
        Optional<PointInTime> dated = fields.point("date");
        Optional<PointInTime> timed = fields.point("time");
        if (dated.isPresent() && dated.get().date().isEmpty()) {
            throw TemporalErrors.invalid(function, "expected a value with a date for 'date'");
        }
        if (timed.isPresent() && timed.get().time().isEmpty()) {
            throw TemporalErrors.invalid(function, "expected a value with a time for 'time'");
        }
        return new PointInTime(
                dated.flatMap(PointInTime::date), timed.flatMap(PointInTime::time), timed.flatMap(PointInTime::zone));
    }

    /** The same moment as a clock in another zone shows it. */
    private PointInTime moved(PointInTime base, ZoneId from, ZoneId to) {
        LocalTime time = base.time().orElseThrow();
        if (base.date().isEmpty() && !type.hasDate()) {
            ZoneOffset offset = from.getRules().getOffset(now);
            OffsetTime there = OffsetTime.of(time, offset)
                    .withOffsetSameInstant(to.getRules().getOffset(now));
            return new PointInTime(Optional.empty(), Optional.of(there.toLocalTime()), Optional.of(to));
        }
        LocalDate date = type.hasDate() ? date(base.date()) : base.date().orElseThrow();
        ZonedDateTime there = date.atTime(time).atZone(from).withZoneSameInstant(to);
        return new PointInTime(Optional.of(there.toLocalDate()), Optional.of(there.toLocalTime()), Optional.of(to));
    }

    private LocalDate date(Optional<LocalDate> base) {
        boolean byWeek = fields.hasAny("week", "dayOfWeek");
        boolean byQuarter = fields.hasAny("quarter", "dayOfQuarter");
        boolean byDay = fields.has("ordinalDay");
        boolean byMonth = fields.hasAny("month", "day");
        int ways = (byWeek ? 1 : 0) + (byQuarter ? 1 : 0) + (byDay ? 1 : 0) + (byMonth ? 1 : 0);
        if (ways > 1) {
            throw TemporalErrors.invalid(
                    function,
                    "cannot mix months, weeks, quarters and ordinal days: "
                            + fields.entries().keySet());
        }
        if (base.isEmpty()) {
            requireCoarser();
        }
        if (byWeek) {
            return byWeek(base);
        }
        if (byQuarter) {
            return byQuarter(base);
        }
        int year = year(base.map(LocalDate::getYear));
        if (byDay) {
            return LocalDate.ofYearDay(year, whole("ordinalDay", 1));
        }
        int month = whole("month", base.map(LocalDate::getMonthValue).orElse(1));
        LocalDate first = LocalDate.of(year, month, 1);
        int day = base.map(LocalDate::getDayOfMonth).orElse(1);
        return first.withDayOfMonth(whole("day", Math.min(day, first.lengthOfMonth())));
    }

    private void requireCoarser() {
        if (!fields.has("year")) {
            throw TemporalErrors.invalid(
                    function,
                    "expected 'year' in its map but got " + fields.entries().keySet());
        }
        fields.require("month", "day");
        fields.require("week", "dayOfWeek");
        fields.require("quarter", "dayOfQuarter");
    }

    private LocalDate byWeek(Optional<LocalDate> base) {
        int year = year(base.map(date -> date.get(IsoFields.WEEK_BASED_YEAR)));
        int week = whole(
                "week",
                base.map(date -> date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)).orElse(1));
        int day = whole(
                "dayOfWeek", base.map(date -> date.get(ChronoField.DAY_OF_WEEK)).orElse(1));
        return CalendarDate.ofWeek(year, week, day);
    }

    private LocalDate byQuarter(Optional<LocalDate> base) {
        int year = year(base.map(LocalDate::getYear));
        int quarter = whole(
                "quarter", base.map(date -> date.get(IsoFields.QUARTER_OF_YEAR)).orElse(1));
        if (fields.has("dayOfQuarter") || base.isEmpty()) {
            return CalendarDate.ofQuarter(year, quarter, whole("dayOfQuarter", 1));
        }
        // Without a day of the quarter, the month of the quarter and the day of the month stay.
        int monthOfQuarter = (base.get().getMonthValue() - 1) % 3;
        LocalDate month = CalendarDate.firstOfQuarter(year, quarter).plusMonths(monthOfQuarter);
        return month.withDayOfMonth(Math.min(base.get().getDayOfMonth(), month.lengthOfMonth()));
    }

    private int year(Optional<Integer> base) {
        return whole("year", base.orElse(0));
    }

    private int whole(String name, int absent) {
        return Math.toIntExact(fields.number(name, absent));
    }

    private LocalTime time(Optional<LocalTime> base) {
        if (base.isEmpty()) {
            if (!type.hasDate() && !fields.has("hour")) {
                throw TemporalErrors.invalid(
                        function,
                        "expected 'hour' in its map but got " + fields.entries().keySet());
            }
            fields.require("hour", "minute");
            fields.require("minute", "second");
            fields.require("second", "millisecond", "microsecond", "nanosecond");
        }
        LocalTime from = base.orElse(LocalTime.MIDNIGHT);
        boolean fraction = fields.hasAny("millisecond", "microsecond", "nanosecond");
        return LocalTime.of(
                whole("hour", from.getHour()),
                whole("minute", from.getMinute()),
                whole("second", from.getSecond()),
                fraction ? (int) subseconds(0, NANOS_OF_A_SECOND) : from.getNano());
    }

    /**
     * The nanoseconds that the parts of a second make together. A part is less than what the next coarser one counts.
     *
     * @param from 0: from milliseconds on, 1: from microseconds on
     * @param limit nanoseconds of the coarsest part
     */
    private long subseconds(int from, long limit) {
        long nanos = 0;
        long least = limit;
        if (from == 0 && fields.has("millisecond")) {
            nanos += part("millisecond", NANOS_OF_A_MILLISECOND, least);
            least = NANOS_OF_A_MILLISECOND;
        }
        if (fields.has("microsecond")) {
            nanos += part("microsecond", NANOS_OF_A_MICROSECOND, least);
            least = NANOS_OF_A_MICROSECOND;
        }
        return nanos + (fields.has("nanosecond") ? part("nanosecond", 1, least) : 0);
    }

    private long part(String name, long nanos, long limit) {
        long number = fields.number(name, 0);
        if (number < 0 || number >= limit / nanos) {
            throw TemporalErrors.invalid(
                    function, "expected 0 to " + (limit / nanos - 1) + " for '" + name + "' but got " + number);
        }
        return number * nanos;
    }
}
