package io.spangraph.engine.exec.sort;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * ORDER BY with LIMIT inside a subquery: the first rows of each outer row, in the order of the outer rows. Rows are
 * collected until there are about twice as many as were worth keeping; then each outer row keeps its best.
 */
public final class TopNOfEach implements Operator {
    private static final int MIN_ROWS_TO_PRUNE = 4 * RowBatch.TARGET_ROWS;

    private final Operator input;
    private final long skip;
    private final long needed;
    private final QueryContext context;
    private final SortBuffer buffer;
    private long rowsToPrune = MIN_ROWS_TO_PRUNE;
    private boolean drained;
    private int[] sorted = new int[0];
    private int emitted;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    /**
     * The rows of each ordinal from the skipped ones on.
     *
     * @param ordinal tells which outer row a row belongs to
     */
    public TopNOfEach(
            Operator input, SortSpec ordinal, List<SortSpec> keys, long skip, long limit, QueryContext context) {
        this.input = input;
        this.skip = skip;
        this.needed = skip > Long.MAX_VALUE - limit ? Long.MAX_VALUE : skip + limit;
        this.context = context;
        List<SortSpec> all = new ArrayList<>(List.of(ordinal));
        all.addAll(keys);
        this.buffer = new SortBuffer(input.layout().width(), all, context, "TopN");
    }

    @Override
    public RowLayout layout() {
        return input.layout();
    }

    @Override
    public boolean advance() {
        if (!drained) {
            drained = true;
            if (needed > skip) {
                drain();
            }
        }
        context.cancellation().poll();
        int end = Math.min(sorted.length, emitted + RowBatch.TARGET_ROWS);
        if (emitted >= end) {
            return false;
        }
        batch = buffer.gather(Arrays.copyOfRange(sorted, emitted, end));
        emitted = end;
        return true;
    }

    private void drain() {
        while (input.advance()) {
            context.cancellation().poll();
            RowBatch rows = input.batch();
            buffer.add(rows, buffer.keys(rows), rows.selectedRows());
            if (buffer.size() >= rowsToPrune) {
                buffer.keep(ofEach(0));
                rowsToPrune = Math.max(MIN_ROWS_TO_PRUNE, 2L * buffer.size());
            }
        }
        input.close();
        sorted = ofEach(skip);
    }

    /** The rows of each ordinal that are wanted, without the first ones. */
    private int[] ofEach(long skipped) {
        int[] all = buffer.sorted();
        int[] kept = new int[all.length];
        int count = 0;
        long ordinal = -1;
        long rank = 0;
        for (int from = 0; from < all.length; from += RowBatch.TARGET_ROWS) {
            context.cancellation().poll();
            int[] part = Arrays.copyOfRange(all, from, Math.min(all.length, from + RowBatch.TARGET_ROWS));
            Vector ordinals = buffer.firstKeys(part);
            for (int i = 0; i < part.length; i++) {
                long current = ordinal(ordinals, i);
                rank = current == ordinal ? rank + 1 : 0;
                ordinal = current;
                if (rank >= skipped && rank < needed) {
                    kept[count++] = part[i];
                }
            }
        }
        return Arrays.copyOf(kept, count);
    }

    private static long ordinal(Vector ordinals, int row) {
        if (ordinals instanceof LongVector longs) {
            return longs.values()[row];
        }
        return ((Value.IntegerValue) ordinals.value(row)).value();
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public void close() {
        try {
            input.close();
        } finally {
            buffer.close();
        }
    }
}
