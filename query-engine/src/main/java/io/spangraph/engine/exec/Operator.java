package io.spangraph.engine.exec;

import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;

/**
 * A running part of a plan, pulled batch by batch from above. Every implementation polls for cancellation in each loop
 * that can be long, and reserves from the memory budget what it holds across calls.
 */
public interface Operator extends AutoCloseable {
    /** Which column of its batches holds what. */
    RowLayout layout();

    /** Moves to the next batch; false at the end, and from then on. Batches may be empty. */
    boolean advance();

    /** The batch that the last {@link #advance()} moved to; valid until the next one. */
    RowBatch batch();

    /** Bytes of rows that this operator alone has put aside on disk so far. */
    default long spilledBytes() {
        return 0;
    }

    /** Closes this operator and those below it; idempotent. */
    @Override
    void close();
}
