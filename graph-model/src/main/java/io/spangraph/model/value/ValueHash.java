package io.spangraph.model.value;

import java.util.List;

/** Hashes that equivalent values share: 1 and 1.0 hash alike, and so do two rows of one vertex. */
final class ValueHash {
    private ValueHash() {}

    static int of(Value value) {
        return switch (value) {
            case Value.NullValue none -> 0;
            case Value.BooleanValue(boolean flag) -> Boolean.hashCode(flag);
            case Value.IntegerValue(long number) -> Long.hashCode(number);
            case Value.FloatValue(double number) -> ofDouble(number);
            case Value.StringValue(String text) -> text.hashCode();
            case Value.BytesValue bytes -> bytes.hashCode();
            case Value.DateValue date -> date.value().hashCode();
            case Value.LocalTimeValue time -> time.value().hashCode();
            case Value.TimeValue time ->
                time.value()
                        .withOffsetSameInstant(java.time.ZoneOffset.UTC)
                        .toLocalTime()
                        .hashCode();
            case Value.LocalDateTimeValue dateTime -> dateTime.value().hashCode();
            case Value.DateTimeValue dateTime -> dateTime.value().toInstant().hashCode();
            case Value.DurationValue duration -> duration.hashCode();
            case Value.ListValue(List<Value> elements) -> ofList(elements);
            case Value.MapValue map -> ofMap(map);
            case Value.NodeValue node ->
                31 * node.id().vertexType().hashCode() + ofList(node.id().key());
            case Value.RelationshipValue edge ->
                31 * edge.id().edgeType().hashCode() + ofList(edge.id().key());
            case Value.PathValue path ->
                31 * ofList(path.relationships()) + of(path.nodes().getFirst());
        };
    }

    static int ofDouble(double number) {
        long whole = (long) number;
        return whole == number && whole != Long.MAX_VALUE ? Long.hashCode(whole) : Double.hashCode(number);
    }

    private static int ofList(List<? extends Value> elements) {
        int hash = 1;
        for (Value element : elements) {
            hash = 31 * hash + of(element);
        }
        return hash;
    }

    private static int ofMap(Value.MapValue map) {
        int hash = map.entries().size();
        for (var entry : map.entries().entrySet()) {
            hash += entry.getKey().hashCode() ^ of(entry.getValue());
        }
        return hash;
    }
}
