package io.spangraph.engine.exec.sort;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.row.RowBatch;
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
public final class TopN extends SortingOperator {
    /** The sooner there is a bound, the fewer rows are copied; but each time rows are sorted. */
    private static final int MIN_ROWS_TO_PRUNE = RowBatch.TARGET_ROWS / 2;

    private final List<SortSpec> keys;
    private final long skip;
    private final long needed;
    private final Optional<OrderBound> reader;
    private Optional<KeyBound> bound = Optional.empty();

    /**
     * The rows of the input from the skipped ones on.
     *
     * @param keys at least one
     */
    public TopN(Operator input, List<SortSpec> keys, long skip, long limit, QueryContext context) {
        this(input, keys, skip, limit, Optional.empty(), context);
    }

    /** Likewise, and whoever reads the input learns which first keys are still of interest. */
    public TopN(
            Operator input,
            List<SortSpec> keys,
            long skip,
            long limit,
            Optional<OrderBound> reader,
            QueryContext context) {
        super(input, keys, context, "TopN");
        if (keys.isEmpty() || skip < 0 || limit < 0) {
            throw new IllegalArgumentException("top " + limit + " after " + skip + " rows by " + keys.size() + " keys");
        }
        this.keys = List.copyOf(keys);
        this.skip = skip;
        this.reader = reader;
        this.needed = skip > Long.MAX_VALUE - limit ? Long.MAX_VALUE : skip + limit;
    }

    /** With LIMIT 0 nothing is left to find out. */
    @Override
    boolean readsInput() {
        return needed > skip;
    }

    @Override
    void add(RowBatch rows) {
        List<Vector> keyColumns = buffer().keys(rows);
        int[] positions = rows.selectedRows();
        // What the first rows of a large batch tell keeps most of the others from being copied.
        int step = Math.clamp(needed, MIN_ROWS_TO_PRUNE / 2, Integer.MAX_VALUE / 4) * 2;
        for (int from = 0; from < positions.length; from += step) {
            boolean all = positions.length <= step;
            add(
                    rows,
                    keyColumns,
                    all ? positions : Arrays.copyOfRange(positions, from, Math.min(positions.length, from + step)));
        }
    }

    private void add(RowBatch rows, List<Vector> keyColumns, int[] positions) {
        SortBuffer buffer = buffer();
        int[] candidates = bound.map(known -> known.notWorse(keyColumns.getFirst(), positions))
                .orElse(positions);
        if (bound.isEmpty()) {
            reader.ifPresent(read -> read.found(keyColumns.getFirst(), candidates));
        }
        buffer.add(rows, keyColumns, candidates);
        boolean shouldSpill = buffer.shouldSpill();
        // The first bound may spare whole files.
        boolean first = bound.isEmpty() && reader.isPresent() && buffer.size() >= needed;
        boolean many = buffer.size() / 2 >= needed && (shouldSpill || buffer.size() >= MIN_ROWS_TO_PRUNE);
        if (first || many) {
            buffer.keep(best());
            tighten(buffer.size() - 1);
        } else if (shouldSpill) {
            int[] best = best();
            if (best.length == needed) {
                tighten(best[best.length - 1]);
            }
            buffer.spill(best);
        }
    }

    private int[] best() {
        int[] sorted = buffer().sorted();
        return sorted.length <= needed ? sorted : Arrays.copyOf(sorted, (int) needed);
    }

    private void tighten(int worst) {
        if (needed > 0) {
            Vector key = buffer().firstKey(worst);
            bound = Optional.of(new KeyBound(key, keys.getFirst().descending()));
            reader.ifPresent(read -> read.offer(key.value(0)));
        }
    }

    @Override
    SortedRows finish() {
        return buffer().finish(best(), skip, needed);
    }
}
