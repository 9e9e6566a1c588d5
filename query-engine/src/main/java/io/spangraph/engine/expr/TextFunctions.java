package io.spangraph.engine.expr;

import static io.spangraph.engine.expr.Arguments.length;
import static io.spangraph.engine.expr.Arguments.list;
import static io.spangraph.engine.expr.Arguments.mismatch;
import static io.spangraph.engine.expr.Arguments.strict;
import static io.spangraph.engine.expr.Arguments.text;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.expr.ScalarFunction.Body;
import io.spangraph.model.value.Value;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/** Functions of texts. Positions count characters (code points), as size() does. */
final class TextFunctions {
    private static final Body TRIM_BOTH = (arguments, context) -> trim("btrim", arguments, true, true);
    private static final Body TRIM_START = (arguments, context) -> trim("ltrim", arguments, true, false);
    private static final Body TRIM_END = (arguments, context) -> trim("rtrim", arguments, false, true);

    private TextFunctions() {}

    static List<ScalarFunction> all() {
        UnaryOperator<String> upper = text -> text.toUpperCase(Locale.ROOT);
        UnaryOperator<String> lower = text -> text.toLowerCase(Locale.ROOT);
        return List.of(
                ofText("toUpper", "In upper case.", upper),
                ofText("upper", "In upper case.", upper),
                ofText("toLower", "In lower case.", lower),
                ofText("lower", "In lower case.", lower),
                ofText("trim", "Without white space at both ends.", String::strip),
                strict("btrim", 1, 2, "Without white space, or the given characters, at both ends.", TRIM_BOTH),
                strict("ltrim", 1, 2, "Without white space, or the given characters, at the start.", TRIM_START),
                strict("rtrim", 1, 2, "Without white space, or the given characters, at the end.", TRIM_END),
                strict("char_length", 1, "The number of characters.", TextFunctions::characterCount),
                strict("character_length", 1, "The number of characters.", TextFunctions::characterCount),
                strict(
                        "normalize",
                        1,
                        2,
                        "In a Unicode normal form: NFC, NFD, NFKC or NFKD.",
                        TextFunctions::normalize),
                strict("substring", 2, 3, "From a start (counted from 0), of a length.", TextFunctions::substring),
                strict("left", 2, "The first characters.", TextFunctions::left),
                strict("right", 2, "The last characters.", TextFunctions::right),
                strict("replace", 3, "With every occurrence of a text replaced.", TextFunctions::replace),
                strict("split", 2, "The parts between separators.", TextFunctions::split));
    }

    private static ScalarFunction ofText(String name, String description, UnaryOperator<String> operator) {
        return strict(name, 1, description, (arguments, context) -> Value.of(operator.apply(text(arguments, 0, name))));
    }

    /** Of the characters to take off, those of the second text are meant one by one. */
    private static Value trim(String function, List<Value> arguments, boolean atStart, boolean atEnd) {
        String text = text(arguments, 0, function);
        IntPredicate taken = Character::isWhitespace;
        if (arguments.size() > 1) {
            String characters = text(arguments, 1, function);
            taken = character -> characters.indexOf(character) >= 0;
        }
        int start = 0;
        int end = text.length();
        while (atStart && start < end && taken.test(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (atEnd && end > start && taken.test(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return Value.of(text.substring(start, end));
    }

    private static Value characterCount(List<Value> arguments, FunctionContext context) {
        String text = text(arguments, 0, "char_length");
        return Value.of((long) text.codePointCount(0, text.length()));
    }

    private static Value normalize(List<Value> arguments, FunctionContext context) {
        String text = text(arguments, 0, "normalize");
        String form = arguments.size() > 1 ? text(arguments, 1, "normalize") : "NFC";
        Normalizer.Form known = switch (form.toUpperCase(Locale.ROOT)) {
            case "NFC" -> Normalizer.Form.NFC;
            case "NFD" -> Normalizer.Form.NFD;
            case "NFKC" -> Normalizer.Form.NFKC;
            case "NFKD" -> Normalizer.Form.NFKD;
            default ->
                throw QueryException.of(
                        QueryErrorCode.ARGUMENT_ERROR,
                        "normalize() expected one of the forms NFC, NFD, NFKC and NFKD but got '" + form + "'.");
        };
        return Value.of(Normalizer.normalize(text, known));
    }

    private static Value substring(List<Value> arguments, FunctionContext context) {
        String text = text(arguments, 0, "substring");
        int from = length(arguments, 1, "substring");
        int count = arguments.size() < 3 ? Integer.MAX_VALUE : length(arguments, 2, "substring");
        return Value.of(characters(text, from, count));
    }

    private static Value left(List<Value> arguments, FunctionContext context) {
        return Value.of(characters(text(arguments, 0, "left"), 0, length(arguments, 1, "left")));
    }

    private static Value right(List<Value> arguments, FunctionContext context) {
        String text = text(arguments, 0, "right");
        int characters = text.codePointCount(0, text.length());
        return Value.of(characters(text, Math.max(0, characters - length(arguments, 1, "right")), Integer.MAX_VALUE));
    }

    private static String characters(String text, int from, int count) {
        if (from >= text.length()) {
            return "";
        }
        int total = text.codePointCount(0, text.length());
        if (from >= total) {
            return "";
        }
        int start = text.offsetByCodePoints(0, from);
        return count >= total - from
                ? text.substring(start)
                : text.substring(start, text.offsetByCodePoints(start, count));
    }

    private static Value replace(List<Value> arguments, FunctionContext context) {
        String text = text(arguments, 0, "replace");
        String wanted = text(arguments, 1, "replace");
        String other = text(arguments, 2, "replace");
        return Value.of(wanted.isEmpty() ? text : text.replace(wanted, other));
    }

    private static Value split(List<Value> arguments, FunctionContext context) {
        String text = text(arguments, 0, "split");
        List<String> separators = separators(arguments);
        List<Value> parts = new ArrayList<>();
        if (separators.contains("")) {
            text.codePoints().forEach(character -> parts.add(Value.of(Character.toString(character))));
            return Value.of(parts);
        }
        int start = 0;
        for (int i = 0; i < text.length(); ) {
            int at = i;
            Optional<String> found = separators.stream()
                    .filter(separator -> text.startsWith(separator, at))
                    .findFirst();
            if (found.isPresent()) {
                parts.add(Value.of(text.substring(start, i)));
                i += found.get().length();
                start = i;
            } else {
                i++;
            }
        }
        parts.add(Value.of(text.substring(start)));
        return Value.of(parts);
    }

    private static List<String> separators(List<Value> arguments) {
        if (arguments.get(1) instanceof Value.StringValue(String separator)) {
            return List.of(separator);
        }
        return list(arguments, 1, "split").stream()
                .map(separator -> separator instanceof Value.StringValue(String text) ? text : fail(separator))
                .toList();
    }

    private static String fail(Value separator) {
        throw mismatch("split", "a String or a List of Strings", separator);
    }
}
