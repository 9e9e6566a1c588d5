package io.spangraph.engine.exec.shared;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.row.RowLayout;

/** The kept rows of an operator. Whoever reads first causes all of them to be computed. */
public final class SharedRows {
    private final Operator input;
    private final QueryContext context;
    private final HeldMemory memory;
    private final RowStore rows;
    private boolean drained;
    private int openReaders;

    public SharedRows(Operator input, QueryContext context) {
        this.input = input;
        this.context = context;
        this.memory = new HeldMemory(context.memory(), "Shared");
        this.rows = new RowStore(input.layout().width(), memory);
    }

    /** A further reader of the rows; the rows are given up when the last one closes. */
    public Operator reader() {
        openReaders++;
        return new SharedRowsReader(this, context);
    }

    RowLayout layout() {
        return input.layout();
    }

    RowStore drained() {
        if (!drained) {
            drained = true;
            while (input.advance()) {
                context.cancellation().poll();
                rows.append(input.batch());
            }
            input.close();
        }
        return rows;
    }

    void closeReader() {
        openReaders--;
        if (openReaders == 0) {
            input.close();
            memory.close();
        }
    }
}
