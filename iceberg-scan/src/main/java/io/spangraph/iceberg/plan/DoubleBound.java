package io.spangraph.iceberg.plan;

import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.model.value.Value;
import java.util.Optional;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Where a number lies among the doubles: on one, or between two neighbours, as large integers do. Comparisons with a
 * column of doubles are then exact.
 *
 * @param below the largest double at or below the number
 * @param above the smallest double at or above the number
 */
record DoubleBound(double below, double above) {
    private static final double TWO_POW_63 = 0x1p63;

    /** Empty when the value is no number. */
    static Optional<DoubleBound> of(Value value) {
        if (value instanceof Value.FloatValue(double number)) {
            return Optional.of(new DoubleBound(number, number));
        }
        return value instanceof Value.IntegerValue(long number) ? Optional.of(ofLong(number)) : Optional.empty();
    }

    private static DoubleBound ofLong(long number) {
        double nearest = (double) number;
        if (nearest == TWO_POW_63) {
            return new DoubleBound(Math.nextDown(nearest), nearest);
        }
        long back = (long) nearest;
        if (back == number) {
            return new DoubleBound(nearest, nearest);
        }
        return back < number
                ? new DoubleBound(nearest, Math.nextUp(nearest))
                : new DoubleBound(Math.nextDown(nearest), nearest);
    }

    Condition condition(NestedField column, CompareOperator operator) {
        if (Double.isNaN(below)) {
            return Conditions.otherKind(column, operator);
        }
        if (below == above) {
            return new Condition.CompareDouble(column, operator, below);
        }
        return switch (operator) {
            case EQUAL -> Condition.NEVER;
            case NOT_EQUAL -> new Condition.IsNotNull(column);
            case LESS, LESS_OR_EQUAL -> new Condition.CompareDouble(column, CompareOperator.LESS_OR_EQUAL, below);
            case GREATER, GREATER_OR_EQUAL ->
                new Condition.CompareDouble(column, CompareOperator.GREATER_OR_EQUAL, above);
        };
    }
}
