package io.spangraph.engine.exec.basic;

import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import java.util.Arrays;
import java.util.List;

/** Passes on the first rows and closes its input as soon as it has them, so that nothing more is read. */
public final class LimitOperator implements Operator {
    private final Operator input;
    private long wanted;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    public LimitOperator(Operator input, long limit) {
        this.input = input;
        this.wanted = limit;
    }

    @Override
    public RowLayout layout() {
        return input.layout();
    }

    @Override
    public boolean advance() {
        if (wanted <= 0 || !input.advance()) {
            return false;
        }
        RowBatch rows = input.batch();
        batch = rows.rowCount() <= wanted
                ? rows
                : rows.select(Arrays.copyOf(rows.selectedRows(), Math.toIntExact(wanted)));
        wanted -= batch.rowCount();
        if (wanted == 0) {
            input.close();
        }
        return true;
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
