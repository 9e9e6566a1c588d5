package io.spangraph.engine.exec.expression;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.expr.Expression.ArithmeticOperator;
import io.spangraph.engine.expr.temporal.Durations;
import io.spangraph.engine.expr.temporal.TemporalArithmetic;
import io.spangraph.engine.expr.temporal.TemporalParts;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.ValueText;
import io.spangraph.model.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Arithmetic of single values, with {@code +} on texts and lists too. */
final class ValueArithmetic {
    private ValueArithmetic() {}

    static Value calculate(ArithmeticOperator operator, Value left, Value right) {
        if (left.isNull() || right.isNull()) {
            return Value.NULL;
        }
        if (operator == ArithmeticOperator.CONCATENATE) {
            return concatenate(left, right);
        }
        if (left instanceof Value.IntegerValue(long a) && right instanceof Value.IntegerValue(long b)) {
            return operator == ArithmeticOperator.POWER
                    ? Value.of(Math.pow(a, b))
                    : Value.of(Calculation.calculate(operator, a, b));
        }
        if (isNumber(left) && isNumber(right)) {
            return Value.of(Calculation.calculate(operator, toDouble(left), toDouble(right)));
        }
        Optional<Value> temporal = temporal(operator, left, right);
        if (temporal.isPresent()) {
            return temporal.get();
        }
        if (operator == ArithmeticOperator.ADD) {
            return add(left, right);
        }
        throw mismatch(operator, left, right);
    }

    private static Optional<Value> temporal(ArithmeticOperator operator, Value left, Value right) {
        return switch (operator) {
            case ADD -> TemporalArithmetic.sum(left, right);
            case SUBTRACT -> TemporalArithmetic.difference(left, right);
            case MULTIPLY -> TemporalArithmetic.product(left, right);
            case DIVIDE -> TemporalArithmetic.quotient(left, right);
            case MODULO, POWER, CONCATENATE -> Optional.empty();
        };
    }

    static Value negate(Value value) {
        return switch (value) {
            case Value.NullValue none -> none;
            case Value.IntegerValue(long number) ->
                Value.of(Calculation.calculate(ArithmeticOperator.SUBTRACT, 0L, number));
            case Value.FloatValue(double number) -> Value.of(-number);
            case Value.DurationValue duration -> Durations.negated(duration);
            case Value other ->
                throw QueryException.of(
                        QueryErrorCode.TYPE_ERROR,
                        "Expected a number behind '-' but got " + Values.typeName(other) + ": "
                                + ValueText.excerpt(other) + ".");
        };
    }

    private static Value add(Value left, Value right) {
        if (left instanceof Value.ListValue(List<Value> a)) {
            List<Value> joined = new ArrayList<>(a);
            if (right instanceof Value.ListValue(List<Value> b)) {
                joined.addAll(b);
            } else {
                joined.add(right);
            }
            return Value.of(joined);
        }
        if (right instanceof Value.ListValue(List<Value> b)) {
            List<Value> joined = new ArrayList<>();
            joined.add(left);
            joined.addAll(b);
            return Value.of(joined);
        }
        boolean texts = left instanceof Value.StringValue && isTextOrNumber(right)
                || right instanceof Value.StringValue && isTextOrNumber(left);
        if (texts) {
            return Value.of(ValueText.plain(left) + ValueText.plain(right));
        }
        throw mismatch(ArithmeticOperator.ADD, left, right);
    }

    private static Value concatenate(Value left, Value right) {
        if (left instanceof Value.StringValue(String a) && right instanceof Value.StringValue(String b)) {
            return Value.of(a + b);
        }
        if (left instanceof Value.ListValue && right instanceof Value.ListValue) {
            return add(left, right);
        }
        throw mismatch(ArithmeticOperator.CONCATENATE, left, right)
                .withHint(
                        "|| joins two texts or two lists; for others write toString(...), or [...] around an element.");
    }

    private static boolean isTextOrNumber(Value value) {
        return value instanceof Value.StringValue || value instanceof Value.BooleanValue || isNumber(value);
    }

    private static boolean isNumber(Value value) {
        return value instanceof Value.IntegerValue || value instanceof Value.FloatValue;
    }

    private static double toDouble(Value value) {
        return value instanceof Value.FloatValue(double number) ? number : ((Value.IntegerValue) value).value();
    }

    private static QueryException mismatch(ArithmeticOperator operator, Value left, Value right) {
        QueryException mismatch = QueryException.of(
                QueryErrorCode.TYPE_ERROR,
                "Cannot calculate " + Values.typeName(left) + " " + operator.symbol() + " " + Values.typeName(right)
                        + ": " + ValueText.excerpt(left) + " " + operator.symbol() + " " + ValueText.excerpt(right)
                        + ".");
        return TemporalParts.isPointInTime(left)
                ? mismatch.withHint("Write date() + duration({days: 7}), or duration.between(start, end).")
                : mismatch;
    }
}
