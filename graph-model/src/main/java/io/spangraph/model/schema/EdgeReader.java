package io.spangraph.model.schema;

import io.spangraph.model.DidYouMean;
import io.spangraph.model.schema.GraphSchema.Scope;
import io.spangraph.model.schema.MappingExpression.ColumnPath;
import io.spangraph.model.schema.MappingExpression.Positioned;
import io.spangraph.model.schema.YamlMap.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads {@code edges} and decides how the rows of an edge name the vertices at its ends. */
final class EdgeReader {
    private static final String KEY_EXPECTED = "a list of expressions, like [trace_id]";

    private final NodeReader nodes;
    private final EdgeSourceReader sources;
    private final TenancyRules tenancy;
    private final Map<String, Scope> scopes;
    private final Set<String> brokenScopes;
    private final Map<String, EdgeType> types = new LinkedHashMap<>();

    EdgeReader(
            NodeReader nodes,
            CatalogReader catalogs,
            VertexReader vertices,
            TenancyRules tenancy,
            Map<String, Scope> scopes,
            Set<String> brokenScopes) {
        this.nodes = nodes;
        this.sources = new EdgeSourceReader(nodes, catalogs, vertices);
        this.tenancy = tenancy;
        this.scopes = scopes;
        this.brokenScopes = brokenScopes;
    }

    void read(Node node) {
        nodes.map(node, "'edges'").ifPresent(map -> map.entries().forEach(this::readName));
    }

    /** The edge types without problems. */
    List<EdgeType> types() {
        return List.copyOf(types.values());
    }

    private void readName(Entry entry) {
        nodes.checkName(entry.key(), entry.position());
        if (entry.value() instanceof SequenceNode sequence) {
            sequence.getValue().forEach(node -> readType(new Entry(entry.key(), nodes.position(node), node)));
        } else {
            readType(entry);
        }
    }

    private void readType(Entry entry) {
        String name = entry.key();
        int before = nodes.problems().count();
        Optional<YamlMap> read = nodes.map(entry.value(), "edge type '" + name + "'", MappingSection.EDGE);
        if (read.isEmpty()) {
            return;
        }
        YamlMap map = read.get().at(entry.position());
        Optional<VertexType> from = end(map, "from");
        Optional<VertexType> to = end(map, "to");
        Optional<EdgeSource> source = map.required("source", "a vertex type or { table: ... }", nodes.problems())
                .flatMap(node -> sources.read(node, map));
        Optional<List<Positioned>> fromKey = key(map, "from_key");
        Optional<List<Positioned>> toKey = key(map, "to_key");
        Optional<List<Positioned>> id = map.value("id").flatMap(node -> nodes.expressions(node, KEY_EXPECTED));
        boolean isPublic = nodes.flag(map, "public");
        boolean trust = nodes.flag(map, "trust");
        Map<String, PropertyMapping> properties = new PropertyReader(nodes).read(map);
        Optional<Scope> scope = scope(map);
        if (source.isEmpty()) {
            return;
        }
        EdgeSource rows = source.get();
        Optional<Positioned> inherited = rows.vertex().map(VertexType::tenant).orElse(tenancy.defaultTenant());
        boolean ownerless = isPublic || rows.vertex().map(VertexType::isPublic).orElse(false);
        Optional<Positioned> tenant = tenancy.tenantOf(map, inherited, ownerless, nodes);
        UnaryOperator<Positioned> bind = expression -> sources.bind(expression, rows, map.what());
        List<Positioned> scopeKey = scope.map(
                        found -> scopeKey(found, map).stream().map(bind).toList())
                .orElse(List.of());
        Draft draft = new Draft(
                map,
                rows,
                map.has("tenant") ? tenant.map(bind) : tenant,
                scope,
                scopeKey,
                trust,
                ownerless && tenancy.enforced());
        Optional<EdgeEnd> start = bindEnd(draft, "from", from, fromKey, bind);
        Optional<EdgeEnd> end = bindEnd(draft, "to", to, toKey, bind);
        Optional<List<Positioned>> boundId =
                id.map(key -> key.stream().map(bind).toList());
        Map<String, PropertyMapping> bound = new LinkedHashMap<>();
        properties.forEach((property, mapping) ->
                bound.put(property, new PropertyMapping(property, bind.apply(mapping.expression()), mapping.lazy())));
        if (start.isPresent() && end.isPresent() && nodes.problems().count() == before) {
            add(new EdgeType(
                    name,
                    rows.rows(),
                    start.get(),
                    end.get(),
                    boundId,
                    draft.tenant(),
                    scope,
                    scopeKey,
                    trust,
                    bound,
                    entry.position()));
        }
    }

    /** What is known of an edge type before its ends are. */
    private record Draft(
            YamlMap map,
            EdgeSource source,
            Optional<Positioned> tenant,
            Optional<Scope> scope,
            List<Positioned> scopeKey,
            boolean trust,
            boolean isPublic) {}

    private void add(EdgeType type) {
        EdgeType earlier = types.putIfAbsent(type.identifier(), type);
        if (earlier != null) {
            nodes.problems()
                    .add(
                            type.position(),
                            "Edge type '" + type.name() + "' connects '"
                                    + type.from().vertexType() + "' to '"
                                    + type.to().vertexType() + "' twice; the first is in line "
                                    + earlier.position().line() + ".");
        }
    }

    private Optional<VertexType> end(YamlMap map, String key) {
        return map.required(key, "the name of a vertex type", nodes.problems())
                .flatMap(node -> sources.vertexType(node, "the name of a vertex type"));
    }

    private Optional<List<Positioned>> key(YamlMap map, String key) {
        return map.required(key, KEY_EXPECTED, nodes.problems()).flatMap(node -> nodes.expressions(node, KEY_EXPECTED));
    }

    private Optional<Scope> scope(YamlMap map) {
        Optional<Node> node = map.value("scope");
        Optional<String> name = node.flatMap(found -> nodes.text(found, "the name of a scope"));
        Optional<Scope> scope = name.map(scopes::get);
        if (name.isPresent() && scope.isEmpty() && !brokenScopes.contains(name.get())) {
            String known =
                    scopes.isEmpty() ? "This mapping has none." : "Scopes: " + String.join(", ", scopes.keySet()) + ".";
            nodes.problem(
                    node.orElseThrow(),
                    "Unknown scope '" + name.get() + "'. " + known + DidYouMean.hint(name.get(), scopes.keySet()));
        }
        return scope;
    }

    private List<Positioned> scopeKey(Scope scope, YamlMap map) {
        return scope.key().stream()
                .map(key -> new Positioned(new ColumnPath(key, List.of()), key, map.positionOf("scope")))
                .toList();
    }

    private Optional<EdgeEnd> bindEnd(
            Draft draft,
            String side,
            Optional<VertexType> declared,
            Optional<List<Positioned>> keyOfFile,
            UnaryOperator<Positioned> bind) {
        Optional<List<Positioned>> bound =
                keyOfFile.map(expressions -> expressions.stream().map(bind).toList());
        if (declared.isEmpty() || bound.isEmpty()) {
            return Optional.empty();
        }
        VertexType vertex = declared.get();
        List<Positioned> key = bound.get();
        YamlMap map = draft.map();
        if (key.size() != vertex.id().size()) {
            nodes.problems()
                    .add(
                            map.positionOf(side + "_key"),
                            "'" + side + "_key' has " + count(key.size()) + ", but the id of vertex type '"
                                    + vertex.name() + "' has "
                                    + count(vertex.id().size()) + ".");
            return Optional.empty();
        }
        if (draft.isPublic() && !vertex.isPublic()) {
            nodes.problems()
                    .add(
                            map.position(),
                            YamlMap.capital(map.what()) + " is public, but vertex type '" + vertex.name()
                                    + "' belongs to tenants. Expected 'tenant', or two public ends.");
        }
        draft.scope().ifPresent(scope -> checkScope(scope, vertex, map));
        boolean sameRow = isSameRow(vertex, key, draft);
        if (!sameRow && draft.trust() && where(vertex.source()).isPresent()) {
            nodes.problems()
                    .add(
                            map.positionOf("trust"),
                            "'trust' says that each vertex exists, but vertex type '" + vertex.name()
                                    + "' has only the rows that its 'where' lets pass. Expected no 'trust'.");
        }
        return Optional.of(sameRow ? new EdgeEnd.SameRow(vertex.name()) : new EdgeEnd.ByKey(vertex.name(), key));
    }

    private static String count(int size) {
        return size == 1 ? "1 expression" : size + " expressions";
    }

    private void checkScope(Scope scope, VertexType vertex, YamlMap map) {
        for (String key : scope.key()) {
            if (!vertex.properties().containsKey(key)) {
                nodes.problems()
                        .add(
                                map.positionOf("scope"),
                                "Scope '" + scope.name() + "' needs property '" + key + "' on vertex type '"
                                        + vertex.name() + "', which has none of that name."
                                        + DidYouMean.hint(
                                                key, vertex.properties().keySet()));
            }
        }
    }

    /**
     * The edge's row is the vertex's row when it comes from the same table, is sure to pass the vertex's condition, and
     * names the vertex by the very expressions of its id; tenant and scope key must be the same too, because they are
     * part of the join.
     */
    private boolean isSameRow(VertexType vertex, List<Positioned> key, Draft draft) {
        if (!vertex.source().table().equals(draft.source().rows().table())
                || !expressions(key).equals(expressions(vertex.id()))) {
            return false;
        }
        boolean sameTenant = draft.tenant().isEmpty()
                || vertex.tenant().isEmpty()
                || draft.tenant()
                        .get()
                        .expression()
                        .equals(vertex.tenant().get().expression());
        List<MappingExpression> scopeOfVertex = new ArrayList<>();
        draft.scope()
                .ifPresent(scope -> scope.key()
                        .forEach(name -> Optional.ofNullable(vertex.properties().get(name))
                                .ifPresent(property ->
                                        scopeOfVertex.add(property.expression().expression()))));
        List<MappingExpression> passed = conjuncts(draft.source().rows());
        return sameTenant
                && scopeOfVertex.equals(expressions(draft.scopeKey()))
                && passed.containsAll(conjuncts(vertex.source()));
    }

    private static List<MappingExpression> expressions(List<Positioned> key) {
        return key.stream().map(Positioned::expression).toList();
    }

    private static Optional<Positioned> where(RowSource source) {
        return switch (source) {
            case RowSource.TableRows rows -> rows.where();
        };
    }

    private static List<MappingExpression> conjuncts(RowSource source) {
        return where(source)
                .map(condition -> MappingExpressions.conjuncts(condition.expression()))
                .orElse(List.of());
    }
}
