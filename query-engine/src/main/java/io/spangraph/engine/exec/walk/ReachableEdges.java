package io.spangraph.engine.exec.walk;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Closing;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.EntityField.End;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The edges that walks from some starts can come to, and perhaps a few more: those whose near key is that of a start or the
 * far key of another such edge. Few walks over many edges then number few of them. Only the first part of a key is looked
 * at, and only where it is an integer of those that lie near each other; otherwise all edges are given.
 */
final class ReachableEdges implements Operator {
    /** An array may have so many places for each edge. */
    private static final int PLACES_PER_EDGE = 4;

    private final Operator input;
    private final RowStore starts;
    private final OptionalInt startKey;
    private final OptionalInt nearKey;
    private final OptionalInt farKey;
    private final QueryContext context;
    private final HeldMemory memory;
    private final RowStore edges;
    private final BitSet reached = new BitSet();
    private boolean started;
    private int next;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    ReachableEdges(Operator input, WalkSpec spec, RowStore starts, RowLayout startLayout, QueryContext context) {
        this.input = input;
        this.starts = starts;
        this.startKey = startLayout.positionOf(new ColumnId(spec.from(), new EntityField.Key(0)));
        this.nearKey = input.layout().positionOf(endKey(spec, End.NEAR));
        this.farKey = input.layout().positionOf(endKey(spec, End.FAR));
        this.context = context;
        this.memory = new HeldMemory(context.memory(), "VarExpand");
        this.edges = new RowStore(input.layout().width(), memory);
    }

    private static ColumnId endKey(WalkSpec spec, End end) {
        return new ColumnId(spec.relationship(), new EntityField.EndKey(end, 0));
    }

    @Override
    public RowLayout layout() {
        return input.layout();
    }

    @Override
    public boolean advance() {
        if (startKey.isEmpty() || nearKey.isEmpty() || farKey.isEmpty()) {
            boolean there = input.advance();
            batch = there ? input.batch() : batch;
            return there;
        }
        if (!started) {
            started = true;
            read();
        }
        while (next < edges.rows()) {
            context.cancellation().poll();
            int from = next;
            next = edges.endOfPiece(from);
            int[] rows = IntStream.range(from, next).filter(reached::get).toArray();
            if (rows.length > 0) {
                batch = edges.gather(rows);
                return true;
            }
        }
        return false;
    }

    private void read() {
        while (input.advance()) {
            context.cancellation().poll();
            edges.append(input.batch());
        }
        input.close();
        memory.reserve(edges.rows() / Byte.SIZE);
        if (starts.rows() < edges.rows() / 2) {
            search();
        } else {
            reached.set(0, edges.rows());
        }
    }

    /** Marks what can be reached; all edges where the keys are no integers that lie near each other. */
    private void search() {
        Optional<long[]> from = starts.integers(startKey.getAsInt());
        Optional<long[]> near = edges.integers(nearKey.getAsInt());
        Optional<long[]> far = edges.integers(farKey.getAsInt());
        if (from.isEmpty() || near.isEmpty() || far.isEmpty()) {
            reached.set(0, edges.rows());
            return;
        }
        long smallest = Long.MAX_VALUE;
        long largest = Long.MIN_VALUE;
        for (int edge = 0; edge < edges.rows(); edge++) {
            smallest = Math.min(smallest, near.get()[edge]);
            largest = Math.max(largest, near.get()[edge]);
        }
        long span = largest - smallest;
        if (span < 0 || span >= (long) PLACES_PER_EDGE * edges.rows()) {
            reached.set(0, edges.rows());
            return;
        }
        Search search = new Search(near.get(), far.get(), smallest, (int) span + 1);
        for (int start = 0; start < starts.rows(); start++) {
            if (!starts.isNull(start, startKey.getAsInt())) {
                search.visit(from.get()[start]);
            }
        }
        search.follow();
    }

    /** Edges in groups by their near keys, and those whose ends are still to be visited. */
    private final class Search {
        private final long[] far;
        private final long smallest;
        private final int[] ends;
        private final int[] members;
        private final int[] open;
        private int count;

        Search(long[] near, long[] far, long smallest, int places) {
            memory.reserve(Integer.BYTES * (places + 1L + 2L * edges.rows()));
            this.far = far;
            this.smallest = smallest;
            this.ends = new int[places + 1];
            this.members = new int[edges.rows()];
            this.open = new int[edges.rows()];
            for (int edge = 0; edge < edges.rows(); edge++) {
                ends[(int) (near[edge] - smallest) + 1]++;
            }
            for (int place = 0; place < places; place++) {
                ends[place + 1] += ends[place];
            }
            context.cancellation().poll();
            // Filled from the back, so that the end of a group becomes its start.
            for (int edge = edges.rows() - 1; edge >= 0; edge--) {
                members[--ends[(int) (near[edge] - smallest) + 1]] = edge;
            }
        }

        void visit(long key) {
            long place = key - smallest;
            if (place < 0 || place >= ends.length - 1 || key < smallest) {
                return;
            }
            int end = place + 2 < ends.length ? ends[(int) place + 2] : members.length;
            for (int i = ends[(int) place + 1]; i < end; i++) {
                int edge = members[i];
                if (!reached.get(edge)) {
                    reached.set(edge);
                    open[count++] = edge;
                }
            }
        }

        void follow() {
            for (int i = 0; i < count; i++) {
                if (i % RowBatch.TARGET_ROWS == 0) {
                    context.cancellation().poll();
                }
                if (!edges.isNull(open[i], farKey.getAsInt())) {
                    visit(far[open[i]]);
                }
            }
        }
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public void close() {
        Closing.all(input::close, memory::close);
    }
}
