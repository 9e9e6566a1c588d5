package io.spangraph.engine.reference;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.expr.EntityField.End;
import io.spangraph.engine.plan.LogicalPlan.EdgeOnRow;
import io.spangraph.engine.plan.LogicalPlan.Expand;
import io.spangraph.engine.plan.LogicalPlan.VertexByKey;
import io.spangraph.engine.plan.LogicalPlan.VertexScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Single hops: every edge is tried with every row and every target, and trusted ends are added that no row has. */
final class ReferenceHops {
    private final ReferenceGraph graph;
    private final ReferenceScans scans;
    private final int maxRows;

    ReferenceHops(ReferenceGraph graph, ReferenceScans scans, int maxRows) {
        this.graph = graph;
        this.scans = scans;
        this.maxRows = maxRows;
    }

    /**
     * The rows of an expansion.
     *
     * @param edges empty if they stand on the rows of a node
     * @param targets empty if the target is known by its key
     */
    List<ReferenceRow> expand(
            Expand expand, List<ReferenceRow> input, List<ReferenceRow> edges, List<ReferenceRow> targets) {
        boolean onInput =
                expand.edges() instanceof EdgeOnRow edge && edge.owner().equals(expand.from());
        boolean onTarget = expand.edges() instanceof EdgeOnRow && !onInput;
        List<Bound.Edge> all = edges(expand, onTarget ? targets : edges);
        List<ReferenceRow> result = new ArrayList<>();
        for (ReferenceRow from : input) {
            for (Bound.Edge edge : onInput ? edges(expand, List.of(from)) : all) {
                if (from.get(expand.from()) instanceof Bound.Node start && graph.meetsNear(edge, start)) {
                    reach(expand, from, edge, targets, result);
                }
            }
        }
        if (expand.startsHere()) {
            for (Bound.Edge edge : all) {
                scans.trusted(edge, End.NEAR, expand.input())
                        .ifPresent(from -> reach(expand, from, edge, targets, result));
            }
        }
        return result;
    }

    private static List<Bound.Edge> edges(Expand expand, List<ReferenceRow> rows) {
        return rows.stream()
                .map(row -> row.get(expand.relationship()))
                .filter(Bound.Edge.class::isInstance)
                .map(Bound.Edge.class::cast)
                .toList();
    }

    private void reach(
            Expand expand, ReferenceRow from, Bound.Edge edge, List<ReferenceRow> targets, List<ReferenceRow> result) {
        requireFewRows(result.size());
        for (ReferenceRow target : targets) {
            if (target.get(expand.to()) instanceof Bound.Node end && graph.meetsFar(edge, end)) {
                result.add(from.with(expand.relationship(), edge).with(target));
            }
        }
        Optional<ReferenceRow> withoutRow = expand.target() instanceof VertexByKey(VertexScan vertex)
                ? scans.byKey(edge.farId(), vertex)
                : scans.trusted(edge, End.FAR, expand.target());
        withoutRow.ifPresent(
                target -> result.add(from.with(expand.relationship(), edge).with(target)));
    }

    void requireFewRows(long rows) {
        if (rows > maxRows) {
            throw QueryException.of(QueryErrorCode.ROW_LIMIT, "The query has more than " + maxRows + " rows.");
        }
    }
}
