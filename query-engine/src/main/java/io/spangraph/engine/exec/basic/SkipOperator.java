package io.spangraph.engine.exec.basic;

import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import java.util.Arrays;
import java.util.List;

/** Leaves out the first rows. */
public final class SkipOperator implements Operator {
    private final Operator input;
    private long left;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    public SkipOperator(Operator input, long count) {
        this.input = input;
        this.left = count;
    }

    @Override
    public RowLayout layout() {
        return input.layout();
    }

    @Override
    public boolean advance() {
        while (input.advance()) {
            RowBatch rows = input.batch();
            int skipped = (int) Math.min(left, rows.rowCount());
            left -= skipped;
            if (skipped < rows.rowCount()) {
                batch = skipped == 0
                        ? rows
                        : rows.select(Arrays.copyOfRange(rows.selectedRows(), skipped, rows.rowCount()));
                return true;
            }
        }
        return false;
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public void close() {
        input.close();
    }
}
