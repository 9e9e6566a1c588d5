package io.spangraph.engine.procedure;

import io.spangraph.model.schema.EdgeType;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.schema.MappingExpression.Positioned;
import io.spangraph.model.schema.MappingTypes;
import io.spangraph.model.schema.PropertyMapping;
import io.spangraph.model.schema.RowSource;
import io.spangraph.model.schema.VertexType;
import io.spangraph.model.table.TableSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The properties of the graph's types and the types of their values: from the mapping and the tables' columns, never from
 * rows.
 */
final class PropertyFacts {
    private final ProcedureContext context;
    private final Map<RowSource, Optional<TableSchema>> tables = new HashMap<>();

    PropertyFacts(ProcedureContext context) {
        this.context = context;
    }

    /**
     * A property of a group of types.
     *
     * @param types usually one; several where types of the graph map the name to different things
     * @param key part of the identity, which is never null
     * @param only the identity by itself
     */
    record PropertyFact(String name, List<PropertyType> types, boolean key, boolean only) {
        List<String> schemaNames() {
            return types.stream().map(PropertyType::schemaName).distinct().toList();
        }

        /** One name for all, as clients of {@code apoc.meta} expect. */
        PropertyType single() {
            return types.size() == 1 ? types.getFirst() : PropertyType.ANY;
        }
    }

    /** Vertex types by the labels that they have together, in alphabetical order. */
    Map<List<String>, List<VertexType>> byLabels() {
        Map<List<String>, List<VertexType>> groups = new LinkedHashMap<>();
        context.schema().vertexTypes().stream()
                .sorted((a, b) -> a.labels().toString().compareTo(b.labels().toString()))
                .forEach(type -> groups.computeIfAbsent(List.copyOf(type.labels()), any -> new ArrayList<>())
                        .add(type));
        return groups;
    }

    List<PropertyFact> ofVertices(Collection<VertexType> types) {
        Merged merged = new Merged(types.size());
        for (VertexType type : types) {
            merged.add(type.source(), type.properties(), type.id());
        }
        return merged.facts();
    }

    List<PropertyFact> ofEdges(Collection<EdgeType> types) {
        Merged merged = new Merged(types.size());
        for (EdgeType type : types) {
            merged.add(type.source(), type.properties(), type.id().orElse(List.of()));
        }
        return merged.facts();
    }

    /** The properties of several types, put together by name. */
    private final class Merged {
        private final int types;
        private final Map<String, Set<PropertyType>> found = new TreeMap<>();
        private final Map<String, Integer> keys = new HashMap<>();
        private final Map<String, Integer> only = new HashMap<>();

        Merged(int types) {
            this.types = types;
        }

        void add(RowSource source, Map<String, PropertyMapping> properties, List<Positioned> id) {
            List<MappingExpression> key =
                    id.stream().map(Positioned::expression).toList();
            properties.values().forEach(property -> {
                MappingExpression expression = property.expression().expression();
                found.computeIfAbsent(property.name(), any -> new LinkedHashSet<>())
                        .add(typeOf(expression, source));
                if (key.contains(expression)) {
                    keys.merge(property.name(), 1, Integer::sum);
                    only.merge(property.name(), key.size() == 1 ? 1 : 0, Integer::sum);
                }
            });
        }

        List<PropertyFact> facts() {
            return found.entrySet().stream()
                    .map(entry -> new PropertyFact(
                            entry.getKey(),
                            List.copyOf(entry.getValue()),
                            keys.getOrDefault(entry.getKey(), 0) == types,
                            only.getOrDefault(entry.getKey(), 0) == types))
                    .toList();
        }
    }

    private PropertyType typeOf(MappingExpression expression, RowSource source) {
        Optional<TableSchema> table = tables.computeIfAbsent(source, read -> context.table(read.table()));
        return PropertyType.of(table.flatMap(columns -> MappingTypes.typeOf(expression, columns)));
    }
}
