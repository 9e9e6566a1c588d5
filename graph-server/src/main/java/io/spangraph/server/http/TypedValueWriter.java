package io.spangraph.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spangraph.model.schema.ElementIdCodec;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.NodeValue;
import io.spangraph.model.value.Value.PathValue;
import io.spangraph.model.value.Value.RelationshipValue;
import io.spangraph.model.value.ValueText;
import io.spangraph.server.value.ElementIds;
import io.spangraph.server.value.PathElements;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Values in the typed JSON of the Query API, {@code {"$type": .., "_value": ..}}, from which clients lose no type. */
final class TypedValueWriter implements ValueWriter {
    private final ElementIds ids;

    TypedValueWriter(ElementIds ids) {
        this.ids = ids;
    }

    @Override
    public void write(JsonGenerator json, Value value) throws IOException {
        json.writeStartObject();
        json.writeStringField("$type", type(value));
        json.writeFieldName("_value");
        writeContent(json, value);
        json.writeEndObject();
    }

    private static String type(Value value) {
        return switch (value) {
            case Value.NullValue none -> "Null";
            case Value.BooleanValue flag -> "Boolean";
            case Value.IntegerValue number -> "Integer";
            case Value.FloatValue number -> "Float";
            case Value.StringValue text -> "String";
            case Value.BytesValue bytes -> "Base64";
            case Value.DateValue date -> "Date";
            case Value.LocalTimeValue time -> "LocalTime";
            case Value.TimeValue time -> "Time";
            case Value.LocalDateTimeValue dateTime -> "LocalDateTime";
            case Value.DateTimeValue dateTime ->
                dateTime.value().getZone() instanceof ZoneOffset ? "OffsetDateTime" : "ZonedDateTime";
            case Value.DurationValue duration -> "Duration";
            case Value.ListValue list -> "List";
            case Value.MapValue map -> "Map";
            case NodeValue node -> "Node";
            case RelationshipValue relationship -> "Relationship";
            case PathValue path -> "Path";
        };
    }

    private void writeContent(JsonGenerator json, Value value) throws IOException {
        switch (value) {
            case Value.NullValue none -> json.writeNull();
            case Value.BooleanValue(boolean flag) -> json.writeBoolean(flag);
            case Value.IntegerValue(long number) -> json.writeString(Long.toString(number));
            case Value.FloatValue(double number) -> json.writeString(Double.toString(number));
            case Value.StringValue(String text) -> json.writeString(text);
            case Value.BytesValue(byte[] bytes) ->
                json.writeString(Base64.getEncoder().encodeToString(bytes));
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
            case PathValue path -> writeAll(json, PathElements.of(path));
        }
    }

    private void writeAll(JsonGenerator json, List<Value> values) throws IOException {
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
        json.writeStartObject();
        json.writeStringField("_element_id", numbered(ids.of(node.id())));
        json.writeFieldName("_labels");
        json.writeStartArray();
        for (String label : node.labels()) {
            json.writeString(label);
        }
        json.writeEndArray();
        json.writeFieldName("_properties");
        writeMap(json, node.properties());
        json.writeEndObject();
    }

    private void writeRelationship(JsonGenerator json, RelationshipValue relationship) throws IOException {
        json.writeStartObject();
        json.writeStringField("_element_id", numbered(ids.of(relationship.id())));
        json.writeStringField("_start_node_element_id", numbered(ids.of(relationship.start())));
        json.writeStringField("_end_node_element_id", numbered(ids.of(relationship.end())));
        json.writeStringField("_type", relationship.type());
        json.writeFieldName("_properties");
        writeMap(json, relationship.properties());
        json.writeEndObject();
    }

    /** Clients of the typed form read a number from an element id. */
    private static String numbered(String elementId) {
        return ElementIdCodec.withNumber(elementId, ElementIds.number(elementId));
    }
}
