package io.spangraph.engine.expr.temporal;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;

/** Days by their week or quarter. What the calendar does not have is refused, where Java's own would roll over. */
final class CalendarDate {
    private CalendarDate() {}

    /** A day of a week of a week-based year, Monday first. */
    static LocalDate ofWeek(int year, int week, int dayOfWeek) {
        // The fourth of January is always in the first week.
        LocalDate inFirstWeek = LocalDate.of(year, 1, 4);
        long weeks = inFirstWeek.range(IsoFields.WEEK_OF_WEEK_BASED_YEAR).getMaximum();
        if (week < 1 || week > weeks) {
            throw new DateTimeException("the year " + year + " has no week " + week);
        }
        return inFirstWeek
                .plusWeeks(week - 1L)
                .with(ChronoField.DAY_OF_WEEK, ChronoField.DAY_OF_WEEK.checkValidIntValue(dayOfWeek));
    }

    static LocalDate ofQuarter(int year, int quarter, int dayOfQuarter) {
        LocalDate first = firstOfQuarter(year, quarter);
        LocalDate date = first.plusDays(dayOfQuarter - 1L);
        if (dayOfQuarter < 1 || date.get(IsoFields.QUARTER_OF_YEAR) != quarter) {
            throw new DateTimeException("the quarter " + year + "-Q" + quarter + " has no day " + dayOfQuarter);
        }
        return date;
    }

    static LocalDate firstOfQuarter(int year, int quarter) {
        if (quarter < 1 || quarter > 4) {
            throw new DateTimeException("a year has no quarter " + quarter);
        }
        return LocalDate.of(year, 3 * quarter - 2, 1);
    }
}
