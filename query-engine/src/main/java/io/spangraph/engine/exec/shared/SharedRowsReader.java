package io.spangraph.engine.exec.shared;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import java.util.Arrays;
import java.util.List;

/** Reads {@link SharedRows} from the first to the last. */
final class SharedRowsReader implements Operator {
    private final SharedRows shared;
    private final QueryContext context;
    private int next;
    private boolean closed;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    SharedRowsReader(SharedRows shared, QueryContext context) {
        this.shared = shared;
        this.context = context;
    }

    @Override
    public RowLayout layout() {
        return shared.layout();
    }

    @Override
    public boolean advance() {
        if (closed) {
            return false;
        }
        context.cancellation().poll();
        RowStore rows = shared.drained();
        int count = Math.min(RowBatch.TARGET_ROWS, rows.rows() - next);
        if (count <= 0) {
            return false;
        }
        int first = next;
        int[] positions = new int[count];
        Arrays.setAll(positions, row -> first + row);
        batch = rows.gather(positions);
        next += count;
        return true;
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            shared.closeReader();
        }
    }
}
