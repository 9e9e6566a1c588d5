package io.spangraph.engine.reference;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.expr.Expression.ArithmeticOperator;
import io.spangraph.engine.expr.temporal.Durations;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.DurationValue;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.Optional;

/** Sums with durations by way of Java's periods and durations. Multiples are those of the engine. */
final class ReferenceTemporal {
    private static final BigInteger NANOS_OF_A_SECOND = BigInteger.valueOf(1_000_000_000);

    private ReferenceTemporal() {}

    /** The result; empty for operands that are not calculated with in this way. */
    static Optional<Value> calculate(ArithmeticOperator operator, Value left, Value right) {
        boolean leftDuration = left instanceof DurationValue;
        boolean rightDuration = right instanceof DurationValue;
        if (operator == ArithmeticOperator.ADD && rightDuration) {
            return plus(left, (DurationValue) right, 1);
        }
        if (operator == ArithmeticOperator.ADD && leftDuration) {
            return plus(right, (DurationValue) left, 1);
        }
        if (operator == ArithmeticOperator.SUBTRACT && rightDuration) {
            return plus(left, (DurationValue) right, -1);
        }
        if (operator == ArithmeticOperator.MULTIPLY && leftDuration && ReferenceArithmetic.isNumber(right)) {
            return Optional.of(Durations.times((DurationValue) left, right));
        }
        if (operator == ArithmeticOperator.MULTIPLY && rightDuration && ReferenceArithmetic.isNumber(left)) {
            return Optional.of(Durations.times((DurationValue) right, left));
        }
        return operator == ArithmeticOperator.DIVIDE && leftDuration && ReferenceArithmetic.isNumber(right)
                ? Optional.of(Durations.dividedBy((DurationValue) left, right))
                : Optional.empty();
    }

    static Value opposite(DurationValue duration) {
        return plus(new DurationValue(0, 0, 0, 0), duration, -1).orElseThrow();
    }

    private static Optional<Value> plus(Value value, DurationValue duration, int sign) {
        try {
            if (value instanceof DurationValue other) {
                return Optional.of(durations(other, duration, sign));
            }
            Period months = Period.ofMonths(Math.toIntExact(duration.months() * sign));
            Period days = Period.ofDays(Math.toIntExact(duration.days() * sign));
            Duration time =
                    Duration.ofSeconds(duration.seconds(), duration.nanos()).multipliedBy(sign);
            return switch (value) {
                case Value.DateValue date ->
                    Optional.of(new Value.DateValue(
                            date.value().plus(months).plus(days).plusDays(time.getSeconds() / 86_400)));
                case Value.LocalTimeValue of ->
                    Optional.of(new Value.LocalTimeValue(of.value().plus(time)));
                case Value.TimeValue of ->
                    Optional.of(new Value.TimeValue(of.value().plus(time)));
                case Value.LocalDateTimeValue(LocalDateTime at) ->
                    Optional.of(new Value.LocalDateTimeValue(
                            at.plus(months).plus(days).plus(time)));
                case Value.DateTimeValue(ZonedDateTime at) ->
                    Optional.of(
                            new Value.DateTimeValue(at.plus(months).plus(days).plus(time)));
                case Value other -> Optional.empty();
            };
        } catch (DateTimeException | ArithmeticException overflow) {
            throw QueryException.of(QueryErrorCode.ARITHMETIC_ERROR, "Temporal: " + overflow.getMessage() + ".");
        }
    }

    private static Value durations(DurationValue left, DurationValue right, int sign) {
        BigInteger nanos = nanos(left).add(nanos(right).multiply(BigInteger.valueOf(sign)));
        BigInteger ofSecond = nanos.mod(NANOS_OF_A_SECOND);
        return new DurationValue(
                Math.addExact(left.months(), Math.multiplyExact(right.months(), sign)),
                Math.addExact(left.days(), Math.multiplyExact(right.days(), sign)),
                nanos.subtract(ofSecond).divide(NANOS_OF_A_SECOND).longValueExact(),
                ofSecond.intValue());
    }

    private static BigInteger nanos(DurationValue duration) {
        return BigInteger.valueOf(duration.seconds())
                .multiply(NANOS_OF_A_SECOND)
                .add(BigInteger.valueOf(duration.nanos()));
    }
}
