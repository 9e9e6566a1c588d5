package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.DurationValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** The sum of the durations of a group, part by part, because a month is not a number of days. */
final class DurationSum {
    static final int HEAP_BYTES = 48;

    private static final long NANOS_OF_A_SECOND = 1_000_000_000L;
    private static final BigDecimal DAYS_OF_A_MONTH = new BigDecimal("30.436875");
    private static final BigDecimal SECONDS_OF_A_DAY = BigDecimal.valueOf(86_400);
    private static final int DIGITS = 30;

    private long months;
    private long days;
    private long seconds;
    private long nanos;

    void add(DurationValue duration) {
        try {
            months = Math.addExact(months, duration.months());
            days = Math.addExact(days, duration.days());
            nanos += duration.nanos();
            seconds = Math.addExact(Math.addExact(seconds, duration.seconds()), nanos / NANOS_OF_A_SECOND);
            nanos %= NANOS_OF_A_SECOND;
        } catch (ArithmeticException overflow) {
            throw QueryException.of(
                            QueryErrorCode.ARITHMETIC_ERROR,
                            "The sum of the durations is beyond what a duration holds.")
                    .causedBy(overflow);
        }
    }

    /** Adds what another sum holds. */
    void add(DurationSum other) {
        add(new DurationValue(other.months, other.days, other.seconds, (int) other.nanos));
    }

    Value sum() {
        return normalised(months, days, seconds, nanos);
    }

    /** What of a part does not divide without remainder moves on to the next smaller one, by average lengths. */
    Value average(long count) {
        BigDecimal divisor = BigDecimal.valueOf(count);
        BigDecimal averageMonths = divided(BigDecimal.valueOf(months), divisor);
        BigInteger wholeMonths = averageMonths.toBigInteger();
        BigDecimal averageDays = divided(BigDecimal.valueOf(days), divisor)
                .add(averageMonths.subtract(new BigDecimal(wholeMonths)).multiply(DAYS_OF_A_MONTH));
        BigInteger wholeDays = averageDays.toBigInteger();
        BigDecimal averageNanos = divided(
                        BigDecimal.valueOf(seconds)
                                .multiply(BigDecimal.valueOf(NANOS_OF_A_SECOND))
                                .add(BigDecimal.valueOf(nanos)),
                        divisor)
                .add(averageDays
                        .subtract(new BigDecimal(wholeDays))
                        .multiply(SECONDS_OF_A_DAY)
                        .multiply(BigDecimal.valueOf(NANOS_OF_A_SECOND)));
        BigInteger[] secondsAndNanos = averageNanos
                .setScale(0, RoundingMode.DOWN)
                .toBigInteger()
                .divideAndRemainder(BigInteger.valueOf(NANOS_OF_A_SECOND));
        return normalised(
                wholeMonths.longValueExact(),
                wholeDays.longValueExact(),
                secondsAndNanos[0].longValueExact(),
                secondsAndNanos[1].longValueExact());
    }

    private static BigDecimal divided(BigDecimal part, BigDecimal divisor) {
        return part.divide(divisor, DIGITS, RoundingMode.DOWN);
    }

    private static Value normalised(long months, long days, long seconds, long nanos) {
        return new DurationValue(months, days, seconds + Math.floorDiv(nanos, NANOS_OF_A_SECOND), (int)
                Math.floorMod(nanos, NANOS_OF_A_SECOND));
    }
}
