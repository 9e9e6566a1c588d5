package io.spangraph.engine.expr;

import static io.spangraph.engine.expr.Arguments.integer;
import static io.spangraph.engine.expr.Arguments.list;
import static io.spangraph.engine.expr.Arguments.mismatch;
import static io.spangraph.engine.expr.Arguments.strict;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Functions of lists, and those that take values of any type. */
final class ListFunctions {
    private static final long BYTES_OF_AN_ELEMENT = 32;

    private ListFunctions() {}

    static List<ScalarFunction> all() {
        return List.of(
                new ScalarFunction(
                        "coalesce",
                        1,
                        Integer.MAX_VALUE,
                        false,
                        "The first argument that is not null.",
                        ListFunctions::coalesce),
                new ScalarFunction(
                        "nullIf", 2, 2, false, "Null if both are equal, else the first.", ListFunctions::nullIf),
                strict("size", 1, "The number of a list's elements or a text's characters.", ListFunctions::size),
                strict("isEmpty", 1, "True for a list, map or text without content.", ListFunctions::isEmpty),
                strict("head", 1, "The first element of a list.", ListFunctions::head),
                strict("last", 1, "The last element of a list.", ListFunctions::last),
                strict("tail", 1, "A list without its first element.", ListFunctions::tail),
                strict("reverse", 1, "A list or text from back to front.", ListFunctions::reverse),
                strict(
                        "range",
                        2,
                        3,
                        "The integers from the first to the second, ends included.",
                        ListFunctions::range));
    }

    private static Value coalesce(List<Value> arguments, FunctionContext context) {
        return arguments.stream().filter(value -> !value.isNull()).findFirst().orElse(Value.NULL);
    }

    private static Value nullIf(List<Value> arguments, FunctionContext context) {
        boolean same = Values.equal(arguments.get(0), arguments.get(1)).orElse(false);
        return same ? Value.NULL : arguments.get(0);
    }

    private static Value size(List<Value> arguments, FunctionContext context) {
        return switch (arguments.getFirst()) {
            case Value.ListValue(List<Value> elements) -> Value.of((long) elements.size());
            case Value.StringValue(String text) -> Value.of((long) text.codePointCount(0, text.length()));
            case Value other -> throw mismatch("size", "a List or String", other);
        };
    }

    private static Value isEmpty(List<Value> arguments, FunctionContext context) {
        return switch (arguments.getFirst()) {
            case Value.ListValue(List<Value> elements) -> Value.of(elements.isEmpty());
            case Value.MapValue(Map<String, Value> entries) -> Value.of(entries.isEmpty());
            case Value.StringValue(String text) -> Value.of(text.isEmpty());
            case Value other -> throw mismatch("isEmpty", "a List, Map or String", other);
        };
    }

    private static Value head(List<Value> arguments, FunctionContext context) {
        List<Value> elements = list(arguments, 0, "head");
        return elements.isEmpty() ? Value.NULL : elements.getFirst();
    }

    private static Value last(List<Value> arguments, FunctionContext context) {
        List<Value> elements = list(arguments, 0, "last");
        return elements.isEmpty() ? Value.NULL : elements.getLast();
    }

    private static Value tail(List<Value> arguments, FunctionContext context) {
        List<Value> elements = list(arguments, 0, "tail");
        return Value.of(elements.isEmpty() ? elements : elements.subList(1, elements.size()));
    }

    private static Value reverse(List<Value> arguments, FunctionContext context) {
        return switch (arguments.getFirst()) {
            case Value.ListValue(List<Value> elements) -> Value.of(elements.reversed());
            case Value.StringValue(String text) ->
                Value.of(new StringBuilder(text).reverse().toString());
            case Value other -> throw mismatch("reverse", "a List or String", other);
        };
    }

    private static Value range(List<Value> arguments, FunctionContext context) {
        long from = integer(arguments, 0, "range");
        long to = integer(arguments, 1, "range");
        long step = arguments.size() < 3 ? 1 : integer(arguments, 2, "range");
        if (step == 0) {
            throw QueryException.of(QueryErrorCode.ARGUMENT_ERROR, "range() expected a step other than 0.");
        }
        if (step > 0 ? from > to : from < to) {
            return Value.of(List.of());
        }
        double steps = Math.floor(((double) to - from) / step) + 1;
        long bytes = (long) (steps * BYTES_OF_AN_ELEMENT);
        context.query().memory().reserve(bytes, "range()");
        List<Value> elements = new ArrayList<>();
        for (long value = from, left = (long) steps; left > 0; left--, value += step) {
            elements.add(Value.of(value));
        }
        context.query().memory().release(bytes);
        return Value.of(elements);
    }
}
