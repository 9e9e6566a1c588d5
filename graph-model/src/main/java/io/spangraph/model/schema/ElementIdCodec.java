package io.spangraph.model.schema;

import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.EdgeId;
import io.spangraph.model.value.Value.VertexId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Identities as the text that {@code elementId} gives: {@code Trace[key]}, with the tenant before the key where the key
 * alone could mean vertices of several tenants. Clients keep these texts and send them back, so the form is a promise.
 *
 * <p>The name is the first label of the vertex type, or the type's name where that label would be ambiguous. The parts
 * between the brackets are separated by commas; a backslash stands before each comma, bracket and backslash in a part.
 */
public final class ElementIdCodec {
    private static final String NUMBERED = "4:";

    private final GraphSchema schema;
    private final boolean oneTenant;
    private final Map<String, String> vertexNames = new LinkedHashMap<>();
    private final Map<String, String> edgeNames = new LinkedHashMap<>();
    private final Map<String, VertexType> vertexTypes = new HashMap<>();
    private final Map<String, EdgeType> edgeTypes = new HashMap<>();

    /**
     * A codec for one reader of the graph.
     *
     * @param tenant the only tenant whose rows exist for the reader; empty: all tenants
     */
    public ElementIdCodec(GraphSchema schema, Optional<String> tenant) {
        this(schema, tenant.isPresent());
    }

    /**
     * A codec for all readers of one kind.
     *
     * @param oneTenant whether the rows of one tenant exist for a reader, whichever it is; else those of all
     */
    public ElementIdCodec(GraphSchema schema, boolean oneTenant) {
        this.schema = schema;
        this.oneTenant = oneTenant;
        for (VertexType type : schema.vertexTypes()) {
            String name = nameOf(type);
            vertexNames.put(type.name(), name);
            vertexTypes.put(type.name(), type);
        }
        schema.vertexTypes().forEach(type -> vertexTypes.put(nameOf(type), type));
        for (EdgeType type : schema.edgeTypes()) {
            boolean alone = schema.edgeTypesNamed(type.name()).size() == 1;
            String name = alone ? type.name() : type.identifier();
            edgeNames.put(type.identifier(), name);
            edgeTypes.put(name, type);
        }
    }

    /**
     * What an element id names.
     *
     * @param type name of the vertex type, or identifier of the edge type
     * @param tenant the owner where the text has one; else the key means elements of any tenant that the reader sees
     * @param key the key's values as text
     */
    public record DecodedId(String type, Optional<String> tenant, List<String> key) {
        public DecodedId {
            key = List.copyOf(key);
        }
    }

    public String encode(VertexId id) {
        VertexType type = schema.vertexType(id.vertexType())
                .orElseThrow(() -> new IllegalArgumentException("unknown vertex type " + id.vertexType()));
        Optional<String> tenant = oneTenant || type.globalKey() ? Optional.empty() : id.tenant();
        return write(vertexNames.getOrDefault(type.name(), type.name()), tenant, id.key());
    }

    public String encode(EdgeId id) {
        String name = edgeNames.get(id.edgeType());
        EdgeType type = name == null ? null : edgeTypes.get(name);
        if (name == null || type == null) {
            throw new IllegalArgumentException("unknown edge type " + id.edgeType());
        }
        Optional<String> tenant = oneTenant || type.id().isEmpty() ? Optional.empty() : id.tenant();
        return write(name, tenant, id.key());
    }

    /**
     * The form of an element id for clients that take it apart at its colons and read a number from the third part.
     * It is read like the plain form; the number is not looked at.
     */
    public static String withNumber(String elementId, long number) {
        return NUMBERED + elementId.replace("%", "%25").replace(":", "%3A") + ":" + number;
    }

    /** The element id as {@code elementId} gives it, of a text in either form; any other text is itself. */
    public static String plain(String elementId) {
        return read(elementId).isPresent() ? withoutNumber(elementId) : elementId;
    }

    /** The vertex that a text names; empty when no vertex can have this id, which is not an error in a query. */
    public Optional<DecodedId> decodeVertex(String text) {
        return read(text)
                .flatMap(parts -> Optional.ofNullable(vertexTypes.get(parts.getFirst()))
                        .flatMap(type -> decoded(
                                type.name(),
                                type.id().size(),
                                type.tenant().isPresent(),
                                parts.subList(1, parts.size()))));
    }

    /** The edge that a text names; empty when no edge can have this id. An edge without a declared id has its row as key. */
    public Optional<DecodedId> decodeEdge(String text) {
        return read(text)
                .flatMap(parts -> Optional.ofNullable(edgeTypes.get(parts.getFirst()))
                        .flatMap(type -> decoded(
                                type.identifier(),
                                type.id().map(List::size).orElse(1),
                                type.id().isPresent() && type.tenant().isPresent(),
                                parts.subList(1, parts.size()))));
    }

    private String nameOf(VertexType type) {
        Optional<String> label = type.labels().stream().findFirst();
        boolean ambiguous = label.isEmpty()
                || schema.vertexTypes().stream()
                        .filter(other -> !other.name().equals(type.name()))
                        .anyMatch(other -> other.name().equals(label.get())
                                || other.labels().stream().findFirst().equals(label));
        return ambiguous ? type.name() : label.get();
    }

    private static Optional<DecodedId> decoded(String type, int keySize, boolean hasTenant, List<String> values) {
        if (values.size() == keySize) {
            return Optional.of(new DecodedId(type, Optional.empty(), values));
        }
        if (hasTenant && values.size() == keySize + 1) {
            return Optional.of(new DecodedId(type, Optional.of(values.getFirst()), values.subList(1, values.size())));
        }
        return Optional.empty();
    }

    private static String write(String name, Optional<String> tenant, List<Value> key) {
        return escaped(name)
                + Stream.concat(tenant.stream(), key.stream().map(ElementIdCodec::text))
                        .map(ElementIdCodec::escaped)
                        .collect(Collectors.joining(",", "[", "]"));
    }

    private static String escaped(String part) {
        StringBuilder text = new StringBuilder(part.length());
        for (int i = 0; i < part.length(); i++) {
            char character = part.charAt(i);
            if (",[]\\".indexOf(character) >= 0) {
                text.append('\\');
            }
            text.append(character);
        }
        return text.toString();
    }

    /** The name and the parts between the brackets; empty when the text is no element id. */
    private static Optional<List<String>> read(String given) {
        String text = withoutNumber(given);
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '\\' && i + 1 < text.length()) {
                part.append(text.charAt(++i));
            } else if (character == '[' && !inside || character == ',' && inside) {
                inside = true;
                parts.add(part.toString());
                part.setLength(0);
            } else if (character == ']' && inside && i == text.length() - 1) {
                parts.add(part.toString());
                return Optional.of(parts);
            } else if (",[]\\".indexOf(character) >= 0) {
                return Optional.empty();
            } else {
                part.append(character);
            }
        }
        return Optional.empty();
    }

    private static String withoutNumber(String text) {
        int last = text.lastIndexOf(':');
        // A plain element id ends with a bracket, so one that begins alike is not mistaken.
        return text.startsWith(NUMBERED) && last >= NUMBERED.length() && !text.endsWith("]")
                ? text.substring(NUMBERED.length(), last).replace("%3A", ":").replace("%25", "%")
                : text;
    }

    private static String text(Value value) {
        return switch (value) {
            case Value.StringValue text -> text.value();
            case Value.IntegerValue number -> Long.toString(number.value());
            case Value.FloatValue number -> Double.toString(number.value());
            case Value.BooleanValue flag -> Boolean.toString(flag.value());
            case Value.DateValue date -> date.value().toString();
            case Value.LocalTimeValue time -> time.value().toString();
            case Value.TimeValue time -> time.value().toString();
            case Value.LocalDateTimeValue time -> time.value().toString();
            case Value.DateTimeValue time -> time.value().toString();
            case Value.NullValue other -> throw noKey(other);
            case Value.BytesValue other -> throw noKey(other);
            case Value.DurationValue other -> throw noKey(other);
            case Value.ListValue other -> throw noKey(other);
            case Value.MapValue other -> throw noKey(other);
            case Value.NodeValue other -> throw noKey(other);
            case Value.RelationshipValue other -> throw noKey(other);
            case Value.PathValue other -> throw noKey(other);
        };
    }

    private static IllegalArgumentException noKey(Value value) {
        return new IllegalArgumentException("a key cannot hold " + value);
    }
}
