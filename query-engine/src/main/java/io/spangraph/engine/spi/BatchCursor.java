package io.spangraph.engine.spi;

import io.spangraph.engine.row.RowBatch;

/** Batches of a scan, one after the other. Closing it ends all reads, also from another thread. */
public interface BatchCursor extends AutoCloseable {
    /** Moves to the next batch; false at the end. Batches may be empty. */
    boolean advance();

    /** The batch that the last {@link #advance()} moved to. */
    RowBatch batch();

    @Override
    void close();
}
