package io.spangraph.engine.expr;

import static io.spangraph.engine.expr.Arguments.mismatch;
import static io.spangraph.engine.expr.Arguments.strict;

import io.spangraph.model.value.Value;
import io.spangraph.model.value.ValueText;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Conversions between types. A text that does not parse gives null; a type that has no conversion is an error. */
final class ConversionFunctions {
    private static final int LONGEST_NUMBER = 400;

    private ConversionFunctions() {}

    /** A conversion; empty for a type that has none. */
    @FunctionalInterface
    private interface Conversion {
        Optional<Value> convert(Value value);
    }

    static List<ScalarFunction> all() {
        return List.of(
                checked("toInteger", "a number, Boolean or String", ConversionFunctions::toInteger),
                orNull("toIntegerOrNull", ConversionFunctions::toInteger),
                checked("toFloat", "a number or String", ConversionFunctions::toFloat),
                orNull("toFloatOrNull", ConversionFunctions::toFloat),
                checked("toBoolean", "a Boolean, Integer or String", ConversionFunctions::toBoolean),
                orNull("toBooleanOrNull", ConversionFunctions::toBoolean),
                checked("toString", "a Boolean, number, String or temporal value", ConversionFunctions::toText),
                orNull("toStringOrNull", ConversionFunctions::toText),
                list("toIntegerList", ConversionFunctions::toInteger),
                list("toFloatList", ConversionFunctions::toFloat),
                list("toBooleanList", ConversionFunctions::toBoolean),
                list("toStringList", ConversionFunctions::toText),
                new ScalarFunction(
                        "isTyped",
                        2,
                        2,
                        false,
                        "True for a value of a type.",
                        (arguments, context) -> Value.of(
                                ValueTypes.matches(arguments.get(0), Arguments.text(arguments, 1, "isTyped")))),
                new ScalarFunction(
                        "valueType",
                        1,
                        1,
                        false,
                        "The type of a value as text.",
                        (arguments, context) -> Value.of(typeText(arguments.getFirst()))));
    }

    private static ScalarFunction checked(String name, String expected, Conversion conversion) {
        return strict(
                name,
                1,
                "Converts; null for a text that does not fit.",
                (arguments, context) -> conversion
                        .convert(arguments.getFirst())
                        .orElseThrow(() -> mismatch(name, expected, arguments.getFirst())));
    }

    private static ScalarFunction orNull(String name, Conversion conversion) {
        return strict(
                name,
                1,
                "Converts; null for whatever does not fit.",
                (arguments, context) -> conversion.convert(arguments.getFirst()).orElse(Value.NULL));
    }

    private static ScalarFunction list(String name, Conversion conversion) {
        return strict(
                name,
                1,
                "Converts each element; null for one that does not fit.",
                (arguments, context) -> Value.of(Arguments.list(arguments, 0, name).stream()
                        .map(element -> conversion.convert(element).orElse(Value.NULL))
                        .toList()));
    }

    private static Optional<Value> toInteger(Value value) {
        return switch (value) {
            case Value.IntegerValue number -> Optional.of(number);
            case Value.FloatValue(double number) -> Optional.of(wholePart(number));
            case Value.BooleanValue(boolean flag) -> Optional.of(Value.of(flag ? 1L : 0L));
            case Value.StringValue(String text) -> Optional.of(parseInteger(text));
            case Value other -> Optional.empty();
        };
    }

    private static Value wholePart(double number) {
        return Double.isNaN(number) || number >= 0x1p63 || number < -0x1p63 ? Value.NULL : Value.of((long) number);
    }

    private static Value parseInteger(String text) {
        String trimmed = text.strip();
        try {
            return Value.of(Long.parseLong(trimmed));
        } catch (NumberFormatException notWhole) {
            return parseFloat(trimmed) instanceof Value.FloatValue ? wholePart(trimmed) : Value.NULL;
        }
    }

    /** By decimal digits, as a double would lose the last ones of a large number. */
    private static Value wholePart(String decimal) {
        try {
            BigDecimal number = new BigDecimal(decimal);
            boolean fits = number.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0
                    && number.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) >= 0;
            return fits ? Value.of(number.longValue()) : Value.NULL;
        } catch (NumberFormatException notDecimal) {
            return Value.NULL;
        }
    }

    private static Optional<Value> toFloat(Value value) {
        return switch (value) {
            case Value.FloatValue number -> Optional.of(number);
            case Value.IntegerValue(long number) -> Optional.of(Value.of((double) number));
            case Value.StringValue(String text) -> Optional.of(parseFloat(text.strip()));
            case Value other -> Optional.empty();
        };
    }

    private static Value parseFloat(String text) {
        boolean javaSuffix = !text.isEmpty() && "dDfF".indexOf(text.charAt(text.length() - 1)) >= 0;
        if (javaSuffix || text.length() > LONGEST_NUMBER) {
            return Value.NULL;
        }
        try {
            return Value.of(Double.parseDouble(text));
        } catch (NumberFormatException notNumber) {
            return Value.NULL;
        }
    }

    private static Optional<Value> toBoolean(Value value) {
        return switch (value) {
            case Value.BooleanValue flag -> Optional.of(flag);
            case Value.IntegerValue(long number) -> Optional.of(Value.of(number != 0));
            case Value.StringValue(String text) -> Optional.of(parseBoolean(text));
            case Value other -> Optional.empty();
        };
    }

    private static Value parseBoolean(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> Value.TRUE;
            case "false" -> Value.FALSE;
            default -> Value.NULL;
        };
    }

    private static Optional<Value> toText(Value value) {
        return switch (value) {
            case Value.StringValue text -> Optional.of(text);
            case Value.NullValue none -> Optional.empty();
            case Value.BytesValue bytes -> Optional.empty();
            case Value.ListValue list -> Optional.empty();
            case Value.MapValue map -> Optional.empty();
            case Value.NodeValue node -> Optional.empty();
            case Value.RelationshipValue edge -> Optional.empty();
            case Value.PathValue path -> Optional.empty();
            case Value scalar -> Optional.of(Value.of(ValueText.plain(scalar)));
        };
    }

    private static String typeText(Value value) {
        return switch (value) {
            case Value.NullValue none -> "NULL";
            case Value.ListValue(List<Value> elements) -> "LIST<" + elementTypes(elements) + "> NOT NULL";
            case Value other -> typeName(other) + " NOT NULL";
        };
    }

    private static String elementTypes(List<Value> elements) {
        Set<String> types = new LinkedHashSet<>();
        boolean nullable = elements.stream().anyMatch(Value::isNull);
        elements.stream().filter(element -> !element.isNull()).forEach(element -> types.add(typeText(element)));
        if (types.isEmpty()) {
            return nullable ? "NULL" : "NOTHING";
        }
        String union = String.join(" | ", new java.util.TreeSet<>(types));
        return nullable ? union.replace(" NOT NULL", "") : union;
    }

    static String typeName(Value value) {
        return switch (value) {
            case Value.NullValue none -> "NULL";
            case Value.BooleanValue flag -> "BOOLEAN";
            case Value.IntegerValue number -> "INTEGER";
            case Value.FloatValue number -> "FLOAT";
            case Value.StringValue text -> "STRING";
            case Value.BytesValue bytes -> "BYTEARRAY";
            case Value.DateValue date -> "DATE";
            case Value.LocalTimeValue time -> "LOCAL TIME";
            case Value.TimeValue time -> "ZONED TIME";
            case Value.LocalDateTimeValue dateTime -> "LOCAL DATETIME";
            case Value.DateTimeValue dateTime -> "ZONED DATETIME";
            case Value.DurationValue duration -> "DURATION";
            case Value.ListValue list -> "LIST<ANY>";
            case Value.MapValue map -> "MAP";
            case Value.NodeValue node -> "NODE";
            case Value.RelationshipValue edge -> "RELATIONSHIP";
            case Value.PathValue path -> "PATH";
        };
    }
}
