package io.spangraph.iceberg.read;

import io.spangraph.engine.row.RowBatch;
import java.util.Optional;

/** The batches of one file, one after the other. Used by one thread. */
public interface FileBatches extends AutoCloseable {
    /** The next batch, or empty at the end of the file. */
    Optional<RowBatch> next();

    @Override
    void close();
}
