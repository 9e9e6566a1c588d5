package io.spangraph.server.bolt.packstream;

import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.DurationValue;
import io.spangraph.model.value.Value.NodeValue;
import io.spangraph.model.value.Value.RelationshipValue;
import io.spangraph.server.value.ElementIds;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;

/** Writes values in the form that a connection has agreed on. */
public final class ValueWriter {
    private final PackStreamWriter out;
    private final ValueForm form;
    private final ElementIds ids;

    public ValueWriter(PackStreamWriter out, ValueForm form, ElementIds ids) {
        this.out = out;
        this.form = form;
        this.ids = ids;
    }

    public void write(Value value) {
        switch (value) {
            case Value.NullValue none -> out.writeNull();
            case Value.BooleanValue(boolean flag) -> out.writeBoolean(flag);
            case Value.IntegerValue(long number) -> out.writeInteger(number);
            case Value.FloatValue(double number) -> out.writeFloat(number);
            case Value.StringValue(String text) -> out.writeString(text);
            case Value.BytesValue(byte[] bytes) -> out.writeBytes(bytes);
            case Value.DateValue date -> integers(Structure.DATE, date.value().toEpochDay());
            case Value.LocalTimeValue time ->
                integers(Structure.LOCAL_TIME, time.value().toNanoOfDay());
            case Value.TimeValue time ->
                integers(
                        Structure.TIME,
                        time.value().toLocalTime().toNanoOfDay(),
                        time.value().getOffset().getTotalSeconds());
            case Value.LocalDateTimeValue dateTime ->
                integers(
                        Structure.LOCAL_DATE_TIME,
                        dateTime.value().toEpochSecond(ZoneOffset.UTC),
                        dateTime.value().getNano());
            case Value.DateTimeValue dateTime -> dateTime(dateTime.value());
            case DurationValue(long months, long days, long seconds, int nanos) ->
                integers(Structure.DURATION, months, days, seconds, nanos);
            case Value.ListValue(List<Value> elements) -> list(elements);
            case Value.MapValue(Map<String, Value> entries) -> writeMap(entries);
            case NodeValue node -> node(node);
            case RelationshipValue relationship -> relationship(relationship);
            case Value.PathValue path -> path(PathLayout.of(path));
        }
    }

    public void writeMap(Map<String, Value> entries) {
        out.writeMapHeader(entries.size());
        entries.forEach((key, value) -> {
            out.writeString(key);
            write(value);
        });
    }

    private void list(List<? extends Value> elements) {
        out.writeListHeader(elements.size());
        elements.forEach(this::write);
    }

    private void integers(Structure structure, long... fields) {
        header(structure, fields.length);
        for (long field : fields) {
            out.writeInteger(field);
        }
    }

    private void header(Structure structure, int size) {
        out.writeStructureHeader(structure.tag(), size);
    }

    private void dateTime(ZonedDateTime value) {
        boolean utc = form.utcDateTimes();
        long seconds = utc ? value.toEpochSecond() : value.toLocalDateTime().toEpochSecond(ZoneOffset.UTC);
        if (value.getZone() instanceof ZoneOffset offset) {
            Structure structure = utc ? Structure.DATE_TIME : Structure.LEGACY_DATE_TIME;
            integers(structure, seconds, value.getNano(), offset.getTotalSeconds());
        } else {
            header(utc ? Structure.ZONED_DATE_TIME : Structure.LEGACY_ZONED_DATE_TIME, 3);
            out.writeInteger(seconds);
            out.writeInteger(value.getNano());
            out.writeString(value.getZone().getId());
        }
    }

    private void node(NodeValue node) {
        String id = ids.of(node.id());
        header(Structure.NODE, form.elementIds() ? 4 : 3);
        out.writeInteger(ElementIds.number(id));
        out.writeListHeader(node.labels().size());
        node.labels().forEach(out::writeString);
        writeMap(node.properties());
        if (form.elementIds()) {
            out.writeString(id);
        }
    }

    private void relationship(RelationshipValue relationship) {
        String id = ids.of(relationship.id());
        String start = ids.of(relationship.start());
        String end = ids.of(relationship.end());
        header(Structure.RELATIONSHIP, form.elementIds() ? 8 : 5);
        out.writeInteger(ElementIds.number(id));
        out.writeInteger(ElementIds.number(start));
        out.writeInteger(ElementIds.number(end));
        out.writeString(relationship.type());
        writeMap(relationship.properties());
        if (form.elementIds()) {
            out.writeString(id);
            out.writeString(start);
            out.writeString(end);
        }
    }

    private void unboundRelationship(RelationshipValue relationship) {
        String id = ids.of(relationship.id());
        header(Structure.UNBOUND_RELATIONSHIP, form.elementIds() ? 4 : 3);
        out.writeInteger(ElementIds.number(id));
        out.writeString(relationship.type());
        writeMap(relationship.properties());
        if (form.elementIds()) {
            out.writeString(id);
        }
    }

    private void path(PathLayout path) {
        header(Structure.PATH, 3);
        list(path.nodes());
        out.writeListHeader(path.relationships().size());
        path.relationships().forEach(this::unboundRelationship);
        out.writeListHeader(path.indices().size());
        path.indices().forEach(out::writeInteger);
    }
}
