package io.spangraph.engine.reference;

import io.spangraph.engine.expr.temporal.TemporalParts;
import io.spangraph.model.schema.EdgeEnd;
import io.spangraph.model.schema.EdgeType;
import io.spangraph.model.schema.VertexType;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.EdgeId;
import io.spangraph.model.value.Value.NodeValue;
import io.spangraph.model.value.Value.RelationshipValue;
import io.spangraph.model.value.Value.VertexId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What a variable is bound to. A node or relationship is bound to a row, a value to itself; null is a value. */
sealed interface Bound {
    /** The null that an OPTIONAL part binds its variables to. */
    Bound NOTHING = new Plain(Value.NULL);

    /** The value with all properties that were read and are not lazy. */
    Value whole();

    /** A value that is equal exactly when the bound things are the same; of a node or relationship the identity. */
    Value identity();

    /** A property; null if the type lacks it. */
    Value property(String name);

    /** The row, where there is one. */
    OptionalLong row();

    /** Any value that is no entity of the row at hand. */
    record Plain(Value value) implements Bound {
        @Override
        public Value whole() {
            return value;
        }

        @Override
        public Value identity() {
            return value;
        }

        @Override
        public Value property(String name) {
            return switch (value) {
                case Value.MapValue(Map<String, Value> entries) -> entries.getOrDefault(name, Value.NULL);
                case NodeValue node -> node.properties().getOrDefault(name, Value.NULL);
                case RelationshipValue edge -> edge.properties().getOrDefault(name, Value.NULL);
                case Value other ->
                    TemporalParts.part(other, name)
                            .orElseGet(() -> ReferenceErrors.requireNull(other, "a Map, Node or Relationship"));
            };
        }

        @Override
        public OptionalLong row() {
            return OptionalLong.empty();
        }
    }

    /** The nodes or relationships of a walk, which are made values of only where somebody asks for them. */
    record Many(List<Bound> elements) implements Bound {
        public Many {
            elements = List.copyOf(elements);
        }

        @Override
        public Value whole() {
            return Value.of(elements.stream().map(Bound::whole).toList());
        }

        @Override
        public Value identity() {
            return Value.of(elements.stream().map(Bound::identity).toList());
        }

        @Override
        public Value property(String name) {
            throw ReferenceErrors.typeError("a Map, Node or Relationship", identity());
        }

        @Override
        public OptionalLong row() {
            return OptionalLong.empty();
        }
    }

    /**
     * A vertex.
     *
     * @param row empty for a vertex that exists by trust
     * @param properties every mapped property
     * @param read the properties that the plan reads; empty: all
     */
    record Node(
            VertexType type, VertexId id, OptionalLong row, Map<String, Value> properties, Optional<Set<String>> read)
            implements Bound {
        @Override
        public Value whole() {
            Map<String, Value> present = new LinkedHashMap<>();
            type.properties().forEach((name, mapping) -> {
                if (!mapping.lazy() && !property(name).isNull()) {
                    present.put(name, property(name));
                }
            });
            return new NodeValue(id, List.copyOf(type.labels()), present);
        }

        @Override
        public Value identity() {
            return new NodeValue(id, List.copyOf(type.labels()), Map.of());
        }

        @Override
        public Value property(String name) {
            return ReferenceErrors.requireRead(type.properties().keySet(), read, name)
                    ? properties.getOrDefault(name, Value.NULL)
                    : Value.NULL;
        }

        Node reading(Optional<Set<String>> names) {
            return new Node(type, id, row, properties, names);
        }
    }

    /**
     * An edge, walked in one direction.
     *
     * @param near the end where the traversal comes from
     * @param scopeKey values of the scope's key, none of them null
     */
    record Edge(
            EdgeType type,
            boolean reversed,
            EdgeId id,
            long rowReference,
            EdgeEnd near,
            VertexId nearId,
            EdgeEnd far,
            VertexId farId,
            List<Value> scopeKey,
            Map<String, Value> properties,
            Optional<Set<String>> read)
            implements Bound {
        @Override
        public Value whole() {
            Map<String, Value> present = new LinkedHashMap<>();
            type.properties().forEach((name, mapping) -> {
                if (!mapping.lazy() && !property(name).isNull()) {
                    present.put(name, property(name));
                }
            });
            return value(present);
        }

        @Override
        public Value identity() {
            return value(Map.of());
        }

        @Override
        public Value property(String name) {
            return ReferenceErrors.requireRead(type.properties().keySet(), read, name)
                    ? properties.getOrDefault(name, Value.NULL)
                    : Value.NULL;
        }

        @Override
        public OptionalLong row() {
            return OptionalLong.of(rowReference);
        }

        private Value value(Map<String, Value> present) {
            return new RelationshipValue(
                    id, type.name(), reversed ? farId : nearId, reversed ? nearId : farId, present);
        }
    }
}
