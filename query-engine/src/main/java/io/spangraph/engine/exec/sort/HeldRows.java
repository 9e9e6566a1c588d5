package io.spangraph.engine.exec.sort;

import io.spangraph.engine.row.RowBatch;
import java.util.Arrays;
import java.util.List;

/** Rows of a {@link SortBuffer}, in the order of their numbers in an array. */
final class HeldRows implements SortedRows {
    private final SortBuffer buffer;
    private final int[] order;
    private int next;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    HeldRows(SortBuffer buffer, int[] order) {
        this.buffer = buffer;
        this.order = order;
    }

    @Override
    public boolean advance() {
        if (next == order.length) {
            return false;
        }
        int end = Math.min(order.length, next + RowBatch.TARGET_ROWS);
        batch = buffer.gather(Arrays.copyOfRange(order, next, end));
        next = end;
        return true;
    }

    @Override
    public RowBatch batch() {
        return batch;
    }
}
