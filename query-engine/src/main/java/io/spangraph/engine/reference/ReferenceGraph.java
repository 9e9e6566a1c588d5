package io.spangraph.engine.reference;

import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.plan.EdgeCandidate;
import io.spangraph.engine.plan.PinMode;
import io.spangraph.engine.plan.VertexCandidate;
import io.spangraph.model.schema.EdgeEnd;
import io.spangraph.model.schema.EdgeType;
import io.spangraph.model.schema.GraphSchema;
import io.spangraph.model.schema.GraphSchema.Scope;
import io.spangraph.model.schema.GraphSchema.Tenancy;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.schema.MappingExpression.Positioned;
import io.spangraph.model.schema.RowSource;
import io.spangraph.model.schema.RowSource.TableRows;
import io.spangraph.model.schema.VertexType;
import io.spangraph.model.table.TableName;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Value.EdgeId;
import io.spangraph.model.value.Value.VertexId;
import io.spangraph.model.value.ValueText;
import io.spangraph.model.value.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The vertices and edges that a mapping makes of tables, for one principal. Says, as directly as it can be said, which
 * rows are vertices and edges and which of them meet.
 */
final class ReferenceGraph {
    private final GraphSchema schema;
    private final Map<TableName, ReferenceTable> tables;
    private final Optional<String> tenant;
    /** What was worked out once, as an evaluation asks for the same vertices and edges again and again. */
    private final Map<Asked, List<Bound.Node>> knownVertices = new HashMap<>();

    private final Map<Asked, List<Bound.Edge>> knownEdges = new HashMap<>();

    /** A candidate by what tells it from others of the schema. */
    private record Asked(String type, boolean reversed, boolean skipLoops, boolean trust, Optional<PinMode> pin) {}

    ReferenceGraph(GraphSchema schema, Map<TableName, ReferenceTable> tables, Optional<String> tenant) {
        this.schema = schema;
        this.tables = Map.copyOf(tables);
        this.tenant = tenant;
    }

    GraphSchema schema() {
        return schema;
    }

    /** Every vertex of a type: a visible row of its source with a key without nulls. */
    List<Bound.Node> vertices(VertexCandidate candidate) {
        Asked asked = new Asked(candidate.type().name(), false, false, false, candidate.pin());
        return knownVertices.computeIfAbsent(asked, any -> read(candidate));
    }

    /** Every edge of a type: a visible row of its source, with all keys of its ends and of its scope. */
    List<Bound.Edge> edges(EdgeCandidate candidate) {
        EdgeType type = candidate.type();
        Asked asked = new Asked(
                type.identifier(), candidate.reversed(), candidate.skipLoops(), type.trust(), candidate.pin());
        return knownEdges.computeIfAbsent(asked, any -> read(candidate));
    }

    private List<Bound.Node> read(VertexCandidate candidate) {
        VertexType type = candidate.type();
        ReferenceTable table = table(type.source());
        List<Bound.Node> vertices = new ArrayList<>();
        for (int i = 0; i < table.rows().size(); i++) {
            Map<String, Value> row = table.rows().get(i);
            List<Value> key = values(type.id(), row);
            if (visible(row, candidate.pin(), type.tenant()) && belongs(row, type.source()) && known(key)) {
                vertices.add(new Bound.Node(
                        type,
                        new VertexId(type.name(), owner(type.tenant(), row), key),
                        OptionalLong.of(table.reference(i)),
                        properties(type, row),
                        Optional.empty()));
            }
        }
        return vertices;
    }

    private List<Bound.Edge> read(EdgeCandidate candidate) {
        ReferenceTable table = table(candidate.type().source());
        List<Bound.Edge> edges = new ArrayList<>();
        for (int i = 0; i < table.rows().size(); i++) {
            edge(candidate, table.rows().get(i), table.reference(i)).ifPresent(edges::add);
        }
        return edges;
    }

    /** The edge that stands on the row of a vertex, if there is one. */
    Optional<Bound.Edge> edgeOnRow(EdgeCandidate candidate, Bound.Node owner) {
        return edges(candidate).stream()
                .filter(edge -> edge.row().equals(owner.row()))
                .findFirst();
    }

    /** True if the vertex is the one at the near end of the edge. */
    boolean meetsNear(Bound.Edge edge, Bound.Node vertex) {
        return meets(edge, edge.near(), edge.nearId(), vertex);
    }

    /** True if the vertex is the one at the far end of the edge. */
    boolean meetsFar(Bound.Edge edge, Bound.Node vertex) {
        return meets(edge, edge.far(), edge.farId(), vertex);
    }

    /** The vertex at an end, where no row has it but the edge is trusted. */
    Optional<Bound.Node> trusted(Bound.Edge edge, EntityField.End which, List<VertexCandidate> candidates) {
        boolean near = which == EntityField.End.NEAR;
        EdgeEnd end = near ? edge.near() : edge.far();
        if (!edge.type().trust() || end instanceof EdgeEnd.SameRow) {
            return Optional.empty();
        }
        return candidates.stream()
                .filter(candidate -> candidate.type().name().equals(end.vertexType()))
                .filter(candidate -> vertices(candidate).stream()
                        .noneMatch(vertex -> near ? meetsNear(edge, vertex) : meetsFar(edge, vertex)))
                .findFirst()
                .map(candidate -> withoutRow(candidate.type(), near ? edge.nearId() : edge.farId()));
    }

    /** A vertex of which nothing is known but its identity. */
    Bound.Node withoutRow(VertexType type, VertexId id) {
        Map<String, Value> properties = new LinkedHashMap<>();
        type.properties().forEach((name, mapping) -> {
            MappingExpression expression = mapping.expression().expression();
            if (type.tenant().map(Positioned::expression).equals(Optional.of(expression))) {
                id.tenant().ifPresent(owner -> properties.put(name, Value.of(owner)));
            }
            for (int i = 0; i < type.id().size(); i++) {
                if (type.id().get(i).expression().equals(expression)) {
                    properties.put(name, id.key().get(i));
                }
            }
        });
        return new Bound.Node(type, id, OptionalLong.empty(), properties, Optional.empty());
    }

    private Optional<Bound.Edge> edge(EdgeCandidate candidate, Map<String, Value> row, long reference) {
        EdgeType type = candidate.type();
        List<Value> scopeKey = values(type.scopeKey(), row);
        VertexId near = endId(candidate.near(), type, row);
        VertexId far = endId(candidate.far(), type, row);
        boolean isEdge = visible(row, candidate.pin(), type.tenant())
                && belongs(row, type.source())
                && known(near.key())
                && known(far.key())
                && known(scopeKey);
        boolean loops = near.vertexType().equals(far.vertexType()) && equal(near.key(), far.key());
        if (!isEdge || (candidate.skipLoops() && loops)) {
            return Optional.empty();
        }
        List<Value> key = type.id().map(id -> values(id, row)).orElse(List.of(Value.of(reference)));
        Map<String, Value> properties = new LinkedHashMap<>();
        type.properties()
                .forEach((name, mapping) -> properties.put(
                        name, ReferenceMapping.evaluate(mapping.expression().expression(), row)));
        return Optional.of(new Bound.Edge(
                type,
                candidate.reversed(),
                new EdgeId(type.identifier(), owner(type.tenant(), row), key),
                reference,
                candidate.near(),
                near,
                candidate.far(),
                far,
                scopeKey,
                properties,
                Optional.empty()));
    }

    private VertexId endId(EdgeEnd end, EdgeType edge, Map<String, Value> row) {
        VertexType type = schema.vertexType(end.vertexType()).orElseThrow();
        return switch (end) {
            case EdgeEnd.SameRow same -> new VertexId(type.name(), owner(type.tenant(), row), values(type.id(), row));
            case EdgeEnd.ByKey byKey ->
                new VertexId(
                        type.name(),
                        type.tenant().isPresent() ? owner(edge.tenant(), row) : Optional.empty(),
                        values(byKey.key(), row));
        };
    }

    private static boolean meets(Bound.Edge edge, EdgeEnd end, VertexId id, Bound.Node vertex) {
        if (!vertex.type().name().equals(end.vertexType())) {
            return false;
        }
        if (end instanceof EdgeEnd.SameRow) {
            return vertex.row().equals(edge.row());
        }
        boolean bothOwned =
                edge.type().tenant().isPresent() && vertex.type().tenant().isPresent();
        boolean sameOwner =
                id.tenant().isPresent() && id.tenant().equals(vertex.id().tenant());
        List<Value> scope = edge.type().scope().map(Scope::key).orElse(List.of()).stream()
                .map(name -> vertex.properties().getOrDefault(name, Value.NULL))
                .toList();
        return equal(id.key(), vertex.id().key()) && (sameOwner || !bothOwned) && equal(scope, edge.scopeKey());
    }

    private static boolean equal(List<Value> left, List<Value> right) {
        for (int i = 0; i < left.size(); i++) {
            if (!Values.equal(left.get(i), right.get(i)).orElse(false)) {
                return false;
            }
        }
        return true;
    }

    private boolean visible(Map<String, Value> row, Optional<PinMode> pin, Optional<Positioned> declaredOwner) {
        Optional<MappingExpression> owner = switch (pin.orElse(new PinMode.PublicSource())) {
            case PinMode.ByTenant(MappingExpression expression) -> Optional.of(expression);
            case PinMode.Unrestricted all -> Optional.empty();
            case PinMode.PublicSource open -> Optional.empty();
        };
        if (pin.isEmpty() && schema.tenancy() == Tenancy.ENFORCED) {
            owner = declaredOwner.map(Positioned::expression);
        }
        return tenant.isEmpty()
                || owner.isEmpty()
                || ReferenceMapping.evaluate(owner.get(), row).equals(Value.of(tenant.get()));
    }

    private static boolean belongs(Map<String, Value> row, RowSource source) {
        Optional<Positioned> where = switch (source) {
            case TableRows rows -> rows.where();
        };
        return where.map(condition ->
                        ReferenceMapping.evaluate(condition.expression(), row).isTrue())
                .orElse(true);
    }

    private ReferenceTable table(RowSource source) {
        return Optional.ofNullable(tables.get(source.table())).orElseThrow();
    }

    private static Map<String, Value> properties(VertexType type, Map<String, Value> row) {
        Map<String, Value> properties = new LinkedHashMap<>();
        type.properties()
                .forEach((name, mapping) -> properties.put(
                        name, ReferenceMapping.evaluate(mapping.expression().expression(), row)));
        return properties;
    }

    private static Optional<String> owner(Optional<Positioned> tenant, Map<String, Value> row) {
        return tenant.map(expression -> ReferenceMapping.evaluate(expression.expression(), row))
                .filter(value -> !value.isNull())
                .map(ValueText::plain);
    }

    private static List<Value> values(List<Positioned> expressions, Map<String, Value> row) {
        return expressions.stream()
                .map(expression -> ReferenceMapping.evaluate(expression.expression(), row))
                .toList();
    }

    private static boolean known(List<Value> values) {
        return values.stream().noneMatch(Value::isNull);
    }
}
