package io.spangraph.engine.exec.sort;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.row.RowBatch;
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
public final class TopNOfEach extends SortingOperator {
    private static final int MIN_ROWS_TO_PRUNE = 4 * RowBatch.TARGET_ROWS;

    private final long skip;
    private final long needed;
    private final int width;
    private final QueryContext context;
    private long rowsToPrune = MIN_ROWS_TO_PRUNE;

    /**
     * The rows of each ordinal from the skipped ones on.
     *
     * @param ordinal tells which outer row a row belongs to
     */
    public TopNOfEach(
            Operator input, SortSpec ordinal, List<SortSpec> keys, long skip, long limit, QueryContext context) {
        super(input, all(ordinal, keys), context, "TopN");
        this.skip = skip;
        this.needed = skip > Long.MAX_VALUE - limit ? Long.MAX_VALUE : skip + limit;
        this.width = input.layout().width();
        this.context = context;
    }

    private static List<SortSpec> all(SortSpec ordinal, List<SortSpec> keys) {
        List<SortSpec> all = new ArrayList<>(List.of(ordinal));
        all.addAll(keys);
        return all;
    }

    @Override
    boolean readsInput() {
        return needed > skip;
    }

    @Override
    void add(RowBatch rows) {
        SortBuffer buffer = buffer();
        buffer.add(rows, buffer.keys(rows), rows.selectedRows());
        if (buffer.shouldSpill()) {
            buffer.spill(ofEach(0));
        } else if (buffer.size() >= rowsToPrune) {
            buffer.keep(ofEach(0));
            rowsToPrune = Math.max(MIN_ROWS_TO_PRUNE, 2L * buffer.size());
        }
    }

    @Override
    SortedRows finish() {
        return buffer().hasRuns()
                ? new RanksOfEach(buffer().finishRuns(ofEach(0)))
                : new HeldRows(buffer(), ofEach(skip));
    }

    /** Passes on the wanted ranks of each ordinal; the ordinal is the first key. */
    private final class RanksOfEach implements SortedRows {
        private final MergedRuns rows;
        private long ordinal = -1;
        private long rank;
        private RowBatch batch = RowBatch.of(List.of(), 0);

        private RanksOfEach(MergedRuns rows) {
            this.rows = rows;
        }

        @Override
        public boolean advance() {
            while (rows.advance()) {
                RowBatch merged = rows.batch();
                int[] wanted = new int[merged.rowCount()];
                int count = 0;
                for (int row = 0; row < wanted.length; row++) {
                    long current = TopNOfEach.ordinal(merged.column(width), row);
                    rank = current == ordinal ? rank + 1 : 0;
                    ordinal = current;
                    if (rank >= skip && rank < needed) {
                        wanted[count++] = row;
                    }
                }
                if (count > 0) {
                    batch = RowBatch.of(merged.columns().subList(0, width), merged.rowCount())
                            .select(Arrays.copyOf(wanted, count));
                    return true;
                }
            }
            return false;
        }

        @Override
        public RowBatch batch() {
            return batch;
        }
    }

    /** The rows of each ordinal that are wanted, without the first ones. */
    private int[] ofEach(long skipped) {
        int[] all = buffer().sorted();
        int[] kept = new int[all.length];
        int count = 0;
        long ordinal = -1;
        long rank = 0;
        for (int from = 0; from < all.length; from += RowBatch.TARGET_ROWS) {
            context.cancellation().poll();
            int[] part = Arrays.copyOfRange(all, from, Math.min(all.length, from + RowBatch.TARGET_ROWS));
            Vector ordinals = buffer().firstKeys(part);
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
}
