package io.spangraph.engine.exec.sort;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import java.util.Arrays;
import java.util.List;

/** Puts all rows of its input in order. Stable, so that rows of equal keys keep the order in which they came. */
public final class Sort implements Operator {
    private final Operator input;
    private final QueryContext context;
    private final SortBuffer buffer;
    private boolean drained;
    private int[] sorted = new int[0];
    private int emitted;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    /** A sort of the input; its columns are passed on, the keys are not. */
    public Sort(Operator input, List<SortSpec> keys, QueryContext context) {
        this.input = input;
        this.context = context;
        this.buffer = new SortBuffer(input.layout().width(), keys, context, "Sort");
    }

    @Override
    public RowLayout layout() {
        return input.layout();
    }

    @Override
    public boolean advance() {
        if (!drained) {
            drained = true;
            drain();
        }
        context.cancellation().poll();
        int end = Math.min(sorted.length, emitted + RowBatch.TARGET_ROWS);
        if (emitted == end) {
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
        }
        input.close();
        sorted = buffer.sorted();
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
