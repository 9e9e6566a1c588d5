package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.EntityField.End;
import io.spangraph.engine.expr.EntityField.EndKey;
import io.spangraph.engine.expr.EntityField.PropertyField;
import io.spangraph.engine.expr.EntityField.ScopeKey;
import io.spangraph.engine.expr.EntityField.Tenant;
import io.spangraph.engine.plan.EdgeCandidate;
import io.spangraph.model.schema.EdgeEnd;
import io.spangraph.model.schema.EdgeType;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.GraphSchema.Scope;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.schema.MappingExpression.Positioned;
import io.spangraph.model.schema.PropertyMapping;
import io.spangraph.model.schema.VertexType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an edge and the vertices at its ends have in common: columns of the vertices and of the edge, each with the
 * expression over the edge's row that it equals. Columns with the same expression are equal to each other.
 */
record EdgeLinks(
        Map<EntityField, MappingExpression> near,
        Map<EntityField, MappingExpression> edge,
        Map<EntityField, MappingExpression> far) {

    static EdgeLinks of(EdgeCandidate candidate, GraphSchema schema) {
        EdgeType type = candidate.type();
        Map<EntityField, MappingExpression> edge = new LinkedHashMap<>();
        for (int i = 0; i < type.scopeKey().size(); i++) {
            edge.put(new ScopeKey(i), type.scopeKey().get(i).expression());
        }
        putEndKey(End.NEAR, candidate.near(), schema, edge);
        putEndKey(End.FAR, candidate.far(), schema, edge);
        type.tenant().ifPresent(tenant -> edge.put(new Tenant(), tenant.expression()));
        for (PropertyMapping property : type.properties().values()) {
            edge.put(new PropertyField(property.name()), property.expression().expression());
        }
        return new EdgeLinks(links(candidate.near(), type, schema), edge, links(candidate.far(), type, schema));
    }

    /** Only what is the same column with the same value at both ends, and so at every node of a walk. */
    EdgeLinks keptByWalk() {
        Map<EntityField, MappingExpression> kept = new LinkedHashMap<>(near);
        kept.entrySet().retainAll(far.entrySet());
        return new EdgeLinks(kept, edge, kept);
    }

    private static void putEndKey(
            End end, EdgeEnd edgeEnd, GraphSchema schema, Map<EntityField, MappingExpression> links) {
        List<Positioned> key = switch (edgeEnd) {
            case EdgeEnd.ByKey byKey -> byKey.key();
            case EdgeEnd.SameRow same ->
                schema.vertexType(same.vertexType()).map(VertexType::id).orElse(List.of());
        };
        for (int i = 0; i < key.size(); i++) {
            links.put(new EndKey(end, i), key.get(i).expression());
        }
    }

    /** Of a vertex that exists by trust nothing but its key and its owner is known: the scope's columns may be null. */
    private static Map<EntityField, MappingExpression> links(EdgeEnd end, EdgeType type, GraphSchema schema) {
        Map<EntityField, MappingExpression> links = new LinkedHashMap<>();
        Optional<VertexType> found = schema.vertexType(end.vertexType());
        if (found.isEmpty()) {
            return links;
        }
        VertexType vertex = found.get();
        switch (end) {
            case EdgeEnd.SameRow same ->
                vertex.properties()
                        .forEach((name, property) -> links.put(
                                new PropertyField(name), property.expression().expression()));
            case EdgeEnd.ByKey byKey -> {
                if (!type.trust()) {
                    putScope(vertex, type, links);
                }
                vertex.tenant()
                        .flatMap(tenant -> vertex.propertyFor(tenant.expression()))
                        .ifPresent(name -> type.tenant()
                                .ifPresent(tenant -> links.put(new PropertyField(name), tenant.expression())));
                for (int i = 0; i < byKey.key().size(); i++) {
                    MappingExpression value = byKey.key().get(i).expression();
                    vertex.propertyFor(vertex.id().get(i).expression())
                            .ifPresent(name -> links.put(new PropertyField(name), value));
                }
            }
        }
        return links;
    }

    private static void putScope(VertexType vertex, EdgeType type, Map<EntityField, MappingExpression> links) {
        List<String> names = type.scope().map(Scope::key).orElse(List.of());
        for (int i = 0; i < names.size(); i++) {
            if (vertex.properties().containsKey(names.get(i))) {
                links.put(
                        new PropertyField(names.get(i)), type.scopeKey().get(i).expression());
            }
        }
    }
}
