package io.spangraph.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.NodeValue;
import io.spangraph.model.value.Value.PathValue;
import io.spangraph.model.value.Value.RelationshipValue;
import io.spangraph.model.value.ValueText;
import io.spangraph.server.value.ElementIds;
import io.spangraph.server.value.PathElements;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Values in the plain JSON of the Query API: easy to read, and what JSON lacks becomes text. */
final class PlainValueWriter implements ValueWriter {
    private final ElementIds ids;

    PlainValueWriter(ElementIds ids) {
        this.ids = ids;
    }

    @Override
    public void write(JsonGenerator json, Value value) throws IOException {
        switch (value) {
            case Value.NullValue none -> json.writeNull();
            case Value.BooleanValue(boolean flag) -> json.writeBoolean(flag);
            case Value.IntegerValue(long number) -> json.writeNumber(number);
            case Value.FloatValue(double number) -> json.writeNumber(number);
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
            case PathValue path -> writeAll(json, PathElements.of(path));
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
        json.writeStartObject();
        json.writeStringField("elementId", ids.of(node.id()));
        json.writeFieldName("labels");
        json.writeStartArray();
        for (String label : node.labels()) {
            json.writeString(label);
        }
        json.writeEndArray();
        json.writeFieldName("properties");
        writeMap(json, node.properties());
        json.writeEndObject();
    }

    private void writeRelationship(JsonGenerator json, RelationshipValue relationship) throws IOException {
        json.writeStartObject();
        json.writeStringField("elementId", ids.of(relationship.id()));
        json.writeStringField("startNodeElementId", ids.of(relationship.start()));
        json.writeStringField("endNodeElementId", ids.of(relationship.end()));
        json.writeStringField("type", relationship.type());
        json.writeFieldName("properties");
        writeMap(json, relationship.properties());
        json.writeEndObject();
    }
}
