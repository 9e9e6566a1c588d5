package io.spangraph.engine.procedure;

import io.spangraph.engine.procedure.PropertyFacts.PropertyFact;
import io.spangraph.engine.procedure.SchemaGraph.LabelPair;
import io.spangraph.model.schema.EdgeType;
import io.spangraph.model.value.Value;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The one map of {@code apoc.meta.schema}: labels and relationship types with properties, connections and counts. */
final class MetaSchema {
    private final ProcedureContext context;
    private final PropertyFacts properties;
    private final SchemaGraph graph;
    private final GraphCounts counts;

    MetaSchema(ProcedureContext context) {
        this.context = context;
        this.properties = new PropertyFacts(context);
        this.graph = new SchemaGraph(context.schema());
        this.counts = GraphCounts.of(context);
    }

    Value value() {
        Map<String, Value> schema = new LinkedHashMap<>();
        for (String type : context.schema().relationshipTypes()) {
            schema.put(type, relationship(type));
        }
        for (String label : context.schema().labels()) {
            schema.put(label, node(label));
        }
        return new Value.MapValue(schema);
    }

    private Value node(String label) {
        return Facts.map(
                "type", Value.of("node"),
                "count", Value.of(counts.nodes(label)),
                "labels", Facts.NO_TEXTS,
                "properties", described(properties.ofVertices(graph.typesWith(label))),
                "relationships", connections(label));
    }

    private Value relationship(String type) {
        return Facts.map(
                "type", Value.of("relationship"),
                "count", Value.of(counts.relationships(type)),
                "properties", described(ofType(type)));
    }

    private List<PropertyFact> ofType(String name) {
        List<EdgeType> types = context.schema().edgeTypesNamed(name);
        return properties.ofEdges(types);
    }

    /** By relationship type. One that both leaves and reaches the label is said to leave it. */
    private Value connections(String label) {
        Map<String, Value> connections = new LinkedHashMap<>();
        for (String type : context.schema().relationshipTypes()) {
            Set<String> outgoing = new TreeSet<>();
            Set<String> incoming = new TreeSet<>();
            for (LabelPair pair : graph.pairs()) {
                if (pair.type().name().equals(type)) {
                    if (pair.from().equals(label)) {
                        outgoing.add(pair.to());
                    }
                    if (pair.to().equals(label)) {
                        incoming.add(pair.from());
                    }
                }
            }
            if (!outgoing.isEmpty()) {
                connections.put(type, connection("out", counts.relationshipsFrom(label, type), outgoing, type));
            } else if (!incoming.isEmpty()) {
                connections.put(type, connection("in", counts.relationshipsTo(type, label), incoming, type));
            }
        }
        return new Value.MapValue(connections);
    }

    private Value connection(String direction, long count, Set<String> labels, String type) {
        return Facts.map(
                "direction", Value.of(direction),
                "count", Value.of(count),
                "labels", Facts.texts(labels),
                "properties", described(ofType(type)));
    }

    private static Value described(Collection<PropertyFact> facts) {
        Map<String, Value> described = new LinkedHashMap<>();
        for (PropertyFact fact : facts) {
            described.put(
                    fact.name(),
                    Facts.map(
                            "type", Value.of(fact.single().metaName()),
                            "indexed", Value.FALSE,
                            "unique", Value.of(fact.only()),
                            "existence", Value.of(fact.key())));
        }
        return new Value.MapValue(described);
    }
}
