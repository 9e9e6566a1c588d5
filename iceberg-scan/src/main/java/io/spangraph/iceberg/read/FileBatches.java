package io.spangraph.iceberg.read;

import io.spangraph.engine.row.RowBatch;
import java.util.Optional;

/** The batches of one file, one after the other. Used by one thread. */
public interface FileBatches extends AutoCloseable {
    FileBatches NONE = new FileBatches() {
        @Override
        public Optional<RowBatch> next() {
            return Optional.empty();
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    };

    /** The next batch, or empty at the end of the file. */
    Optional<RowBatch> next();

    @Override
    void close();
}
