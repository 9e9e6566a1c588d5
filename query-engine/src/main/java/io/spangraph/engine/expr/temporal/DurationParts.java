package io.spangraph.engine.expr.temporal;

import io.spangraph.model.value.Value.DurationValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The parts of a duration with fractions. A fraction of a month becomes days and a fraction of a day seconds, by their
 * average lengths.
 */
record DurationParts(BigDecimal months, BigDecimal days, BigDecimal seconds) {
    static final BigDecimal MONTHS_OF_A_YEAR = BigDecimal.valueOf(12);
    static final BigDecimal MONTHS_OF_A_QUARTER = BigDecimal.valueOf(3);
    static final BigDecimal DAYS_OF_A_WEEK = BigDecimal.valueOf(7);
    static final BigDecimal MINUTES_OF_AN_HOUR = BigDecimal.valueOf(60);
    static final BigDecimal SECONDS_OF_A_MINUTE = BigDecimal.valueOf(60);

    private static final BigDecimal AVERAGE_DAYS_OF_A_MONTH = new BigDecimal("30.436875");
    private static final BigDecimal SECONDS_OF_A_DAY = BigDecimal.valueOf(86_400);
    private static final BigInteger NANOS_OF_A_SECOND = BigInteger.valueOf(1_000_000_000);
    private static final int DIGITS_OF_NANOS = 9;

    static DurationParts of(DurationValue duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.seconds())
                .add(BigDecimal.valueOf(duration.nanos()).movePointLeft(DIGITS_OF_NANOS));
        return new DurationParts(BigDecimal.valueOf(duration.months()), BigDecimal.valueOf(duration.days()), seconds);
    }

    DurationParts times(BigDecimal factor) {
        return new DurationParts(months.multiply(factor), days.multiply(factor), seconds.multiply(factor));
    }

    DurationParts dividedBy(BigDecimal divisor) {
        MathContext digits = new MathContext(40, RoundingMode.DOWN);
        return new DurationParts(
                months.divide(divisor, digits), days.divide(divisor, digits), seconds.divide(divisor, digits));
    }

    DurationValue duration() {
        return TemporalErrors.inRange("The duration", () -> {
            BigInteger wholeMonths = months.toBigInteger();
            BigDecimal allDays =
                    days.add(months.subtract(new BigDecimal(wholeMonths)).multiply(AVERAGE_DAYS_OF_A_MONTH));
            BigInteger wholeDays = allDays.toBigInteger();
            BigInteger nanos = seconds.add(
                            allDays.subtract(new BigDecimal(wholeDays)).multiply(SECONDS_OF_A_DAY))
                    .movePointRight(DIGITS_OF_NANOS)
                    .toBigInteger();
            BigInteger nanosOfSecond = nanos.mod(NANOS_OF_A_SECOND);
            return new DurationValue(
                    wholeMonths.longValueExact(),
                    wholeDays.longValueExact(),
                    nanos.subtract(nanosOfSecond).divide(NANOS_OF_A_SECOND).longValueExact(),
                    nanosOfSecond.intValueExact());
        });
    }
}
