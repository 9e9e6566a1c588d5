package io.spangraph.engine.expr.temporal;

import io.spangraph.engine.context.QueryException;
import io.spangraph.model.value.Value;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads dates and times as ISO 8601 writes them, in all of the forms that Cypher takes. */
final class TemporalText {
    private static final int LONGEST = 100;
    private static final String DATE = "(?<year>[+-]\\d{1,9}|\\d{4})"
            + "(?:-(?<month>\\d{2})(?:-(?<day>\\d{2}))?|(?<month2>\\d{2})(?<day2>\\d{2})?"
            + "|-?W(?<week>\\d{2})(?:-?(?<weekday>\\d))?"
            + "|-?Q(?<quarter>\\d)(?:-?(?<quarterday>\\d{1,2}))?"
            + "|-?(?<yearday>\\d{3}))?";
    private static final String TIME =
            "(?<hour>\\d{2})(?::?(?<minute>\\d{2})(?::?(?<second>\\d{2})" + "(?:[.,](?<fraction>\\d{1,9}))?)?)?";
    private static final String ZONE =
            "(?<offset>[Zz]|[+-]\\d{2}(?::?\\d{2}(?::?\\d{2})?)?)?(?:\\[(?<zone>[^\\]]+)\\])?";
    private static final Pattern DATE_ONLY = Pattern.compile(DATE);
    private static final Pattern TIME_ONLY = Pattern.compile("T?" + TIME + ZONE);
    private static final Pattern DATE_AND_TIME = Pattern.compile(DATE + "(?:T" + TIME + ZONE + ")?");

    private static final Pattern SPACED = Pattern.compile("\\d{4}-\\d{2}-\\d{2} .*");

    private final TemporalType type;
    private final String text;
    private final Matcher parts;

    private TemporalText(TemporalType type, String text, Matcher parts) {
        this.type = type;
        this.text = text;
        this.parts = parts;
    }

    /** The value that a text stands for; a time without a zone is one of {@code defaultZone}. */
    static Value parse(TemporalType type, String text, ZoneId defaultZone) {
        Pattern pattern = type.hasDate() ? type.hasTime() ? DATE_AND_TIME : DATE_ONLY : TIME_ONLY;
        Matcher matcher = pattern.matcher(text);
        if (text.length() > LONGEST || !matcher.matches()) {
            QueryException wrong = TemporalErrors.wrongText(type.function(), text, type.example());
            throw advice(type, text).map(wrong::withHint).orElse(wrong);
        }
        TemporalText read = new TemporalText(type, text, matcher);
        return TemporalErrors.checked(type.function(), () -> read.value(defaultZone));
    }

    private static Optional<String> advice(TemporalType type, String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        if (type.hasDate() && type.hasTime() && SPACED.matcher(text).matches()) {
            return Optional.of("Between the date and the time stands a T.");
        }
        return type == TemporalType.DATE && DATE_AND_TIME.matcher(text).matches()
                ? Optional.of("Write date(datetime('...')).")
                : Optional.empty();
    }

    private Value value(ZoneId defaultZone) {
        LocalDate date = type.hasDate() ? date() : LocalDate.EPOCH;
        LocalTime time = type.hasTime() ? time() : LocalTime.MIDNIGHT;
        if (!type.hasTime() || (!group("offset").isPresent() && !group("zone").isPresent())) {
            return type.of(date, time, defaultZone);
        }
        if (!type.hasZone()) {
            throw TemporalErrors.invalid(
                    type.function(),
                    "expected a text without a zone, like '" + type.example() + "', but got '" + text + "'");
        }
        Optional<ZoneOffset> offset = group("offset").map(TemporalText::offset);
        ZoneId zone = group("zone").map(TemporalText::zone).orElseGet(offset::orElseThrow);
        ZonedDateTime moment = ZonedDateTime.ofLocal(date.atTime(time), zone, offset.orElse(null));
        if (offset.isPresent() && !moment.getOffset().equals(offset.get())) {
            throw new DateTimeException("the offset " + offset.get() + " is not that of " + zone + " then");
        }
        return type.of(moment);
    }

    private LocalDate date() {
        int year = Integer.parseInt(parts.group("year"));
        if (group("week").isPresent()) {
            return CalendarDate.ofWeek(year, number("week", 1), number("weekday", 1));
        }
        if (group("quarter").isPresent()) {
            return CalendarDate.ofQuarter(year, number("quarter", 1), number("quarterday", 1));
        }
        if (group("yearday").isPresent()) {
            return LocalDate.ofYearDay(year, number("yearday", 1));
        }
        int month = number(group("month2").isPresent() ? "month2" : "month", 1);
        int day = number(group("day2").isPresent() ? "day2" : "day", 1);
        return LocalDate.of(year, month, day);
    }

    private LocalTime time() {
        if (group("hour").isEmpty()) {
            return LocalTime.MIDNIGHT;
        }
        int nanos = group("fraction")
                .map(digits -> Integer.parseInt(digits + "0".repeat(9 - digits.length())))
                .orElse(0);
        return LocalTime.of(number("hour", 0), number("minute", 0), number("second", 0), nanos);
    }

    private Optional<String> group(String name) {
        return Optional.ofNullable(parts.group(name));
    }

    private int number(String name, int absent) {
        return group(name).map(Integer::parseInt).orElse(absent);
    }

    private static ZoneOffset offset(String written) {
        return written.equalsIgnoreCase("Z") ? ZoneOffset.UTC : ZoneOffset.of(written);
    }

    /** The zone of a name like {@code Europe/Stockholm} or {@code +02:00}. */
    static ZoneId zone(String name) {
        return name.equalsIgnoreCase("Z") ? ZoneOffset.UTC : ZoneId.of(name.replace(' ', '_'));
    }
}
