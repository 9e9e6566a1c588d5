package io.spangraph.engine.expr;

import io.spangraph.model.schema.ElementIdCodec;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.EdgeId;
import io.spangraph.model.value.Value.VertexId;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Element ids of identities, and what an element id says of the key of a vertex. */
public final class ElementIds {
    private ElementIds() {}

    public static String of(VertexId id, FunctionContext context) {
        return context.elementIds().encode(id);
    }

    public static String of(EdgeId id, FunctionContext context) {
        return context.elementIds().encode(id);
    }

    /**
     * The values that a part of the key can have for a vertex of the type to have one of these element ids. An id is
     * text, so that {@code 7} may be a text or a number: both are given.
     *
     * @param ids one element id or a list of them; what is none, or one of another type, gives no value
     */
    public static List<Value> keyValues(Value ids, ElementIdCodec codec, String vertexType, int part) {
        Set<Value> values = new LinkedHashSet<>();
        List<Value> all = ids instanceof Value.ListValue(List<Value> elements) ? elements : List.of(ids);
        for (Value id : all) {
            if (id instanceof Value.StringValue(String text)) {
                codec.decodeVertex(text)
                        .filter(decoded -> decoded.type().equals(vertexType))
                        .ifPresent(decoded -> addReadings(decoded.key().get(part), values));
            }
        }
        return List.copyOf(values);
    }

    private static void addReadings(String text, Set<Value> values) {
        values.add(Value.of(text));
        List<Function<String, Value>> readings = new ArrayList<>();
        if (text.equals("true") || text.equals("false")) {
            readings.add(flag -> Value.of(Boolean.parseBoolean(flag)));
        }
        boolean digits = !text.isEmpty() && (Character.isDigit(text.charAt(text.length() - 1)) || text.endsWith("Z"));
        if (digits) {
            // A whole number equals the floating one, so one reading of a number is enough.
            readings.add(number ->
                    text.indexOf('.') < 0 ? Value.of(Long.parseLong(number)) : Value.of(Double.parseDouble(number)));
            readings.add(date -> new Value.DateValue(LocalDate.parse(date)));
            readings.add(time -> new Value.LocalDateTimeValue(LocalDateTime.parse(time)));
            readings.add(time -> new Value.DateTimeValue(ZonedDateTime.parse(time)));
        }
        for (Function<String, Value> reading : readings) {
            try {
                values.add(reading.apply(text));
            } catch (NumberFormatException | DateTimeException otherType) {
                continue;
            }
        }
    }
}
