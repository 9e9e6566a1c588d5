package io.spangraph.engine.row;

import io.spangraph.model.value.Value;
import java.util.Collection;
import java.util.List;

/** Estimates the heap that a value holds, for memory accounting; errs on the large side for small values. */
public final class ValueSize {
    private static final long OBJECT = 24;

    private ValueSize() {}

    public static long of(Value value) {
        return switch (value) {
            case Value.NullValue none -> 0;
            case Value.BooleanValue flag -> 0;
            case Value.IntegerValue number -> OBJECT;
            case Value.FloatValue number -> OBJECT;
            case Value.StringValue(String text) -> OBJECT + 40L + text.length();
            case Value.BytesValue(byte[] bytes) -> OBJECT + 16L + bytes.length;
            case Value.DateValue date -> 2 * OBJECT;
            case Value.LocalTimeValue time -> 2 * OBJECT;
            case Value.TimeValue time -> 3 * OBJECT;
            case Value.LocalDateTimeValue dateTime -> 4 * OBJECT;
            case Value.DateTimeValue dateTime -> 5 * OBJECT;
            case Value.DurationValue duration -> 2 * OBJECT;
            case Value.ListValue(List<Value> elements) -> OBJECT + 16L + ofCollection(elements);
            case Value.MapValue map ->
                OBJECT + 48L * map.entries().size() + ofCollection(map.entries().values());
            case Value.NodeValue node ->
                4 * OBJECT
                        + 48L * node.properties().size()
                        + ofCollection(node.properties().values());
            case Value.RelationshipValue edge ->
                8 * OBJECT
                        + 48L * edge.properties().size()
                        + ofCollection(edge.properties().values());
            case Value.PathValue path -> OBJECT + ofCollection(path.nodes()) + ofCollection(path.relationships());
        };
    }

    static long ofAll(Value[] values) {
        long bytes = 8L * values.length;
        for (Value value : values) {
            bytes += of(value);
        }
        return bytes;
    }

    private static long ofCollection(Collection<? extends Value> values) {
        long bytes = 8L * values.size();
        for (Value value : values) {
            bytes += of(value);
        }
        return bytes;
    }
}
