package io.spangraph.engine.expr.temporal;

import io.spangraph.model.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Where on the count of milliseconds or seconds since 1970 a temporal value lies, so that a condition on the value can be
 * one on the count, which storage can skip files by.
 */
public final class EpochBound {
    private static final BigInteger NANOS_OF_A_SECOND = BigInteger.valueOf(1_000_000_000);
    private static final Value BEYOND = Value.of(Double.POSITIVE_INFINITY);
    private static final Value BEFORE = Value.of(Double.NEGATIVE_INFINITY);

    /** What is made of a count before it is compared. */
    public enum Image {
        DATE_TIME,
        LOCAL_DATE_TIME,
        DATE,
        YEAR
    }

    /** What is counted. */
    public enum Unit {
        MILLISECONDS(1_000_000),
        SECONDS(1_000_000_000);

        private final BigInteger nanos;

        Unit(long nanos) {
            this.nanos = BigInteger.valueOf(nanos);
        }
    }

    private EpochBound() {}

    /**
     * The least count whose image is not before the value; null for null and for a value that the image is not compared
     * with; an infinity for one that no count reaches.
     */
    public static Value from(Value value, Image image, Unit unit) {
        return start(value, image).map(start -> count(ceiling(start, unit))).orElse(Value.NULL);
    }

    /** The least count whose image is after the value. */
    public static Value after(Value value, Image image, Unit unit) {
        return switch (image) {
            case DATE_TIME, LOCAL_DATE_TIME ->
                start(value, image)
                        .map(start -> count(floor(start, unit).add(BigInteger.ONE)))
                        .orElse(Value.NULL);
            case DATE -> value instanceof Value.DateValue ? startOfNext(value, unit) : Value.NULL;
            case YEAR -> value instanceof Value.DateValue ? Value.NULL : startOfNext(value, unit);
        };
    }

    private static Value startOfNext(Value value, Unit unit) {
        return next(value).map(start -> count(ceiling(start, unit))).orElse(Value.NULL);
    }

    /** The nanoseconds from 1970 to where the image becomes the value or passes it. */
    private static Optional<BigInteger> start(Value value, Image image) {
        return switch (image) {
            case DATE_TIME ->
                value instanceof Value.DateTimeValue moment
                        ? Optional.of(nanos(moment.value().toInstant()))
                        : Optional.empty();
            case LOCAL_DATE_TIME ->
                value instanceof Value.LocalDateTimeValue moment
                        ? Optional.of(nanos(moment.value().toInstant(ZoneOffset.UTC)))
                        : Optional.empty();
            case DATE ->
                value instanceof Value.DateValue day
                        ? Optional.of(nanos(day.value().toEpochDay()))
                        : Optional.empty();
            case YEAR ->
                switch (value) {
                    case Value.IntegerValue(long year) -> Optional.of(startOfYear(BigInteger.valueOf(year)));
                    case Value.FloatValue(double year)
                    when Double.isFinite(year) -> Optional.of(startOfYear(whole(Math.ceil(year))));
                    case Value other -> Optional.empty();
                };
        };
    }

    /** The nanoseconds from 1970 to where the day or the year after starts. */
    private static Optional<BigInteger> next(Value value) {
        return switch (value) {
            case Value.DateValue(LocalDate day) -> Optional.of(nanos(day.toEpochDay() + 1));
            case Value.IntegerValue(long year) ->
                Optional.of(startOfYear(BigInteger.valueOf(year).add(BigInteger.ONE)));
            case Value.FloatValue(double year)
            when Double.isFinite(year) ->
                Optional.of(startOfYear(whole(Math.floor(year)).add(BigInteger.ONE)));
            case Value other -> Optional.empty();
        };
    }

    /** A year that no date has lies as far away as its number says, which no count reaches. */
    private static BigInteger startOfYear(BigInteger year) {
        boolean dated = year.compareTo(BigInteger.valueOf(Year.MIN_VALUE)) >= 0
                && year.compareTo(BigInteger.valueOf(Year.MAX_VALUE)) <= 0;
        return dated
                ? nanos(LocalDate.of(year.intValueExact(), 1, 1).toEpochDay())
                : year.multiply(NANOS_OF_A_SECOND.pow(4));
    }

    private static BigInteger whole(double number) {
        return new BigDecimal(number).toBigInteger();
    }

    private static BigInteger nanos(long epochDay) {
        return BigInteger.valueOf(epochDay).multiply(BigInteger.valueOf(86_400)).multiply(NANOS_OF_A_SECOND);
    }

    private static BigInteger nanos(Instant instant) {
        return BigInteger.valueOf(instant.getEpochSecond())
                .multiply(NANOS_OF_A_SECOND)
                .add(BigInteger.valueOf(instant.getNano()));
    }

    private static BigInteger floor(BigInteger nanos, Unit unit) {
        return nanos.subtract(nanos.mod(unit.nanos)).divide(unit.nanos);
    }

    private static BigInteger ceiling(BigInteger nanos, Unit unit) {
        return floor(nanos.add(unit.nanos).subtract(BigInteger.ONE), unit);
    }

    private static Value count(BigInteger count) {
        if (count.bitLength() < Long.SIZE) {
            return Value.of(count.longValueExact());
        }
        return count.signum() < 0 ? BEFORE : BEYOND;
    }
}
