package io.spangraph.engine.expr.temporal;

import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.DurationValue;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.Optional;

/** Sums, differences, products and quotients with durations. */
public final class TemporalArithmetic {
    private static final long SECONDS_OF_A_DAY = 86_400;

    private TemporalArithmetic() {}

    /** The sum; empty for operands that are not added in this way. */
    public static Optional<Value> sum(Value left, Value right) {
        if (right instanceof DurationValue duration) {
            return moved(left, duration);
        }
        return left instanceof DurationValue duration ? moved(right, duration) : Optional.empty();
    }

    public static Optional<Value> difference(Value left, Value right) {
        return right instanceof DurationValue duration ? moved(left, Durations.negated(duration)) : Optional.empty();
    }

    public static Optional<Value> product(Value left, Value right) {
        if (left instanceof DurationValue duration) {
            return multiple(duration, right);
        }
        return right instanceof DurationValue duration ? multiple(duration, left) : Optional.empty();
    }

    public static Optional<Value> quotient(Value left, Value right) {
        return left instanceof DurationValue duration && isNumber(right)
                ? Optional.of(Durations.dividedBy(duration, right))
                : Optional.empty();
    }

    private static Optional<Value> multiple(DurationValue duration, Value number) {
        return isNumber(number) ? Optional.of(Durations.times(duration, number)) : Optional.empty();
    }

    private static boolean isNumber(Value value) {
        return value instanceof Value.IntegerValue || value instanceof Value.FloatValue;
    }

    private static Optional<Value> moved(Value value, DurationValue duration) {
        return TemporalErrors.inRange("The sum", () -> switch (value) {
            case DurationValue other -> Optional.of(Durations.plus(other, duration));
            case Value.DateValue date -> {
                long days = Math.addExact(duration.days(), duration.seconds() / SECONDS_OF_A_DAY);
                yield Optional.of(new Value.DateValue(
                        date.value().plusMonths(duration.months()).plusDays(days)));
            }
            case Value.LocalTimeValue(LocalTime time) ->
                Optional.of(new Value.LocalTimeValue(withTime(time, duration)));
            case Value.TimeValue(OffsetTime time) -> Optional.of(new Value.TimeValue(withTime(time, duration)));
            case Value.LocalDateTimeValue dateTime ->
                Optional.of(new Value.LocalDateTimeValue(withAll(dateTime.value(), duration)));
            case Value.DateTimeValue dateTime ->
                Optional.of(new Value.DateTimeValue(withAll(dateTime.value(), duration)));
            case Value other -> Optional.empty();
        });
    }

    /** A time of the day goes round at midnight and knows no days. */
    @SuppressWarnings("unchecked")
    private static <T extends Temporal> T withTime(T time, DurationValue duration) {
        return (T) time.plus(duration.seconds() % SECONDS_OF_A_DAY, ChronoUnit.SECONDS)
                .plus(duration.nanos(), ChronoUnit.NANOS);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Temporal> T withAll(T moment, DurationValue duration) {
        return (T) moment.plus(duration.months(), ChronoUnit.MONTHS)
                .plus(duration.days(), ChronoUnit.DAYS)
                .plus(duration.seconds(), ChronoUnit.SECONDS)
                .plus(duration.nanos(), ChronoUnit.NANOS);
    }
}
