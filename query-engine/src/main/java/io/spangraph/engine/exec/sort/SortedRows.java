package io.spangraph.engine.exec.sort;

import io.spangraph.engine.row.RowBatch;

/** Rows in their order, batch by batch. */
interface SortedRows {
    /** Moves to the next batch; false at the end. */
    boolean advance();

    RowBatch batch();
}
