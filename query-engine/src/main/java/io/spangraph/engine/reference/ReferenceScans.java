package io.spangraph.engine.reference;

import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.plan.Direction;
import io.spangraph.engine.plan.EdgeCandidate;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.EdgeOnRow;
import io.spangraph.engine.plan.LogicalPlan.EdgeScan;
import io.spangraph.engine.plan.LogicalPlan.Filter;
import io.spangraph.engine.plan.LogicalPlan.NodeScan;
import io.spangraph.engine.plan.LogicalPlan.RelationshipScan;
import io.spangraph.engine.plan.LogicalPlan.VertexScan;
import io.spangraph.engine.plan.VertexCandidate;
import io.spangraph.model.schema.EdgeType;
import io.spangraph.model.value.Value.VertexId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rows of scans, of labels and of types alike, and the vertices that stand in for missing rows. */
final class ReferenceScans {
    private final ReferenceGraph graph;
    private final ReferenceExpressions expressions;

    ReferenceScans(ReferenceGraph graph, ReferenceExpressions expressions) {
        this.graph = graph;
        this.expressions = expressions;
    }

    List<ReferenceRow> nodes(NodeScan scan) {
        return vertices(new VertexScan(scan.node(), candidates(scan), Optional.empty(), List.of(), List.of()));
    }

    List<ReferenceRow> vertices(VertexScan scan) {
        List<ReferenceRow> rows = new ArrayList<>();
        for (VertexCandidate candidate : scan.candidates()) {
            for (Bound.Node vertex : graph.vertices(candidate)) {
                withEdgesOnRow(scan, vertex).filter(row -> satisfies(scan, row)).ifPresent(rows::add);
            }
        }
        return rows;
    }

    List<ReferenceRow> relationships(RelationshipScan scan) {
        return edges(new EdgeScan(scan.relationship(), candidates(scan), Optional.empty(), List.of()));
    }

    List<ReferenceRow> edges(EdgeScan scan) {
        List<ReferenceRow> rows = new ArrayList<>();
        for (EdgeCandidate candidate : scan.candidates()) {
            for (Bound.Edge edge : graph.edges(candidate)) {
                ReferenceRow row = ReferenceRow.EMPTY.with(scan.relationship(), reading(edge, scan.properties()));
                if (scan.predicates().stream().allMatch(predicate -> expressions.holds(predicate, row))) {
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    /** The row of the vertex at an end that exists by trust alone, if it satisfies the scan. */
    Optional<ReferenceRow> trusted(Bound.Edge edge, EntityField.End end, LogicalPlan plan) {
        if (plan instanceof Filter filter) {
            return trusted(edge, end, filter.input()).filter(row -> expressions.holds(filter.condition(), row));
        }
        VertexScan scan = asVertexScan(plan);
        return graph.trusted(edge, end, scan.candidates())
                .flatMap(vertex -> withEdgesOnRow(scan, vertex))
                .filter(row -> satisfies(scan, row));
    }

    /** The row that a vertex without a row has in a scan, if it satisfies it. */
    Optional<ReferenceRow> withoutRow(Bound.Node vertex, LogicalPlan target) {
        if (target instanceof Filter filter) {
            return withoutRow(vertex, filter.input()).filter(row -> expressions.holds(filter.condition(), row));
        }
        return byKey(vertex.id(), asVertexScan(target));
    }

    /** The row of a vertex of which nothing is read but its key, if it satisfies the scan. */
    Optional<ReferenceRow> byKey(VertexId vertex, VertexScan scan) {
        return scan.candidates().stream()
                .filter(candidate -> candidate.type().name().equals(vertex.vertexType()))
                .findFirst()
                .flatMap(candidate -> withEdgesOnRow(scan, graph.withoutRow(candidate.type(), vertex)))
                .filter(row -> satisfies(scan, row));
    }

    private VertexScan asVertexScan(LogicalPlan target) {
        if (target instanceof VertexScan scan) {
            return scan;
        }
        if (target instanceof NodeScan scan) {
            return new VertexScan(scan.node(), candidates(scan), Optional.empty(), List.of(), List.of());
        }
        throw new IllegalArgumentException("no target of an expansion: " + target);
    }

    private Optional<ReferenceRow> withEdgesOnRow(VertexScan scan, Bound.Node vertex) {
        ReferenceRow row = ReferenceRow.EMPTY.with(scan.node(), vertex.reading(scan.properties()));
        for (EdgeOnRow onRow : scan.edgesOnRow()) {
            Optional<Bound.Edge> edge =
                    vertex.row().isEmpty() ? Optional.empty() : graph.edgeOnRow(onRow.candidate(), vertex);
            if (edge.isEmpty()) {
                return Optional.empty();
            }
            row = row.with(onRow.relationship(), reading(edge.get(), onRow.properties()));
        }
        return Optional.of(row);
    }

    private boolean satisfies(VertexScan scan, ReferenceRow row) {
        return scan.predicates().stream().allMatch(predicate -> expressions.holds(predicate, row));
    }

    private List<VertexCandidate> candidates(NodeScan scan) {
        return graph.schema().vertexTypes().stream()
                .filter(type -> scan.labels().matches(type.labels()))
                .map(type -> new VertexCandidate(type, Optional.empty()))
                .toList();
    }

    private List<EdgeCandidate> candidates(RelationshipScan scan) {
        List<EdgeCandidate> candidates = new ArrayList<>();
        for (EdgeType type : graph.schema().edgeTypes()) {
            if (scan.types().isEmpty() || scan.types().contains(type.name())) {
                boolean both = scan.direction() == Direction.BOTH;
                if (both || scan.direction() == Direction.OUTGOING) {
                    candidates.add(new EdgeCandidate(type, false, false, Optional.empty()));
                }
                if (both || scan.direction() == Direction.INCOMING) {
                    candidates.add(new EdgeCandidate(type, true, both, Optional.empty()));
                }
            }
        }
        return candidates;
    }

    private static Bound.Edge reading(Bound.Edge edge, Optional<Set<String>> properties) {
        return new Bound.Edge(
                edge.type(),
                edge.reversed(),
                edge.id(),
                edge.rowReference(),
                edge.near(),
                edge.nearId(),
                edge.far(),
                edge.farId(),
                edge.scopeKey(),
                edge.properties(),
                properties);
    }
}
