package io.spangraph.engine.exec.walk;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Makes rows of walks: the columns of their starts and targets, and the lists of what they passed. */
final class WalkBatches {
    private static final long LIST_BYTES = 40;

    private final WalkGraph graph;
    private final WalkSpec spec;
    private final Optional<LazyValues> relationships;
    private final Optional<LazyValues> steps;

    WalkBatches(WalkGraph graph, HeldMemory memory) {
        this.graph = graph;
        this.spec = graph.spec();
        relationships = spec.walk()
                .map(list -> new LazyValues(graph.edges().rows().orElseThrow(), list.relationship(), memory));
        steps = spec.between()
                .filter(list -> spec.hasSteps())
                .map(list -> new LazyValues(graph.steps().rows(), list.step(), memory));
    }

    /**
     * The walks as a batch.
     *
     * @param batchMemory given back when the batch is no longer needed
     */
    RowBatch of(FoundWalks walks, HeldMemory batchMemory) {
        int[] starts = walks.starts();
        int[] targets = walks.targets();
        List<Vector> columns = new ArrayList<>();
        for (ColumnId column : spec.output().columns()) {
            if (spec.walk().filter(list -> list.column().equals(column)).isPresent()) {
                columns.add(relationships(walks, batchMemory));
            } else if (spec.between()
                    .filter(list -> list.column().equals(column))
                    .isPresent()) {
                columns.add(nodes(walks, batchMemory));
            } else if (graph.startLayout().positionOf(column).isPresent()) {
                columns.add(graph.starts().gather(starts, graph.startLayout().requirePosition(column)));
            } else {
                columns.add(graph.targets()
                        .rows()
                        .gather(targets, graph.targetLayout().requirePosition(column)));
            }
        }
        return RowBatch.of(columns, walks.size());
    }

    private Vector relationships(FoundWalks walks, HeldMemory batchMemory) {
        LazyValues made = relationships.orElseThrow();
        BitSet wanted = new BitSet();
        for (int walk = 0; walk < walks.size(); walk++) {
            for (int edge : walks.edges(walk)) {
                wanted.set(edge);
            }
        }
        made.prepare(wanted);
        Value[] lists = new Value[walks.size()];
        for (int walk = 0; walk < lists.length; walk++) {
            List<Value> list = new ArrayList<>(walks.edges(walk).length);
            for (int edge : walks.edges(walk)) {
                list.add(made.value(edge));
            }
            lists[walk] = list(list, batchMemory);
        }
        return new Vector.ValueVector(lists);
    }

    private Vector nodes(FoundWalks walks, HeldMemory batchMemory) {
        WalkSpec.NodeList expressions = spec.between().orElseThrow();
        Vector from = expressions.from().evaluate(graph.starts().gather(walks.starts()));
        Vector to = expressions.to().evaluate(graph.targets().rows().gather(walks.targets()));
        BitSet wanted = new BitSet();
        for (int walk = 0; walk < walks.size(); walk++) {
            for (int step : walks.steps(walk)) {
                wanted.set(step);
            }
        }
        steps.ifPresent(made -> made.prepare(wanted));
        Value[] lists = new Value[walks.size()];
        for (int walk = 0; walk < lists.length; walk++) {
            List<Value> list = new ArrayList<>(walks.steps(walk).length + 2);
            if (!walks.isEmpty(walk)) {
                list.add(from.value(walk));
            }
            for (int step : walks.steps(walk)) {
                list.add(steps.orElseThrow().value(step));
            }
            list.add(to.value(walk));
            lists[walk] = list(list, batchMemory);
        }
        return new Vector.ValueVector(lists);
    }

    private static Value list(List<Value> elements, HeldMemory batchMemory) {
        batchMemory.reserve(LIST_BYTES + (long) Long.BYTES * elements.size());
        return Value.of(elements);
    }
}
