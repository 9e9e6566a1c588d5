package io.spangraph.model.value;

import io.spangraph.model.value.Value.NodeValue;
import io.spangraph.model.value.Value.RelationshipValue;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Values as text: plain, as {@code toString()} gives them, or as a Cypher literal, for messages and plans. */
public final class ValueText {
    private static final int LONGEST_EXCERPT = 60;

    private ValueText() {}

    /** The text of {@code toString()}; texts are not quoted. */
    public static String plain(Value value) {
        return value instanceof Value.StringValue(String text) ? text : literal(value);
    }

    /** As a literal of the query language; texts are quoted. */
    public static String literal(Value value) {
        return switch (value) {
            case Value.NullValue none -> "null";
            case Value.BooleanValue(boolean flag) -> Boolean.toString(flag);
            case Value.IntegerValue(long number) -> Long.toString(number);
            case Value.FloatValue(double number) -> Double.toString(number);
            case Value.StringValue(String text) ->
                "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
            case Value.BytesValue(byte[] bytes) -> "0x" + HexFormat.of().formatHex(bytes);
            case Value.DateValue date -> date.value().toString();
            case Value.LocalTimeValue time -> DateTimeFormatter.ISO_LOCAL_TIME.format(time.value());
            case Value.TimeValue time -> DateTimeFormatter.ISO_OFFSET_TIME.format(time.value());
            case Value.LocalDateTimeValue dateTime -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(dateTime.value());
            case Value.DateTimeValue dateTime -> DateTimeFormatter.ISO_ZONED_DATE_TIME.format(dateTime.value());
            case Value.DurationValue duration -> durationText(duration);
            case Value.ListValue(List<Value> elements) ->
                elements.stream().map(ValueText::literal).collect(Collectors.joining(", ", "[", "]"));
            case Value.MapValue(Map<String, Value> entries) -> mapText(entries);
            case NodeValue node -> nodeText(node);
            case RelationshipValue edge ->
                "[:" + edge.type() + (edge.properties().isEmpty() ? "" : " " + mapText(edge.properties())) + "]";
            case Value.PathValue path -> pathText(path);
        };
    }

    /** A literal short enough for a message. */
    public static String excerpt(Value value) {
        String text = literal(value);
        return text.length() <= LONGEST_EXCERPT ? text : text.substring(0, LONGEST_EXCERPT - 3) + "...";
    }

    private static String mapText(Map<String, Value> entries) {
        return entries.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + literal(entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String nodeText(NodeValue node) {
        String labels = node.labels().stream().map(label -> ":" + label).collect(Collectors.joining());
        String properties = node.properties().isEmpty() ? "" : mapText(node.properties());
        return "(" + labels + (labels.isEmpty() || properties.isEmpty() ? "" : " ") + properties + ")";
    }

    private static String pathText(Value.PathValue path) {
        StringBuilder text = new StringBuilder(nodeText(path.nodes().getFirst()));
        for (int i = 0; i < path.relationships().size(); i++) {
            RelationshipValue edge = path.relationships().get(i);
            boolean forward = edge.start().equals(path.nodes().get(i).id());
            text.append(forward ? "-" : "<-").append(literal(edge)).append(forward ? "->" : "-");
            text.append(nodeText(path.nodes().get(i + 1)));
        }
        return text.toString();
    }

    /** ISO 8601, with years and hours split off; a negative part of a second takes its sign along. */
    private static String durationText(Value.DurationValue duration) {
        StringBuilder text = new StringBuilder("P");
        part(text, duration.months() / 12, 'Y');
        part(text, duration.months() % 12, 'M');
        part(text, duration.days(), 'D');
        long seconds = duration.seconds();
        long nanos = duration.nanos();
        if (seconds < 0 && nanos > 0) {
            seconds++;
            nanos -= 1_000_000_000L;
        }
        if (seconds != 0 || nanos != 0) {
            text.append('T');
            part(text, seconds / 3600, 'H');
            part(text, seconds / 60 % 60, 'M');
            secondsPart(text, seconds % 60, nanos);
        }
        return text.length() == 1 ? "PT0S" : text.toString();
    }

    private static void part(StringBuilder text, long amount, char unit) {
        if (amount != 0) {
            text.append(amount).append(unit);
        }
    }

    private static void secondsPart(StringBuilder text, long seconds, long nanos) {
        if (seconds == 0 && nanos == 0) {
            return;
        }
        text.append(seconds == 0 && nanos < 0 ? "-0" : Long.toString(seconds));
        if (nanos != 0) {
            String digits = String.format(java.util.Locale.ROOT, "%09d", Math.abs(nanos));
            text.append('.').append(digits.replaceAll("0+$", ""));
        }
        text.append('S');
    }
}
