package io.spangraph.engine.explain;

import io.spangraph.model.value.Value;
import java.util.stream.Collectors;

/** Values as Cypher literals, so that a printed condition can be pasted into a query. */
final class ValuePrinter {
    private ValuePrinter() {}

    static String print(Value value) {
        return switch (value) {
            case Value.NullValue none -> "null";
            case Value.BooleanValue flag -> Boolean.toString(flag.value());
            case Value.IntegerValue number -> Long.toString(number.value());
            case Value.FloatValue number -> Double.toString(number.value());
            case Value.StringValue text -> quoted(text.value());
            case Value.BytesValue bytes -> bytes.toString();
            case Value.DateValue date -> "date('" + date.value() + "')";
            case Value.LocalTimeValue time -> "localtime('" + time.value() + "')";
            case Value.TimeValue time -> "time('" + time.value() + "')";
            case Value.LocalDateTimeValue dateTime -> "localdatetime('" + dateTime.value() + "')";
            case Value.DateTimeValue dateTime -> "datetime('" + dateTime.value().toOffsetDateTime() + "')";
            case Value.DurationValue duration ->
                "duration({months: " + duration.months() + ", days: " + duration.days() + ", seconds: "
                        + duration.seconds() + ", nanoseconds: " + duration.nanos() + "})";
            case Value.ListValue list ->
                list.elements().stream().map(ValuePrinter::print).collect(Collectors.joining(", ", "[", "]"));
            case Value.MapValue map ->
                map.entries().entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + print(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Value.NodeValue node -> "(" + node.id().vertexType() + ")";
            case Value.RelationshipValue edge -> "[" + edge.type() + "]";
            case Value.PathValue path -> "path of " + path.relationships().size();
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
    }
}
