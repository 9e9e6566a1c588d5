package io.spangraph.engine.expr;

import static io.spangraph.engine.expr.Arguments.integer;
import static io.spangraph.engine.expr.Arguments.mismatch;
import static io.spangraph.engine.expr.Arguments.number;
import static io.spangraph.engine.expr.Arguments.strict;
import static io.spangraph.engine.expr.Arguments.text;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleUnaryOperator;

/** Functions of numbers. */
final class NumberFunctions {
    private static final int MAX_PRECISION = 400;

    private NumberFunctions() {}

    static List<ScalarFunction> all() {
        List<ScalarFunction> functions = new ArrayList<>(List.of(
                strict("abs", 1, "The absolute value.", NumberFunctions::abs),
                strict("sign", 1, "-1, 0 or 1.", NumberFunctions::sign),
                strict("round", 1, 3, "Rounded, to a number of digits, by a mode.", NumberFunctions::round),
                strict(
                        "atan2",
                        2,
                        "The angle of a point.",
                        (a, c) -> Value.of(Math.atan2(number(a, 0, "atan2"), number(a, 1, "atan2")))),
                strict(
                        "isNaN",
                        1,
                        "True for a number that is none.",
                        (a, c) -> Value.of(Double.isNaN(number(a, 0, "isNaN")))),
                strict("pi", 0, "The ratio of a circle's circumference to its diameter.", (a, c) -> Value.of(Math.PI)),
                strict("e", 0, "The base of the natural logarithm.", (a, c) -> Value.of(Math.E)),
                strict(
                        "rand",
                        0,
                        "A random number from 0 to below 1.",
                        (a, c) -> Value.of(ThreadLocalRandom.current().nextDouble())),
                strict(
                        "randomUUID",
                        0,
                        "A random UUID as text.",
                        (a, c) -> Value.of(UUID.randomUUID().toString()))));
        functions.addAll(List.of(
                ofDouble("ceil", "The next integral number above.", Math::ceil),
                ofDouble("ceiling", "The next integral number above.", Math::ceil),
                ofDouble("floor", "The next integral number below.", Math::floor),
                ofDouble("sqrt", "The square root.", Math::sqrt),
                ofDouble("exp", "The power of e.", Math::exp),
                ofDouble("log", "The natural logarithm.", Math::log),
                ofDouble("log10", "The logarithm to base 10.", Math::log10),
                ofDouble("sin", "The sine.", Math::sin),
                ofDouble("cos", "The cosine.", Math::cos),
                ofDouble("tan", "The tangent.", Math::tan),
                ofDouble("cot", "The cotangent.", angle -> 1 / Math.tan(angle)),
                ofDouble("asin", "The arcsine.", Math::asin),
                ofDouble("acos", "The arccosine.", Math::acos),
                ofDouble("atan", "The arctangent.", Math::atan),
                ofDouble("sinh", "The hyperbolic sine.", Math::sinh),
                ofDouble("cosh", "The hyperbolic cosine.", Math::cosh),
                ofDouble("coth", "The hyperbolic cotangent.", angle -> 1 / Math.tanh(angle)),
                ofDouble("tanh", "The hyperbolic tangent.", Math::tanh),
                ofDouble("haversin", "Half the versine.", angle -> (1 - Math.cos(angle)) / 2),
                ofDouble("degrees", "Radians as degrees.", Math::toDegrees),
                ofDouble("radians", "Degrees as radians.", Math::toRadians)));
        return functions;
    }

    private static ScalarFunction ofDouble(String name, String description, DoubleUnaryOperator operator) {
        return strict(
                name,
                1,
                description,
                (arguments, context) -> Value.of(operator.applyAsDouble(number(arguments, 0, name))));
    }

    private static Value abs(List<Value> arguments, FunctionContext context) {
        return switch (arguments.getFirst()) {
            case Value.IntegerValue(long number)
            when number == Long.MIN_VALUE ->
                throw QueryException.of(
                        QueryErrorCode.ARITHMETIC_ERROR, "Integer overflow: abs(" + number + ") is too large.");
            case Value.IntegerValue(long number) -> Value.of(Math.abs(number));
            case Value.FloatValue(double number) -> Value.of(Math.abs(number));
            case Value other -> throw mismatch("abs", "a number", other);
        };
    }

    private static Value sign(List<Value> arguments, FunctionContext context) {
        return Value.of((long) Math.signum(number(arguments, 0, "sign")));
    }

    /** Without a mode ties go up as long as no digits are asked for, and away from zero otherwise, as in Neo4j. */
    private static Value round(List<Value> arguments, FunctionContext context) {
        double number = number(arguments, 0, "round");
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Value.of(number);
        }
        if (arguments.size() == 1) {
            return Value.of(Math.floor(number) + (number - Math.floor(number) >= 0.5 ? 1 : 0));
        }
        long precision = integer(arguments, 1, "round");
        if (precision < 0 || precision > MAX_PRECISION) {
            throw QueryException.of(
                    QueryErrorCode.ARGUMENT_ERROR,
                    "round() expected a precision from 0 to " + MAX_PRECISION + " but got " + precision + ".");
        }
        RoundingMode mode = arguments.size() < 3 ? RoundingMode.HALF_UP : roundingMode(text(arguments, 2, "round"));
        return Value.of(
                BigDecimal.valueOf(number).setScale((int) precision, mode).doubleValue());
    }

    private static RoundingMode roundingMode(String name) {
        try {
            RoundingMode mode = RoundingMode.valueOf(name.toUpperCase(Locale.ROOT));
            if (mode != RoundingMode.UNNECESSARY) {
                return mode;
            }
        } catch (IllegalArgumentException unknown) {
            throw unknownMode(name).causedBy(unknown);
        }
        throw unknownMode(name);
    }

    private static QueryException unknownMode(String name) {
        return QueryException.of(
                QueryErrorCode.ARGUMENT_ERROR,
                "round() expected one of the modes UP, DOWN, CEILING, FLOOR, HALF_UP, HALF_DOWN and HALF_EVEN but got '"
                        + name + "'.");
    }
}
