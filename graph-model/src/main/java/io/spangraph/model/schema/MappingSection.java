package io.spangraph.model.schema;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The kinds of map in a {@code graph.yaml} with the keys that each may hold. Keys that later versions will read are
 * refused by name today, because a key that is silently ignored gives wrong answers.
 */
enum MappingSection {
    GRAPH(
            "the mapping",
            List.of("version", "name", "catalogs", "multi_tenant", "scopes", "vertices", "edges"),
            List.of("aliases", "computed", "limits", "packs", "pricing", "time")),
    TENANCY("'multi_tenant'", List.of("mode", "tenant"), List.of()),
    VERTEX(
            "a vertex type",
            List.of("labels", "source", "id", "tenant", "public", "unique", "global_key", "properties"),
            List.of("aliases", "bloom", "clustered_by", "computed", "contained_in", "infer", "limits", "pack", "time")),
    VERTEX_SOURCE(
            "a vertex type's source",
            List.of("table", "where"),
            List.of("as_of", "dedupe", "distinct", "group_by", "literal", "snapshot", "tag", "union", "unnest")),
    PROPERTY(
            "a property",
            List.of("expr", "column", "lazy"),
            List.of("cast", "computed", "first_of", "optional", "pack", "type", "unit")),
    EDGE(
            "an edge type",
            List.of(
                    "from",
                    "to",
                    "source",
                    "id",
                    "from_key",
                    "to_key",
                    "scope",
                    "trust",
                    "tenant",
                    "public",
                    "properties"),
            List.of("acyclic", "aliases", "computed", "infer", "limits", "time")),
    EDGE_SOURCE(
            "an edge type's source",
            List.of("table", "vertex", "where"),
            List.of(
                    "as_of",
                    "dedupe",
                    "distinct",
                    "group_by",
                    "join",
                    "literal",
                    "snapshot",
                    "tag",
                    "union",
                    "unnest"));

    private final String title;
    private final Set<String> keys;
    private final Set<String> reserved;

    MappingSection(String title, List<String> keys, List<String> reserved) {
        this.title = title;
        this.keys = new LinkedHashSet<>(keys);
        this.reserved = new LinkedHashSet<>(reserved);
    }

    String title() {
        return title;
    }

    /** A key that is typical of the section. */
    String first() {
        return keys.iterator().next();
    }

    Set<String> keys() {
        return keys;
    }

    Set<String> reserved() {
        return reserved;
    }

    /** The section below this one that has the key, for an author who wrote it one level too high. */
    Optional<MappingSection> below(String key) {
        List<MappingSection> inner = switch (this) {
            case GRAPH -> List.of(VERTEX, EDGE);
            case VERTEX -> List.of(VERTEX_SOURCE);
            case EDGE -> List.of(EDGE_SOURCE);
            case TENANCY, VERTEX_SOURCE, PROPERTY, EDGE_SOURCE -> List.of();
        };
        return inner.stream().filter(section -> section.keys.contains(key)).findFirst();
    }
}
