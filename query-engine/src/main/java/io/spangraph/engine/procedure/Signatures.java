package io.spangraph.engine.procedure;

import io.spangraph.model.value.Value;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Default values as they stand in a signature. */
final class Signatures {
    private Signatures() {}

    static String literal(Value value) {
        return switch (value) {
            case Value.NullValue none -> "null";
            case Value.BooleanValue(boolean flag) -> Boolean.toString(flag);
            case Value.IntegerValue(long number) -> Long.toString(number);
            case Value.FloatValue(double number) -> Double.toString(number);
            case Value.StringValue(String text) ->
                "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
            case Value.ListValue(List<Value> elements) ->
                elements.stream().map(Signatures::literal).collect(Collectors.joining(", ", "[", "]"));
            case Value.MapValue(Map<String, Value> entries) ->
                entries.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + literal(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Value other -> throw new IllegalArgumentException("no default value of a procedure: " + other);
        };
    }
}
