package io.spangraph.model.schema;

import io.spangraph.model.SourcePosition;
import io.spangraph.model.schema.GraphSchema.Scope;
import io.spangraph.model.schema.MappingExpression.Positioned;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A kind of relationship between two vertex types. The same name may connect several pairs of vertex types; each pair is
 * an edge type of its own.
 *
 * @param id declared identity; empty: the file and position of the row
 * @param tenant the owner of an edge row; it is part of the identity of both ends
 * @param scope a key that both ends share with the edge, see {@link Scope}
 * @param scopeKey the scope's key as expressions over the edge's row, in the order of the scope; empty without a scope
 * @param trust the vertex at an end that is named by key exists by definition, so that the key alone stands for it
 */
public record EdgeType(
        String name,
        RowSource source,
        EdgeEnd from,
        EdgeEnd to,
        Optional<List<Positioned>> id,
        Optional<Positioned> tenant,
        Optional<Scope> scope,
        List<Positioned> scopeKey,
        boolean trust,
        Map<String, PropertyMapping> properties,
        SourcePosition position) {

    public EdgeType {
        id = id.map(List::copyOf);
        scopeKey = List.copyOf(scopeKey);
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        if (scope.map(declared -> declared.key().size()).orElse(0) != scopeKey.size()) {
            throw new IllegalArgumentException("edge type " + name + " needs an expression for each key of its scope");
        }
    }

    /** Identifies the edge type among those of the same name: {@code CHILD_OF(Span,Span)}. */
    public String identifier() {
        return name + "(" + from.vertexType() + "," + to.vertexType() + ")";
    }
}
