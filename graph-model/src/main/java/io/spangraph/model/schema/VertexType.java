package io.spangraph.model.schema;

import io.spangraph.model.SourcePosition;
import io.spangraph.model.schema.MappingExpression.Positioned;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A kind of vertex. A type is not a label: it has a set of labels, usually the one of its own name.
 *
 * @param id key expressions; a row with a null among them is no vertex
 * @param globalKey a promise that the key alone tells vertices apart over all tenants, so that an element id needs no tenant
 * @param unique a promise that no two rows of one tenant share a key, which lets plans drop look-ups
 * @param tenant the owner of a row; empty for a public type and in graphs of one tenant
 * @param isPublic rows belong to everyone
 * @param properties by name, in the order of the mapping
 */
public record VertexType(
        String name,
        Set<String> labels,
        RowSource source,
        List<Positioned> id,
        boolean globalKey,
        boolean unique,
        Optional<Positioned> tenant,
        boolean isPublic,
        Map<String, PropertyMapping> properties,
        SourcePosition position) {

    public VertexType {
        labels = Collections.unmodifiableSet(new TreeSet<>(labels));
        id = List.copyOf(id);
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        if (id.isEmpty()) {
            throw new IllegalArgumentException("vertex type " + name + " has no id");
        }
    }

    /** The property that is mapped to exactly this expression, if there is one. */
    public Optional<String> propertyFor(MappingExpression expression) {
        return properties.values().stream()
                .filter(property -> property.expression().expression().equals(expression))
                .map(PropertyMapping::name)
                .findFirst();
    }
}
