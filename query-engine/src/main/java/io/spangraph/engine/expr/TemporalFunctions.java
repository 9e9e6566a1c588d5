package io.spangraph.engine.expr;

import static io.spangraph.engine.expr.Arguments.mismatch;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.model.value.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Functions that make temporal values of texts, of components and of one another. */
final class TemporalFunctions {
    private TemporalFunctions() {}

    static List<ScalarFunction> all() {
        return List.of(
                new ScalarFunction(
                        "timestamp",
                        0,
                        0,
                        true,
                        "Milliseconds since 1970 of now.",
                        (arguments, context) -> Value.of(System.currentTimeMillis())),
                new ScalarFunction(
                        "date",
                        0,
                        1,
                        true,
                        "A date of a text, of components or of a time stamp.",
                        (arguments, context) -> nullForNullPart(arguments, TemporalFunctions::date)),
                new ScalarFunction(
                        "datetime",
                        0,
                        1,
                        true,
                        "A date and time with a zone.",
                        (arguments, context) -> nullForNullPart(arguments, TemporalFunctions::dateTime)),
                new ScalarFunction(
                        "localdatetime",
                        0,
                        1,
                        true,
                        "A date and time without a zone.",
                        (arguments, context) -> nullForNullPart(
                                arguments, source -> new Value.LocalDateTimeValue(local(source, "localdatetime")))));
    }

    /** Without an argument, the present moment. */
    private static Value argument(List<Value> arguments) {
        return arguments.isEmpty()
                ? new Value.DateTimeValue(Instant.now().atZone(ZoneOffset.UTC))
                : arguments.getFirst();
    }

    private static Value nullForNullPart(List<Value> arguments, UnaryOperator<Value> function) {
        Value source = argument(arguments);
        boolean nullPart = source instanceof Value.MapValue(Map<String, Value> parts)
                && parts.values().stream().anyMatch(Value::isNull);
        return nullPart ? Value.NULL : function.apply(source);
    }

    private static Value date(Value source) {
        return source instanceof Value.StringValue(String text)
                ? parsed("date", text, "2026-11-21", () -> new Value.DateValue(LocalDate.parse(text)))
                : new Value.DateValue(local(source, "date").toLocalDate());
    }

    private static Value dateTime(Value source) {
        return switch (source) {
            case Value.DateTimeValue same -> same;
            case Value.StringValue(String text) ->
                parsed("datetime", text, "2026-11-21T10:15:00Z", () -> new Value.DateTimeValue(parseZoned(text)));
            case Value other -> new Value.DateTimeValue(local(other, "datetime").atZone(ZoneOffset.UTC));
        };
    }

    private static ZonedDateTime parseZoned(String text) {
        String full = text.contains("T") ? text : text + "T00:00:00";
        TemporalAccessor parts =
                DateTimeFormatter.ISO_DATE_TIME.parseBest(full, ZonedDateTime::from, LocalDateTime::from);
        return parts instanceof ZonedDateTime zoned
                ? zoned
                : LocalDateTime.from(parts).atZone(ZoneOffset.UTC);
    }

    private static LocalDateTime local(Value source, String function) {
        return switch (source) {
            case Value.DateTimeValue zoned -> zoned.value().toLocalDateTime();
            case Value.LocalDateTimeValue local -> local.value();
            case Value.DateValue date -> date.value().atStartOfDay();
            case Value.MapValue(Map<String, Value> parts) -> ofParts(parts, function);
            case Value.StringValue(String text) -> {
                Value value = parsed(
                        function,
                        text,
                        "2026-11-21T10:15:00",
                        () -> new Value.LocalDateTimeValue(parseZoned(text).toLocalDateTime()));
                yield ((Value.LocalDateTimeValue) value).value();
            }
            case Value other -> throw mismatch(function, "a String, Map or temporal value", other);
        };
    }

    private static LocalDateTime ofParts(Map<String, Value> parts, String function) {
        try {
            if (parts.containsKey("epochMillis")) {
                return LocalDateTime.ofInstant(
                        Instant.ofEpochMilli(part(parts, "epochMillis", 0, function)), ZoneOffset.UTC);
            }
            if (parts.containsKey("epochSeconds")) {
                return LocalDateTime.ofInstant(
                        Instant.ofEpochSecond(
                                part(parts, "epochSeconds", 0, function), part(parts, "nanosecond", 0, function)),
                        ZoneOffset.UTC);
            }
            if (!parts.containsKey("year")) {
                throw QueryException.of(
                        QueryErrorCode.ARGUMENT_ERROR,
                        function + "() expected 'year', 'epochMillis' or 'epochSeconds' in its map but got "
                                + parts.keySet() + ".");
            }
            LocalDate day = LocalDate.of(
                    Math.toIntExact(part(parts, "year", 0, function)),
                    Math.toIntExact(part(parts, "month", 1, function)),
                    Math.toIntExact(part(parts, "day", 1, function)));
            return day.atTime(LocalTime.of(
                            Math.toIntExact(part(parts, "hour", 0, function)),
                            Math.toIntExact(part(parts, "minute", 0, function)),
                            Math.toIntExact(part(parts, "second", 0, function)))
                    .plusNanos(part(parts, "millisecond", 0, function) * 1_000_000L));
        } catch (DateTimeException | ArithmeticException invalid) {
            throw QueryException.of(
                            QueryErrorCode.ARGUMENT_ERROR,
                            function + "() got an invalid date: " + invalid.getMessage() + ".")
                    .causedBy(invalid);
        }
    }

    private static long part(Map<String, Value> parts, String name, long absent, String function) {
        Value value = parts.getOrDefault(name, Value.of(absent));
        if (value instanceof Value.IntegerValue(long number)) {
            return number;
        }
        if (value instanceof Value.FloatValue(double number)) {
            return (long) number;
        }
        throw mismatch(function, "an Integer for '" + name + "'", value);
    }

    /** Parses a text, or says how one should look. */
    private static Value parsed(String function, String text, String example, Supplier<Value> parser) {
        try {
            return parser.get();
        } catch (DateTimeException invalid) {
            throw QueryException.of(
                            QueryErrorCode.ARGUMENT_ERROR,
                            function + "() expected a text like '" + example + "' but got '"
                                    + (text.length() > 40 ? text.substring(0, 40) + "..." : text) + "'.")
                    .causedBy(invalid);
        }
    }
}
