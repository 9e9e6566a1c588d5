package io.spangraph.engine.expr;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.expr.ScalarFunction.Body;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.ValueText;
import io.spangraph.model.value.Values;
import java.util.List;

/** Typed access to the arguments of a function, with errors that say what was expected and what came. */
final class Arguments {
    private Arguments() {}

    /** A function of a fixed number of arguments that gives null for null. */
    static ScalarFunction strict(String name, int arity, String description, Body body) {
        return new ScalarFunction(name, arity, arity, true, description, body);
    }

    /** A function of a range of arguments that gives null for null. */
    static ScalarFunction strict(String name, int min, int max, String description, Body body) {
        return new ScalarFunction(name, min, max, true, description, body);
    }

    static String text(List<Value> arguments, int index, String function) {
        if (arguments.get(index) instanceof Value.StringValue(String text)) {
            return text;
        }
        throw mismatch(function, "a String", arguments.get(index));
    }

    static long integer(List<Value> arguments, int index, String function) {
        if (arguments.get(index) instanceof Value.IntegerValue(long number)) {
            return number;
        }
        throw mismatch(function, "an Integer", arguments.get(index));
    }

    /** A number of characters or elements: not negative. */
    static int length(List<Value> arguments, int index, String function) {
        long length = integer(arguments, index, function);
        if (length < 0) {
            throw QueryException.of(
                    QueryErrorCode.ARGUMENT_ERROR,
                    function + "() expected a length of 0 or more but got " + length + ".");
        }
        return (int) Math.min(length, Integer.MAX_VALUE);
    }

    static double number(List<Value> arguments, int index, String function) {
        return switch (arguments.get(index)) {
            case Value.IntegerValue(long number) -> number;
            case Value.FloatValue(double number) -> number;
            case Value other -> throw mismatch(function, "a number", other);
        };
    }

    static List<Value> list(List<Value> arguments, int index, String function) {
        if (arguments.get(index) instanceof Value.ListValue(List<Value> elements)) {
            return elements;
        }
        throw mismatch(function, "a List", arguments.get(index));
    }

    static QueryException mismatch(String function, String expected, Value found) {
        return QueryException.of(
                QueryErrorCode.TYPE_ERROR,
                function + "() expected " + expected + " but got " + Values.typeName(found) + ": "
                        + ValueText.excerpt(found) + ".");
    }
}
