package io.spangraph.engine.exec.sort;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The first rows of an order, without those that are skipped: the same rows as a {@link Sort} with SKIP and LIMIT above
 * it, ties included, while it holds little more than skip and limit together.
 *
 * <p>Rows are collected until there are about twice as many as needed; then the best are kept, and rows that are worse than
 * the worst of those are dropped as they come. A limit that no input reaches makes it a plain sort.
 */
public final class TopN implements Operator {
    private static final int MIN_ROWS_TO_PRUNE = 4 * RowBatch.TARGET_ROWS;

    private final Operator input;
    private final List<SortSpec> keys;
    private final long skip;
    private final long needed;
    private final QueryContext context;
    private final SortBuffer buffer;
    private Optional<KeyBound> bound = Optional.empty();
    private boolean drained;
    private int[] sorted = new int[0];
    private int emitted;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    /**
     * The rows of the input from the skipped ones on.
     *
     * @param keys at least one
     */
    public TopN(Operator input, List<SortSpec> keys, long skip, long limit, QueryContext context) {
        if (keys.isEmpty() || skip < 0 || limit < 0) {
            throw new IllegalArgumentException("top " + limit + " after " + skip + " rows by " + keys.size() + " keys");
        }
        this.input = input;
        this.keys = List.copyOf(keys);
        this.skip = skip;
        this.needed = skip > Long.MAX_VALUE - limit ? Long.MAX_VALUE : skip + limit;
        this.context = context;
        this.buffer = new SortBuffer(input.layout().width(), keys, context, "TopN");
    }

    @Override
    public RowLayout layout() {
        return input.layout();
    }

    @Override
    public boolean advance() {
        if (!drained) {
            drained = true;
            // With LIMIT 0 nothing is left to find out.
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
            add(input.batch());
            if (buffer.size() >= MIN_ROWS_TO_PRUNE && buffer.size() / 2 >= needed) {
                prune();
            }
        }
        input.close();
        int[] all = buffer.sorted();
        sorted = Arrays.copyOf(all, (int) Math.min(all.length, needed));
        emitted = (int) Math.min(skip, sorted.length);
    }

    private void add(RowBatch rows) {
        int[] positions = rows.selectedRows();
        List<Vector> keyColumns = buffer.keys(rows);
        int[] candidates = bound.map(known -> known.notWorse(keyColumns.getFirst(), positions))
                .orElse(positions);
        buffer.add(rows, keyColumns, candidates);
    }

    private void prune() {
        buffer.keep(Arrays.copyOf(buffer.sorted(), (int) needed));
        Vector worst = buffer.firstKey(buffer.size() - 1);
        bound = Optional.of(new KeyBound(worst, keys.getFirst().descending()));
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public void close() {
        input.close();
        buffer.close();
    }
}
