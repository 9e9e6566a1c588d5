package io.spangraph.engine.exec.walk;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.exec.walk.Destinations.Purpose;
import io.spangraph.engine.exec.walk.WalkSpec.Narrowing;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.model.value.Value;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Everything that walks need, in arrays: the starts, the edges, and the vertices to pass through and to end at. */
final class WalkGraph {
    /** More keys than these do not narrow a scan by much, and cost more than they save. */
    static final int MAX_KEYS = 10_000;

    private final WalkSpec spec;
    private final RowStore starts;
    private final RowLayout startLayout;
    private final RowLayout targetLayout;
    private final WalkEdges edges;
    private final VertexLinks startLinks;
    private final Destinations steps;
    private final Destinations targets;
    private final int[] startAsTarget;

    private WalkGraph(
            WalkSpec spec,
            WalkInputs inputs,
            RowStore starts,
            WalkEdges edges,
            QueryContext context,
            HeldMemory memory) {
        this.spec = spec;
        this.starts = starts;
        this.startLayout = inputs.input().layout();
        this.targetLayout = inputs.target().layout();
        this.edges = edges;
        startLinks = new VertexLinks(spec, edges, spec.from(), memory);
        steps = new Destinations(
                spec, edges, spec.step(), new Purpose(true, spec.between().isPresent(), false), context, memory);
        targets = new Destinations(spec, edges, spec.to(), new Purpose(false, true, spec.min() == 0), context, memory);
        memory.reserve((long) Integer.BYTES * starts.rows());
        startAsTarget = new int[starts.rows()];
    }

    /** Reads all of it; empty if there is no row to start from, and then nothing else is read. */
    static Optional<WalkGraph> read(WalkInputs inputs, WalkSpec spec, QueryContext context, HeldMemory memory) {
        RowStore starts = readAll(inputs.input(), context, memory);
        if (starts.rows() == 0) {
            return Optional.empty();
        }
        for (Narrowing narrowing : spec.narrowings()) {
            narrow(starts, inputs.input().layout(), narrowing, spec.min() == 0);
        }
        boolean trusts =
                inputs.trustedSteps().isPresent() || inputs.trustedTargets().isPresent();
        WalkEdges edges;
        try (Operator reachable =
                new ReachableEdges(inputs.edges(), spec, starts, inputs.input().layout(), context)) {
            edges = WalkEdges.read(reachable, spec, trusts, context, memory);
        }
        WalkGraph graph = new WalkGraph(spec, inputs, starts, edges, context, memory);
        if (spec.hasSteps()) {
            graph.steps.read(inputs.steps(), inputs.trustedSteps());
        }
        graph.targets.read(inputs.target(), inputs.trustedTargets());
        graph.linkStarts(context);
        return Optional.of(graph);
    }

    static RowStore readAll(Operator input, QueryContext context, HeldMemory memory) {
        RowStore rows = new RowStore(input.layout().width(), memory);
        while (input.advance()) {
            context.cancellation().poll();
            rows.append(input.batch());
        }
        input.close();
        return rows;
    }

    /** A start without a value is on no edge of the scope, but it can still be a walk of no edges. */
    static void narrow(RowStore starts, RowLayout layout, Narrowing narrowing, boolean startsAreWalks) {
        int column = layout.requirePosition(narrowing.inputColumn());
        Set<Value> keys = new HashSet<>();
        for (int row = 0; row < starts.rows() && keys.size() <= MAX_KEYS; row++) {
            if (!starts.isNull(row, column)) {
                keys.add(starts.value(row, column));
            } else if (startsAreWalks) {
                return;
            }
        }
        if (!keys.isEmpty() && keys.size() <= MAX_KEYS) {
            narrowing.receiver().restrict(narrowing.baseColumn(), keys);
        }
    }

    private void linkStarts(QueryContext context) {
        for (int from = 0; from < starts.rows(); from += RowBatch.TARGET_ROWS) {
            context.cancellation().poll();
            int to = Math.min(starts.rows(), from + RowBatch.TARGET_ROWS);
            RowBatch batch = starts.gather(IntStream.range(from, to).toArray());
            startLinks.addSources(batch, startLayout);
            if (spec.min() == 0) {
                int[] same = targets.sameRows(spec.from(), batch, startLayout);
                System.arraycopy(same, 0, startAsTarget, from, same.length);
            }
        }
    }

    WalkSpec spec() {
        return spec;
    }

    RowStore starts() {
        return starts;
    }

    /** What rows of walks are made of. */
    WalkBatches.Parts parts() {
        return new WalkBatches.Parts(
                starts, startLayout, targets.rows().orElseThrow(), targetLayout, edges.rows(), steps.rows());
    }

    /** The start among the targets, as the same row, or a negative number; only for walks of no edges. */
    int startAsTarget(int start) {
        return startAsTarget[start];
    }

    WalkEdges edges() {
        return edges;
    }

    VertexLinks startLinks() {
        return startLinks;
    }

    Destinations steps() {
        return steps;
    }

    Destinations targets() {
        return targets;
    }
}
