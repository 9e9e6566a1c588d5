package io.spangraph.engine.reference;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.expr.Expression.ArithmeticOperator;
import io.spangraph.model.schema.MappingExpression.BinaryOperator;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.ValueText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Arithmetic of both languages: whole numbers stay whole, an overflow is an error and not a wrong number. */
final class ReferenceArithmetic {
    private ReferenceArithmetic() {}

    /** Arithmetic of a mapping: what is no number gives null, and so does a division by zero. */
    static Value ofMapping(BinaryOperator operator, Value left, Value right) {
        if (!isNumber(left) || !isNumber(right)) {
            return Value.NULL;
        }
        return switch (operator) {
            case ADD -> numbers(ArithmeticOperator.ADD, left, right);
            case SUBTRACT -> numbers(ArithmeticOperator.SUBTRACT, left, right);
            case MULTIPLY -> numbers(ArithmeticOperator.MULTIPLY, left, right);
            case DIVIDE -> toDouble(right) == 0 ? Value.NULL : Value.of(toDouble(left) / toDouble(right));
            case OR, AND, EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, LIKE ->
                throw new IllegalArgumentException(operator + " is no arithmetic");
        };
    }

    /** Arithmetic of a query. */
    static Value ofQuery(ArithmeticOperator operator, Value left, Value right) {
        if (left.isNull() || right.isNull()) {
            return Value.NULL;
        }
        if (operator == ArithmeticOperator.CONCATENATE) {
            return joined(left, right);
        }
        if (isNumber(left) && isNumber(right)) {
            return numbers(operator, left, right);
        }
        Optional<Value> temporal = ReferenceTemporal.calculate(operator, left, right);
        if (temporal.isPresent()) {
            return temporal.get();
        }
        if (operator == ArithmeticOperator.ADD) {
            return sum(left, right);
        }
        throw ReferenceErrors.typeError("a number", isNumber(left) ? right : left);
    }

    static Value opposite(Value value) {
        return value instanceof Value.DurationValue duration
                ? ReferenceTemporal.opposite(duration)
                : ofQuery(ArithmeticOperator.SUBTRACT, Value.of(0L), value);
    }

    /** The sum of texts and lists. */
    private static Value sum(Value left, Value right) {
        if (left instanceof Value.ListValue(List<Value> a)) {
            List<Value> all = new ArrayList<>(a);
            all.addAll(right instanceof Value.ListValue(List<Value> b) ? b : List.of(right));
            return Value.of(all);
        }
        if (right instanceof Value.ListValue(List<Value> b)) {
            List<Value> all = new ArrayList<>(List.of(left));
            all.addAll(b);
            return Value.of(all);
        }
        boolean texts = left instanceof Value.StringValue && isTextOrScalar(right)
                || right instanceof Value.StringValue && isTextOrScalar(left);
        if (texts) {
            return Value.of(ValueText.plain(left) + ValueText.plain(right));
        }
        throw ReferenceErrors.typeError("two numbers, texts or lists", right);
    }

    private static Value joined(Value left, Value right) {
        boolean texts = left instanceof Value.StringValue && right instanceof Value.StringValue;
        boolean lists = left instanceof Value.ListValue && right instanceof Value.ListValue;
        if (texts || lists) {
            return sum(left, right);
        }
        throw ReferenceErrors.typeError("two texts or two lists", right);
    }

    private static boolean isTextOrScalar(Value value) {
        return value instanceof Value.StringValue || value instanceof Value.BooleanValue || isNumber(value);
    }

    private static Value numbers(ArithmeticOperator operator, Value left, Value right) {
        if (left instanceof Value.IntegerValue(long a)
                && right instanceof Value.IntegerValue(long b)
                && operator != ArithmeticOperator.POWER) {
            try {
                return Value.of(whole(operator, a, b));
            } catch (ArithmeticException problem) {
                throw QueryException.of(QueryErrorCode.ARITHMETIC_ERROR, "Arithmetic: " + problem.getMessage() + ".");
            }
        }
        double a = toDouble(left);
        double b = toDouble(right);
        return Value.of(
                switch (operator) {
                    case ADD -> a + b;
                    case SUBTRACT -> a - b;
                    case MULTIPLY -> a * b;
                    case DIVIDE -> a / b;
                    case MODULO -> a % b;
                    case POWER -> Math.pow(a, b);
                    case CONCATENATE -> throw new IllegalArgumentException("numbers are not joined");
                });
    }

    private static long whole(ArithmeticOperator operator, long a, long b) {
        return switch (operator) {
            case ADD -> Math.addExact(a, b);
            case SUBTRACT -> Math.subtractExact(a, b);
            case MULTIPLY -> Math.multiplyExact(a, b);
            case DIVIDE -> a / b;
            case MODULO -> a % b;
            case POWER, CONCATENATE -> throw new IllegalArgumentException(operator + " gives no whole number");
        };
    }

    static boolean isNumber(Value value) {
        return value instanceof Value.IntegerValue || value instanceof Value.FloatValue;
    }

    static double toDouble(Value number) {
        return switch (number) {
            case Value.IntegerValue(long whole) -> whole;
            case Value.FloatValue(double floating) -> floating;
            case Value other -> throw ReferenceErrors.typeError("a number", other);
        };
    }
}
