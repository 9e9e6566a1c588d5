package io.spangraph.engine.expr.temporal;

import io.spangraph.model.value.Value.DurationValue;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations as ISO 8601 writes them: {@code P1Y2M3DT4H5M6.7S}, or like a date, {@code P0001-02-03T04:05:06.7}. */
final class DurationText {
    private static final int LONGEST = 200;
    private static final String NUMBER = "([+-]?\\d{1,30}(?:[.,]\\d{1,30})?)";
    private static final Pattern BY_UNITS =
            Pattern.compile("([-+])?P(?:" + NUMBER + "Y)?(?:" + NUMBER + "M)?(?:" + NUMBER + "W)?(?:" + NUMBER
                    + "D)?(?<time>T(?:" + NUMBER + "H)?(?:" + NUMBER + "M)?(?:" + NUMBER + "S)?)?");
    private static final Pattern LIKE_A_DATE =
            Pattern.compile("([-+])?P(\\d{4})-?(\\d{2})-?(\\d{2})" + "T(\\d{2}):?(\\d{2}):?(\\d{2}(?:[.,]\\d{1,9})?)");

    private DurationText() {}

    static DurationValue parse(String text) {
        Matcher dateLike = LIKE_A_DATE.matcher(text);
        if (text.length() <= LONGEST && dateLike.matches()) {
            BigDecimal months =
                    number(dateLike, 2).multiply(DurationParts.MONTHS_OF_A_YEAR).add(number(dateLike, 3));
            return parts(dateLike, months, number(dateLike, 4), 5);
        }
        Matcher byUnits = BY_UNITS.matcher(text);
        boolean empty = text.endsWith("P") || text.endsWith("T");
        if (text.length() > LONGEST || empty || !byUnits.matches()) {
            throw TemporalErrors.wrongText("duration", text, "P1Y2M3DT4H5M6.7S");
        }
        BigDecimal months =
                number(byUnits, 2).multiply(DurationParts.MONTHS_OF_A_YEAR).add(number(byUnits, 3));
        BigDecimal days =
                number(byUnits, 4).multiply(DurationParts.DAYS_OF_A_WEEK).add(number(byUnits, 5));
        return parts(byUnits, months, days, 7);
    }

    private static DurationValue parts(Matcher matcher, BigDecimal months, BigDecimal days, int firstOfTime) {
        BigDecimal seconds = number(matcher, firstOfTime)
                .multiply(DurationParts.MINUTES_OF_AN_HOUR)
                .add(number(matcher, firstOfTime + 1))
                .multiply(DurationParts.SECONDS_OF_A_MINUTE)
                .add(number(matcher, firstOfTime + 2));
        DurationParts all = new DurationParts(months, days, seconds);
        return ("-".equals(matcher.group(1)) ? all.times(BigDecimal.ONE.negate()) : all).duration();
    }

    private static BigDecimal number(Matcher matcher, int group) {
        return Optional.ofNullable(matcher.group(group))
                .map(digits -> new BigDecimal(digits.replace(',', '.')))
                .orElse(BigDecimal.ZERO);
    }
}
