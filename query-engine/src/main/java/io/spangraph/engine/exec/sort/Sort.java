package io.spangraph.engine.exec.sort;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.row.RowBatch;
import java.util.List;

/**
 * Puts all rows of its input in order. Stable, so that rows of equal keys keep the order in which they came. Rows that do
 * not fit into memory are sorted part by part, put aside, and merged at the end.
 */
public final class Sort extends SortingOperator {
    /** A sort of the input; its columns are passed on, the keys are not. */
    public Sort(Operator input, List<SortSpec> keys, QueryContext context) {
        super(input, keys, context, "Sort");
    }

    @Override
    boolean readsInput() {
        return true;
    }

    @Override
    void add(RowBatch rows) {
        buffer().add(rows, buffer().keys(rows), rows.selectedRows());
        if (buffer().shouldSpill()) {
            buffer().spill(buffer().sorted());
        }
    }

    @Override
    SortedRows finish() {
        return buffer().finish(buffer().sorted(), 0, Long.MAX_VALUE);
    }
}
