package io.spangraph.model.schema;

import io.spangraph.model.DidYouMean;
import io.spangraph.model.schema.MappingExpression.ColumnPath;
import io.spangraph.model.schema.MappingExpression.Positioned;
import io.spangraph.model.schema.RowSource.TableRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Reads the source of an edge type: the rows of a table, or the rows of a vertex type. In the second case the edge's
 * expressions see the vertex type's properties, and binding them replaces each property by its own expression, so that
 * nobody else needs to know the difference.
 */
final class EdgeSourceReader {
    private final NodeReader nodes;
    private final CatalogReader catalogs;
    private final VertexReader vertices;

    EdgeSourceReader(NodeReader nodes, CatalogReader catalogs, VertexReader vertices) {
        this.nodes = nodes;
        this.catalogs = catalogs;
        this.vertices = vertices;
    }

    Optional<EdgeSource> read(Node node, YamlMap edge) {
        if (node instanceof ScalarNode) {
            return vertexType(node, "a vertex type or { table: ... }")
                    .map(vertex -> rowsOf(vertex, Optional.empty(), edge.what()));
        }
        Optional<YamlMap> read = nodes.map(node, "the source of " + edge.what(), MappingSection.EDGE_SOURCE);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        YamlMap map = read.get();
        if (!map.hasOneOf("table", "vertex", MappingSection.EDGE_SOURCE, nodes.problems())) {
            return Optional.empty();
        }
        Optional<Positioned> where =
                map.value("where").flatMap(condition -> nodes.expression(condition, "a condition"));
        if (map.has("table")) {
            return map.value("table")
                    .flatMap(catalogs::table)
                    .map(table -> new EdgeSource(new TableRows(table, where), Optional.empty()));
        }
        return map.value("vertex")
                .flatMap(name -> vertexType(name, "the name of a vertex type"))
                .map(vertex -> rowsOf(vertex, where, edge.what()));
    }

    private EdgeSource rowsOf(VertexType vertex, Optional<Positioned> where, String edge) {
        TableRows rows = switch (vertex.source()) {
            case TableRows own -> own;
        };
        EdgeSource all = new EdgeSource(rows, Optional.of(vertex));
        Optional<Positioned> own = rows.where();
        Optional<Positioned> both = where.map(condition -> bind(condition, all, edge))
                .map(condition -> own.map(first -> new Positioned(
                                MappingExpressions.and(first.expression(), condition.expression()),
                                "(" + first.text() + ") and (" + condition.text() + ")",
                                condition.position()))
                        .orElse(condition))
                .or(() -> own);
        return new EdgeSource(new TableRows(rows.table(), both), Optional.of(vertex));
    }

    /** The vertex type that a node names; empty also when that type itself has problems. */
    Optional<VertexType> vertexType(Node node, String expected) {
        Optional<String> name = nodes.text(node, expected);
        if (name.isPresent() && !vertices.declared().contains(name.get())) {
            nodes.problem(
                    node,
                    "Unknown vertex type '" + name.get() + "'. Vertex types of this mapping: "
                            + String.join(", ", vertices.declared()) + "."
                            + DidYouMean.hint(name.get(), vertices.declared()));
        }
        return name.map(vertices.types()::get);
    }

    /** The expression over the columns of the source's table. */
    Positioned bind(Positioned expression, EdgeSource source, String edge) {
        if (source.vertex().isEmpty()) {
            return expression;
        }
        VertexType vertex = source.vertex().get();
        MappingExpression bound = MappingExpressions.replaceColumns(
                expression.expression(), path -> property(path, vertex, expression, edge));
        return new Positioned(bound, expression.text(), expression.position());
    }

    private MappingExpression property(ColumnPath path, VertexType vertex, Positioned place, String edge) {
        PropertyMapping property = vertex.properties().get(path.column());
        if (property == null) {
            nodes.problems()
                    .add(
                            place.position(),
                            "Vertex type '" + vertex.name() + "', the source of " + edge + ", has no property '"
                                    + path.column() + "'."
                                    + DidYouMean.hint(
                                            path.column(), vertex.properties().keySet()));
            return path;
        }
        MappingExpression value = property.expression().expression();
        if (path.fields().isEmpty()) {
            return value;
        }
        if (value instanceof ColumnPath(String column, List<String> fields)) {
            List<String> all = new ArrayList<>(fields);
            all.addAll(path.fields());
            return new ColumnPath(column, all);
        }
        nodes.problems()
                .add(
                        place.position(),
                        "Property '" + property.name() + "' of vertex type '" + vertex.name()
                                + "' is computed, so it has no field '"
                                + path.fields().getFirst() + "'.");
        return path;
    }
}
