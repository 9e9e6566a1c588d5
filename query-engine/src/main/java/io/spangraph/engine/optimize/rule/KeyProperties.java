package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.Variable;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.schema.VertexType;
import java.util.LinkedHashSet;
import java.util.Set;

/** What is known of a vertex that exists by trust alone: the properties that are mapped to its key or to its owner. */
final class KeyProperties {
    private KeyProperties() {}

    static Set<String> of(VertexType type) {
        Set<MappingExpression> known = new LinkedHashSet<>();
        type.id().forEach(part -> known.add(part.expression()));
        type.tenant().ifPresent(tenant -> known.add(tenant.expression()));
        Set<String> names = new LinkedHashSet<>();
        type.properties().forEach((name, mapping) -> {
            if (known.contains(mapping.expression().expression())) {
                names.add(name);
            }
        });
        return names;
    }

    /** What can be true of such a vertex: it has no properties but these. */
    static PossibleTruth truth(Variable node, VertexType type) {
        return new PossibleTruth(node, type.name(), type.labels(), of(type));
    }
}
