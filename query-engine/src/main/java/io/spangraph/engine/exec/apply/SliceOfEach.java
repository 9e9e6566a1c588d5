package io.spangraph.engine.exec.apply;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * SKIP and LIMIT inside a subquery: of the inner rows of each outer row some first ones are left out and some of the next
 * passed on. Closes its input once every outer row has all its rows, so that nothing more is read.
 */
public final class SliceOfEach implements Operator {
    private final Operator input;
    private final int ordinalPosition;
    private final long skip;
    private final long end;
    private final IntSupplier outerRows;
    private final QueryContext context;
    private final HeldMemory memory;
    private long[] seen = new long[0];
    private int complete;
    private boolean done;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    /**
     * A slice of the rows of each ordinal.
     *
     * @param limit {@code Long.MAX_VALUE} for all
     * @param outerRows how many ordinals there are; asked when the input has rows
     */
    public SliceOfEach(
            Operator input, int ordinalPosition, long skip, long limit, IntSupplier outerRows, QueryContext context) {
        this.input = input;
        this.ordinalPosition = ordinalPosition;
        this.skip = skip;
        this.end = skip > Long.MAX_VALUE - limit ? Long.MAX_VALUE : skip + limit;
        this.outerRows = outerRows;
        this.context = context;
        this.memory = new HeldMemory(context.memory(), "Limit");
    }

    @Override
    public RowLayout layout() {
        return input.layout();
    }

    @Override
    public boolean advance() {
        done |= end <= skip;
        while (!done) {
            context.cancellation().poll();
            if (!input.advance()) {
                done = true;
                return false;
            }
            RowBatch rows = input.batch();
            int[] kept = slice(rows);
            if (complete == seen.length && seen.length > 0) {
                done = true;
                input.close();
            }
            if (kept.length > 0) {
                batch = rows.select(kept);
                return true;
            }
        }
        return false;
    }

    private int[] slice(RowBatch rows) {
        int[] ordinals = OuterRows.ordinals(rows, ordinalPosition);
        if (seen.length == 0 && ordinals.length > 0) {
            int count = outerRows.getAsInt();
            memory.reserve((long) Long.BYTES * count);
            seen = new long[count];
        }
        int[] kept = new int[ordinals.length];
        int count = 0;
        for (int i = 0; i < ordinals.length; i++) {
            long number = seen[ordinals[i]]++;
            if (number >= skip && number < end) {
                kept[count++] = rows.physicalRow(i);
            }
            if (number + 1 == end) {
                complete++;
            }
        }
        return Arrays.copyOf(kept, count);
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
            memory.close();
        }
    }
}
