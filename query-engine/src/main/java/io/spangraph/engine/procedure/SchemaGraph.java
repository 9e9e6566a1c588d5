package io.spangraph.engine.procedure;

import io.spangraph.model.schema.EdgeType;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.VertexType;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.EdgeId;
import io.spangraph.model.value.Value.NodeValue;
import io.spangraph.model.value.Value.RelationshipValue;
import io.spangraph.model.value.Value.VertexId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The mapping drawn as a graph: one node for each label, and the relationships that can be between them. */
final class SchemaGraph {
    private final GraphSchema schema;

    SchemaGraph(GraphSchema schema) {
        this.schema = schema;
    }

    /** A relationship type between two labels. */
    record LabelPair(EdgeType type, String from, String to) {}

    /** Every way in which labels are connected; a name that connects several pairs of types comes several times. */
    List<LabelPair> pairs() {
        List<LabelPair> pairs = new ArrayList<>();
        for (EdgeType type : schema.edgeTypes()) {
            for (String from : labels(type.from().vertexType())) {
                for (String to : labels(type.to().vertexType())) {
                    pairs.add(new LabelPair(type, from, to));
                }
            }
        }
        return pairs;
    }

    private Set<String> labels(String vertexType) {
        return schema.vertexType(vertexType).map(VertexType::labels).orElse(Set.of());
    }

    List<VertexType> typesWith(String label) {
        return schema.vertexTypes().stream()
                .filter(type -> type.labels().contains(label))
                .toList();
    }

    /** @param properties of the node of a label, beside its name */
    List<Value> nodes(Function<String, Map<String, Value>> properties) {
        return schema.labels().stream()
                .<Value>map(label -> new NodeValue(id(label), List.of(label), named(label, properties.apply(label))))
                .toList();
    }

    /** @param properties of a relationship, beside its name */
    List<Value> relationships(Function<LabelPair, Map<String, Value>> properties) {
        return pairs().stream()
                .<Value>map(pair -> new RelationshipValue(
                        new EdgeId(
                                pair.type().identifier(),
                                Optional.empty(),
                                List.of(Value.of(pair.from()), Value.of(pair.to()))),
                        pair.type().name(),
                        id(pair.from()),
                        id(pair.to()),
                        named(pair.type().name(), properties.apply(pair))))
                .toList();
    }

    /** A label is drawn as a node of the first type that has it, with the label as its key. */
    private VertexId id(String label) {
        return new VertexId(typesWith(label).getFirst().name(), Optional.empty(), List.of(Value.of(label)));
    }

    private static Map<String, Value> named(String name, Map<String, Value> more) {
        Map<String, Value> properties = new LinkedHashMap<>();
        properties.put("name", Value.of(name));
        properties.putAll(more);
        return properties;
    }
}
