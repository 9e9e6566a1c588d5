package io.spangraph.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.NodeValue;
import io.spangraph.model.value.Value.PathValue;
import io.spangraph.model.value.Value.RelationshipValue;
import io.spangraph.model.value.ValueText;
import io.spangraph.server.value.ElementIds;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Values as {@code /submitCypher} answers them: the JSON of Go structs, {@code Id}, {@code Labels}, {@code Props}. Clients
 * written for PuppyGraph read these member names.
 */
final class PuppyGraphValueWriter implements ValueWriter {
    /** Below it every whole number is exact in a double. */
    private static final double EXACT_WHOLE_NUMBERS = 1L << 53;

    private final ElementIds ids;

    PuppyGraphValueWriter(ElementIds ids) {
        this.ids = ids;
    }

    @Override
    public void write(JsonGenerator json, Value value) throws IOException {
        switch (value) {
            case Value.NullValue none -> json.writeNull();
            case Value.BooleanValue(boolean flag) -> json.writeBoolean(flag);
            case Value.IntegerValue(long number) -> json.writeNumber(number);
            case Value.FloatValue(double number) -> writeDouble(json, number);
            case Value.StringValue(String text) -> json.writeString(text);
            case Value.BytesValue(byte[] bytes) -> json.writeBinary(bytes);
            case Value.DateValue temporal -> json.writeString(ValueText.plain(temporal));
            case Value.LocalTimeValue temporal -> json.writeString(ValueText.plain(temporal));
            case Value.TimeValue temporal -> json.writeString(ValueText.plain(temporal));
            case Value.LocalDateTimeValue temporal -> json.writeString(ValueText.plain(temporal));
            case Value.DateTimeValue temporal -> json.writeString(ValueText.plain(temporal));
            case Value.DurationValue temporal -> json.writeString(ValueText.plain(temporal));
            case Value.ListValue(List<Value> elements) -> writeAll(json, elements);
            case Value.MapValue(Map<String, Value> entries) -> writeMap(json, entries);
            case NodeValue node -> writeNode(json, node);
            case RelationshipValue relationship -> writeRelationship(json, relationship);
            case PathValue path -> writePath(json, path);
        }
    }

    /** Go writes whole doubles without a fraction and has no form for NaN and infinities. */
    private static void writeDouble(JsonGenerator json, double number) throws IOException {
        if (!Double.isFinite(number)) {
            json.writeNull();
        } else if (number == Math.rint(number) && Math.abs(number) < EXACT_WHOLE_NUMBERS) {
            json.writeNumber((long) number);
        } else {
            json.writeNumber(number);
        }
    }

    private void writeAll(JsonGenerator json, List<? extends Value> values) throws IOException {
        json.writeStartArray();
        for (Value value : values) {
            write(json, value);
        }
        json.writeEndArray();
    }

    private void writeMap(JsonGenerator json, Map<String, Value> entries) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, Value> entry : entries.entrySet()) {
            json.writeFieldName(entry.getKey());
            write(json, entry.getValue());
        }
        json.writeEndObject();
    }

    private void writeNode(JsonGenerator json, NodeValue node) throws IOException {
        String elementId = ids.of(node.id());
        json.writeStartObject();
        json.writeNumberField("Id", ElementIds.number(elementId));
        json.writeStringField("ElementId", elementId);
        json.writeFieldName("Labels");
        json.writeStartArray();
        for (String label : node.labels()) {
            json.writeString(label);
        }
        json.writeEndArray();
        json.writeFieldName("Props");
        writeMap(json, node.properties());
        json.writeEndObject();
    }

    private void writeRelationship(JsonGenerator json, RelationshipValue relationship) throws IOException {
        String elementId = ids.of(relationship.id());
        String start = ids.of(relationship.start());
        String end = ids.of(relationship.end());
        json.writeStartObject();
        json.writeNumberField("Id", ElementIds.number(elementId));
        json.writeStringField("ElementId", elementId);
        json.writeNumberField("StartId", ElementIds.number(start));
        json.writeStringField("StartElementId", start);
        json.writeNumberField("EndId", ElementIds.number(end));
        json.writeStringField("EndElementId", end);
        json.writeStringField("Type", relationship.type());
        json.writeFieldName("Props");
        writeMap(json, relationship.properties());
        json.writeEndObject();
    }

    private void writePath(JsonGenerator json, PathValue path) throws IOException {
        json.writeStartObject();
        json.writeFieldName("Nodes");
        writeAll(json, path.nodes());
        json.writeFieldName("Relationships");
        writeAll(json, path.relationships());
        json.writeEndObject();
    }
}
