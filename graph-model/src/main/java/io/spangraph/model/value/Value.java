package io.spangraph.model.value;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One value of a query: what literals, parameters, expressions and result rows are made of.
 *
 * <p>Java equality of these records is structural and is not Cypher's: use {@link Values} for the three-valued
 * {@code =}, for the equivalence of DISTINCT and grouping, and for the order of ORDER BY.
 */
public sealed interface Value {

    /** The absent value. */
    record NullValue() implements Value {}

    record BooleanValue(boolean value) implements Value {}

    /** A 64-bit integer; every integral column type becomes this. */
    record IntegerValue(long value) implements Value {}

    record FloatValue(double value) implements Value {}

    record StringValue(String value) implements Value {}

    /** Raw bytes; they can be returned but not computed with. The array is never changed after construction. */
    @SuppressWarnings("ArrayRecordComponent")
    record BytesValue(byte[] value) implements Value {
        @Override
        public boolean equals(Object other) {
            return other instanceof BytesValue bytes && java.util.Arrays.equals(value, bytes.value);
        }

        @Override
        public int hashCode() {
            return java.util.Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return "bytes(" + value.length + ")";
        }
    }

    record DateValue(LocalDate value) implements Value {}

    record LocalTimeValue(LocalTime value) implements Value {}

    record TimeValue(OffsetTime value) implements Value {}

    record LocalDateTimeValue(LocalDateTime value) implements Value {}

    record DateTimeValue(ZonedDateTime value) implements Value {}

    /** A duration by Cypher's parts, which do not convert into each other: a month is not a number of days. */
    record DurationValue(long months, long days, long seconds, int nanos) implements Value {}

    record ListValue(List<Value> elements) implements Value {
        public ListValue {
            elements = List.copyOf(elements);
        }
    }

    /** A map in insertion order. */
    record MapValue(Map<String, Value> entries) implements Value {
        public MapValue {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }

    /** A vertex: its identity, its labels and the properties that were read. Null properties are left out. */
    record NodeValue(VertexId id, List<String> labels, Map<String, Value> properties) implements Value {
        public NodeValue {
            labels = List.copyOf(labels);
            properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        }
    }

    /** A relationship with the identities of its ends. Null properties are left out. */
    record RelationshipValue(EdgeId id, String type, VertexId start, VertexId end, Map<String, Value> properties)
            implements Value {
        public RelationshipValue {
            properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        }
    }

    /** A walk: one node more than relationships, each relationship between its two neighbours in either direction. */
    record PathValue(List<NodeValue> nodes, List<RelationshipValue> relationships) implements Value {
        public PathValue {
            nodes = List.copyOf(nodes);
            relationships = List.copyOf(relationships);
            if (nodes.size() != relationships.size() + 1) {
                throw new IllegalArgumentException(
                        "a path of " + relationships.size() + " relationships cannot have " + nodes.size() + " nodes");
            }
        }
    }

    /**
     * Identity of a vertex: two rows with the same identity are the same node for {@code =}, DISTINCT and grouping.
     *
     * @param vertexType name of the vertex type in the schema
     * @param tenant the owner, empty for types that belong to everyone
     * @param key the values of the id expressions, never null
     */
    record VertexId(String vertexType, Optional<String> tenant, List<Value> key) {
        public VertexId {
            key = List.copyOf(key);
        }
    }

    /**
     * Identity of a relationship: its declared id, or the file and position of its row where none is declared.
     *
     * @param edgeType identifier of the edge type in the schema
     */
    record EdgeId(String edgeType, Optional<String> tenant, List<Value> key) {
        public EdgeId {
            key = List.copyOf(key);
        }
    }

    /** The one null. */
    Value NULL = new NullValue();

    Value TRUE = new BooleanValue(true);
    Value FALSE = new BooleanValue(false);

    static Value of(boolean value) {
        return value ? TRUE : FALSE;
    }

    static Value of(long value) {
        return new IntegerValue(value);
    }

    static Value of(double value) {
        return new FloatValue(value);
    }

    static Value of(String value) {
        return new StringValue(value);
    }

    static Value of(List<Value> elements) {
        return new ListValue(elements);
    }

    default boolean isNull() {
        return this instanceof NullValue;
    }

    /** True only for the Boolean true; null and everything else is not true. */
    default boolean isTrue() {
        return this instanceof BooleanValue(boolean value) && value;
    }
}
