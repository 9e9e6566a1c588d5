package io.spangraph.engine.exec.walk;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Makes rows of walks: the columns of their starts and targets, and the lists of what they passed. */
final class WalkBatches {
    private static final long LIST_BYTES = 40;

    private final Parts parts;
    private final WalkSpec spec;
    private final Optional<LazyValues> relationships;
    private final Optional<LazyValues> steps;

    /**
     * Where the columns of walks are.
     *
     * @param edges there if the list of relationships is asked for
     * @param steps there if the list of nodes is asked for and walks can have any in between
     */
    record Parts(
            RowStore starts,
            RowLayout startLayout,
            RowStore targets,
            RowLayout targetLayout,
            Optional<RowStore> edges,
            Optional<RowStore> steps) {}

    WalkBatches(Parts parts, WalkSpec spec, HeldMemory memory) {
        this.parts = parts;
        this.spec = spec;
        relationships =
                spec.walk().map(list -> new LazyValues(parts.edges().orElseThrow(), list.relationship(), memory));
        steps = spec.between().flatMap(list -> parts.steps().map(rows -> new LazyValues(rows, list.step(), memory)));
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
            } else if (parts.startLayout().positionOf(column).isPresent()) {
                columns.add(parts.starts().gather(starts, parts.startLayout().requirePosition(column)));
            } else {
                columns.add(parts.targets().gather(targets, parts.targetLayout().requirePosition(column)));
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
        Vector from = expressions.from().evaluate(parts.starts().gather(walks.starts()));
        Vector to = expressions.to().evaluate(parts.targets().gather(walks.targets()));
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
