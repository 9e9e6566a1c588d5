package io.spangraph.model.schema;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A graph over tables: vertex types, edge types and the scopes that bound traversals. Immutable; a changed mapping is a
 * new schema.
 *
 * @param name the graph's name, by which clients address it as a database
 * @param catalogs by name
 * @param scopes by name
 * @param tenancy whether rows belong to tenants
 */
public record GraphSchema(
        String name,
        Map<String, CatalogMapping> catalogs,
        Map<String, Scope> scopes,
        Tenancy tenancy,
        List<VertexType> vertexTypes,
        List<EdgeType> edgeTypes) {

    public GraphSchema {
        catalogs = Map.copyOf(catalogs);
        scopes = Map.copyOf(scopes);
        vertexTypes = List.copyOf(vertexTypes);
        edgeTypes = List.copyOf(edgeTypes);
    }

    /**
     * A catalog and its settings.
     *
     * @param type {@code jdbc}, {@code rest}, {@code glue} or {@code hadoop}
     * @param properties as the storage library takes them, environment variables already substituted
     */
    public record CatalogMapping(String name, String type, Map<String, String> properties) {
        public CatalogMapping {
            properties = Map.copyOf(properties);
        }

        /** Without the values, which may be secrets. */
        @Override
        public String toString() {
            return name + " (" + type + ", settings " + new TreeSet<>(properties.keySet()) + ")";
        }
    }

    /**
     * A key that edges carry as part of their join condition, so that a traversal never leaves it: rows with different
     * or null keys are not connected.
     *
     * @param key property names that both ends have and that the edge's source has as columns
     */
    public record Scope(String name, List<String> key) {
        public Scope {
            key = List.copyOf(key);
        }
    }

    /** Whether the graph holds rows of several owners that must not see each other. */
    public enum Tenancy {
        /** Every type has a tenant expression or says that it is public. */
        ENFORCED,
        /** One owner: nothing is pinned. */
        SINGLE
    }

    public Optional<VertexType> vertexType(String typeName) {
        return vertexTypes.stream().filter(type -> type.name().equals(typeName)).findFirst();
    }

    /** All labels, in alphabetical order. */
    public Set<String> labels() {
        Set<String> labels = new TreeSet<>();
        vertexTypes.forEach(type -> labels.addAll(type.labels()));
        return labels;
    }

    /** All relationship type names, in alphabetical order. */
    public Set<String> relationshipTypes() {
        Set<String> names = new TreeSet<>();
        edgeTypes.forEach(type -> names.add(type.name()));
        return names;
    }

    /** Edge types of a relationship type name: one for each pair of vertex types that it connects. */
    public List<EdgeType> edgeTypesNamed(String typeName) {
        return edgeTypes.stream().filter(type -> type.name().equals(typeName)).toList();
    }

    /** Names of all properties of vertices and edges, in alphabetical order. */
    public Set<String> propertyNames() {
        Set<String> names = new TreeSet<>();
        vertexTypes.forEach(type -> names.addAll(type.properties().keySet()));
        edgeTypes.forEach(type -> names.addAll(type.properties().keySet()));
        return names;
    }

    /** Every source that the graph reads, without repetitions. */
    public Set<RowSource> sources() {
        Set<RowSource> sources = new LinkedHashSet<>();
        vertexTypes.forEach(type -> sources.add(type.source()));
        edgeTypes.forEach(type -> sources.add(type.source()));
        return sources;
    }

    /** Vertex types by name, for callers that look many up. */
    public Map<String, VertexType> vertexTypesByName() {
        Map<String, VertexType> byName = new TreeMap<>();
        vertexTypes.forEach(type -> byName.put(type.name(), type));
        return byName;
    }
}
