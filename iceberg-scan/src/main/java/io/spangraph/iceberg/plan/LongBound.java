package io.spangraph.iceberg.plan;

import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.model.value.Value;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Where a value lies among the whole numbers that a column of integers, dates or times can hold: on one, between two, or
 * beyond them all. Comparisons with it are then exact, whatever the value's own precision.
 *
 * @param place where the value lies
 * @param floor the whole number at or below the value, if there is one
 */
record LongBound(Place place, long floor) {
    private static final BigInteger MICROS = BigInteger.valueOf(1_000_000);
    private static final double TWO_POW_63 = 0x1p63;

    enum Place {
        ON,
        ABOVE_FLOOR,
        BELOW_ALL,
        ABOVE_ALL,
        /** NaN: different from every number, in no order with any. */
        NOWHERE
    }

    /** Empty when the value is of another kind than the column. */
    static Optional<LongBound> of(Type type, Value value) {
        return switch (type.typeId()) {
            case INTEGER, LONG -> ofNumber(value);
            case DATE ->
                value instanceof Value.DateValue(var date) ? Optional.of(on(date.toEpochDay())) : Optional.empty();
            case TIME ->
                value instanceof Value.LocalTimeValue(var time)
                        ? Optional.of(between(time.toNanoOfDay() / 1000, time.toNanoOfDay() % 1000))
                        : Optional.empty();
            case TIMESTAMP -> ofTimestamp(((Types.TimestampType) type).shouldAdjustToUTC(), value);
            default -> throw new IllegalArgumentException("no column of whole numbers: " + type);
        };
    }

    private static Optional<LongBound> ofNumber(Value value) {
        if (value instanceof Value.IntegerValue(long number)) {
            return Optional.of(on(number));
        }
        return value instanceof Value.FloatValue(double number) ? Optional.of(ofDouble(number)) : Optional.empty();
    }

    private static LongBound ofDouble(double number) {
        if (Double.isNaN(number)) {
            return new LongBound(Place.NOWHERE, 0);
        }
        double floor = Math.floor(number);
        if (floor >= TWO_POW_63) {
            return new LongBound(Place.ABOVE_ALL, 0);
        }
        if (floor < -TWO_POW_63) {
            return new LongBound(Place.BELOW_ALL, 0);
        }
        return new LongBound(floor == number ? Place.ON : Place.ABOVE_FLOOR, (long) floor);
    }

    private static Optional<LongBound> ofTimestamp(boolean utc, Value value) {
        if (utc && value instanceof Value.DateTimeValue(var dateTime)) {
            return Optional.of(ofInstant(dateTime.toInstant()));
        }
        return !utc && value instanceof Value.LocalDateTimeValue(var dateTime)
                ? Optional.of(ofInstant(dateTime.toInstant(ZoneOffset.UTC)))
                : Optional.empty();
    }

    private static LongBound ofInstant(Instant instant) {
        BigInteger micros = BigInteger.valueOf(instant.getEpochSecond())
                .multiply(MICROS)
                .add(BigInteger.valueOf(instant.getNano() / 1000));
        if (micros.bitLength() > 63) {
            return new LongBound(micros.signum() > 0 ? Place.ABOVE_ALL : Place.BELOW_ALL, 0);
        }
        return between(micros.longValueExact(), instant.getNano() % 1000);
    }

    private static LongBound on(long number) {
        return new LongBound(Place.ON, number);
    }

    private static LongBound between(long floor, long rest) {
        return new LongBound(rest == 0 ? Place.ON : Place.ABOVE_FLOOR, floor);
    }

    /** The condition that a column compares so with this bound. */
    Condition condition(NestedField column, CompareOperator operator) {
        return switch (place) {
            case ON -> new Condition.CompareLong(column, operator, floor);
            case ABOVE_FLOOR ->
                switch (operator) {
                    case EQUAL -> Condition.NEVER;
                    case NOT_EQUAL -> new Condition.IsNotNull(column);
                    case LESS, LESS_OR_EQUAL -> new Condition.CompareLong(column, CompareOperator.LESS_OR_EQUAL, floor);
                    case GREATER, GREATER_OR_EQUAL -> new Condition.CompareLong(column, CompareOperator.GREATER, floor);
                };
            case BELOW_ALL -> beyond(column, operator, CompareOperator.GREATER, CompareOperator.GREATER_OR_EQUAL);
            case ABOVE_ALL -> beyond(column, operator, CompareOperator.LESS, CompareOperator.LESS_OR_EQUAL);
            case NOWHERE -> Conditions.otherKind(column, operator);
        };
    }

    private static Condition beyond(
            NestedField column, CompareOperator operator, CompareOperator isTrue, CompareOperator isTrueToo) {
        return operator == isTrue || operator == isTrueToo || operator == CompareOperator.NOT_EQUAL
                ? new Condition.IsNotNull(column)
                : Condition.NEVER;
    }
}
