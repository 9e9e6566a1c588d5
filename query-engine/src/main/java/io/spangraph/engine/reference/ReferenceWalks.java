package io.spangraph.engine.reference;

import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.LogicalPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Walks of variable length from one node: every sequence of edges that repeats none. */
final class ReferenceWalks {
    private final ReferenceGraph graph;
    private final ReferenceScans scans;
    private final List<Bound.Edge> edges;
    private final Stop passing;
    private final Stop ending;
    private final int min;
    private final OptionalInt max;

    /** Where a walk may pass or end: the rows of a scan, and the scan for what exists by trust. */
    record Stop(LogicalPlan scan, Variable node, List<ReferenceRow> rows) {}

    /**
     * A finished walk.
     *
     * @param end the row of the last node's scan
     * @param nodes all nodes, both ends included
     */
    record Walk(List<Bound.Edge> edges, List<Bound.Node> nodes, ReferenceRow end) {}

    ReferenceWalks(
            ReferenceGraph graph,
            ReferenceScans scans,
            List<Bound.Edge> edges,
            Stop passing,
            Stop ending,
            int min,
            OptionalInt max) {
        this.graph = graph;
        this.scans = scans;
        this.edges = edges;
        this.passing = passing;
        this.ending = ending;
        this.min = min;
        this.max = max;
    }

    List<Walk> from(Bound.Node start) {
        List<Walk> walks = new ArrayList<>();
        if (min == 0) {
            startAsEnd(start).ifPresent(end -> walks.add(new Walk(List.of(), List.of(node(end, ending)), end)));
        }
        walkOn(new ArrayList<>(), new ArrayList<>(List.of(start)), walks::add);
        return walks;
    }

    /** The row of the start in the scan of the last node, for the walk of no edges. */
    private Optional<ReferenceRow> startAsEnd(Bound.Node start) {
        if (start.row().isEmpty()) {
            return scans.withoutRow(start, ending.scan());
        }
        return ending.rows().stream()
                .filter(row -> node(row, ending).row().equals(start.row())
                        && node(row, ending).id().equals(start.id()))
                .findFirst();
    }

    private void walkOn(List<Bound.Edge> walked, List<Bound.Node> passed, Consumer<Walk> found) {
        if (max.isPresent() && walked.size() >= max.getAsInt()) {
            return;
        }
        for (Bound.Edge edge : edges) {
            boolean again = walked.stream().anyMatch(other -> other.id().equals(edge.id()));
            if (again || !graph.meetsNear(edge, passed.getLast())) {
                continue;
            }
            walked.add(edge);
            if (walked.size() >= Math.max(1, min)) {
                for (ReferenceRow end : reached(edge, ending)) {
                    List<Bound.Node> nodes = new ArrayList<>(passed);
                    nodes.add(node(end, ending));
                    found.accept(new Walk(List.copyOf(walked), nodes, end));
                }
            }
            for (ReferenceRow next : reached(edge, passing)) {
                passed.add(node(next, passing));
                walkOn(walked, passed, found);
                passed.removeLast();
            }
            walked.removeLast();
        }
    }

    private List<ReferenceRow> reached(Bound.Edge edge, Stop stop) {
        List<ReferenceRow> reached = new ArrayList<>();
        for (ReferenceRow row : stop.rows()) {
            if (graph.meetsFar(edge, node(row, stop))) {
                reached.add(row);
            }
        }
        scans.trusted(edge, EntityField.End.FAR, stop.scan()).ifPresent(reached::add);
        return reached;
    }

    private static Bound.Node node(ReferenceRow row, Stop stop) {
        if (row.get(stop.node()) instanceof Bound.Node node) {
            return node;
        }
        throw new IllegalStateException(stop.node() + " is no node");
    }
}
