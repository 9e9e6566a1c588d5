package io.spangraph.engine.exec.spill;

import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.EdgeId;
import io.spangraph.model.value.Value.NodeValue;
import io.spangraph.model.value.Value.RelationshipValue;
import io.spangraph.model.value.Value.VertexId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Values of every type as bytes, and back: the same to the last bit. */
final class ValueCodec {
    private enum Tag {
        NULL,
        FALSE,
        TRUE,
        INTEGER,
        FLOAT,
        TEXT,
        BYTES,
        DATE,
        LOCAL_TIME,
        TIME,
        LOCAL_DATE_TIME,
        DATE_TIME,
        DURATION,
        LIST,
        MAP,
        NODE,
        RELATIONSHIP,
        PATH
    }

    private static final Tag[] TAGS = Tag.values();

    private ValueCodec() {}

    static void write(Value value, BlockOutput out) {
        switch (value) {
            case Value.NullValue none -> tag(Tag.NULL, out);
            case Value.BooleanValue(boolean flag) -> tag(flag ? Tag.TRUE : Tag.FALSE, out);
            case Value.IntegerValue(long number) -> tag(Tag.INTEGER, out).writeSigned(number);
            case Value.FloatValue(double number) -> tag(Tag.FLOAT, out).writeLong(Double.doubleToRawLongBits(number));
            case Value.StringValue(String text) -> tag(Tag.TEXT, out).writeText(text);
            case Value.BytesValue(byte[] bytes) -> {
                tag(Tag.BYTES, out).writeUnsigned(bytes.length);
                out.writeBytes(bytes, 0, bytes.length);
            }
            case Value.DateValue(LocalDate date) -> tag(Tag.DATE, out).writeSigned(date.toEpochDay());
            case Value.LocalTimeValue(LocalTime time) ->
                tag(Tag.LOCAL_TIME, out).writeUnsigned(time.toNanoOfDay());
            case Value.TimeValue(OffsetTime time) -> {
                tag(Tag.TIME, out).writeUnsigned(time.toLocalTime().toNanoOfDay());
                out.writeSigned(time.getOffset().getTotalSeconds());
            }
            case Value.LocalDateTimeValue(LocalDateTime time) -> {
                tag(Tag.LOCAL_DATE_TIME, out).writeSigned(time.toEpochSecond(ZoneOffset.UTC));
                out.writeUnsigned(time.getNano());
            }
            case Value.DateTimeValue(var time) -> {
                tag(Tag.DATE_TIME, out).writeSigned(time.toEpochSecond());
                out.writeUnsigned(time.getNano());
                out.writeText(time.getZone().getId());
            }
            case Value.DurationValue(long months, long days, long seconds, int nanos) -> {
                tag(Tag.DURATION, out).writeSigned(months);
                out.writeSigned(days);
                out.writeSigned(seconds);
                out.writeSigned(nanos);
            }
            case Value.ListValue(List<Value> elements) -> writeAll(elements, tag(Tag.LIST, out));
            case Value.MapValue(Map<String, Value> entries) -> writeEntries(entries, tag(Tag.MAP, out));
            case NodeValue node -> writeNode(node, tag(Tag.NODE, out));
            case RelationshipValue edge -> writeRelationship(edge, tag(Tag.RELATIONSHIP, out));
            case Value.PathValue(List<NodeValue> nodes, List<RelationshipValue> relationships) -> {
                tag(Tag.PATH, out).writeUnsigned(relationships.size());
                nodes.forEach(node -> writeNode(node, out));
                relationships.forEach(edge -> writeRelationship(edge, out));
            }
        }
    }

    static Value read(BlockInput in) {
        return switch (TAGS[in.readByte()]) {
            case NULL -> Value.NULL;
            case FALSE -> Value.FALSE;
            case TRUE -> Value.TRUE;
            case INTEGER -> Value.of(in.readSigned());
            case FLOAT -> Value.of(Double.longBitsToDouble(in.readLong()));
            case TEXT -> Value.of(in.readText());
            case BYTES -> new Value.BytesValue(in.readBytes(in.readCount()));
            case DATE -> new Value.DateValue(LocalDate.ofEpochDay(in.readSigned()));
            case LOCAL_TIME -> new Value.LocalTimeValue(LocalTime.ofNanoOfDay(in.readUnsigned()));
            case TIME -> {
                LocalTime time = LocalTime.ofNanoOfDay(in.readUnsigned());
                yield new Value.TimeValue(OffsetTime.of(time, ZoneOffset.ofTotalSeconds((int) in.readSigned())));
            }
            case LOCAL_DATE_TIME -> {
                long seconds = in.readSigned();
                yield new Value.LocalDateTimeValue(
                        LocalDateTime.ofEpochSecond(seconds, in.readCount(), ZoneOffset.UTC));
            }
            case DATE_TIME -> {
                Instant instant = Instant.ofEpochSecond(in.readSigned(), in.readUnsigned());
                yield new Value.DateTimeValue(instant.atZone(ZoneId.of(in.readText())));
            }
            case DURATION ->
                new Value.DurationValue(in.readSigned(), in.readSigned(), in.readSigned(), (int) in.readSigned());
            case LIST -> Value.of(readAll(in));
            case MAP -> new Value.MapValue(readEntries(in));
            case NODE -> readNode(in);
            case RELATIONSHIP -> readRelationship(in);
            case PATH -> {
                int length = in.readCount();
                List<NodeValue> nodes = new ArrayList<>();
                for (int i = 0; i <= length; i++) {
                    nodes.add(readNode(in));
                }
                List<RelationshipValue> relationships = new ArrayList<>();
                for (int i = 0; i < length; i++) {
                    relationships.add(readRelationship(in));
                }
                yield new Value.PathValue(nodes, relationships);
            }
        };
    }

    private static BlockOutput tag(Tag tag, BlockOutput out) {
        out.writeByte(tag.ordinal());
        return out;
    }

    private static void writeAll(List<Value> values, BlockOutput out) {
        out.writeUnsigned(values.size());
        values.forEach(value -> write(value, out));
    }

    private static List<Value> readAll(BlockInput in) {
        int count = in.readCount();
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(read(in));
        }
        return values;
    }

    private static void writeEntries(Map<String, Value> entries, BlockOutput out) {
        out.writeUnsigned(entries.size());
        entries.forEach((key, value) -> {
            out.writeText(key);
            write(value, out);
        });
    }

    private static Map<String, Value> readEntries(BlockInput in) {
        int count = in.readCount();
        Map<String, Value> entries = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String key = in.readText();
            entries.put(key, read(in));
        }
        return entries;
    }

    private static void writeNode(NodeValue node, BlockOutput out) {
        writeId(node.id(), out);
        out.writeUnsigned(node.labels().size());
        node.labels().forEach(out::writeText);
        writeEntries(node.properties(), out);
    }

    private static NodeValue readNode(BlockInput in) {
        VertexId id = readVertexId(in);
        int count = in.readCount();
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            labels.add(in.readText());
        }
        return new NodeValue(id, labels, readEntries(in));
    }

    private static void writeRelationship(RelationshipValue edge, BlockOutput out) {
        out.writeText(edge.id().edgeType());
        writeTenant(edge.id().tenant(), out);
        writeAll(edge.id().key(), out);
        out.writeText(edge.type());
        writeId(edge.start(), out);
        writeId(edge.end(), out);
        writeEntries(edge.properties(), out);
    }

    private static RelationshipValue readRelationship(BlockInput in) {
        EdgeId id = new EdgeId(in.readText(), readTenant(in), readAll(in));
        return new RelationshipValue(id, in.readText(), readVertexId(in), readVertexId(in), readEntries(in));
    }

    private static void writeId(VertexId id, BlockOutput out) {
        out.writeText(id.vertexType());
        writeTenant(id.tenant(), out);
        writeAll(id.key(), out);
    }

    private static VertexId readVertexId(BlockInput in) {
        return new VertexId(in.readText(), readTenant(in), readAll(in));
    }

    private static void writeTenant(Optional<String> tenant, BlockOutput out) {
        out.writeByte(tenant.isPresent() ? 1 : 0);
        tenant.ifPresent(out::writeText);
    }

    private static Optional<String> readTenant(BlockInput in) {
        return in.readByte() == 0 ? Optional.empty() : Optional.of(in.readText());
    }
}
