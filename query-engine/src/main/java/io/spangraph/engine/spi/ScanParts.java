package io.spangraph.engine.spi;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A scan in parts that may be read side by side: files, or row groups of a file. Closing it ends all reads, also those of
 * other threads.
 */
public interface ScanParts extends AutoCloseable {
    /**
     * The next part that nobody has taken, to be read and closed by one thread; empty when all are taken. Parts come in
     * the order of their rows in the table. May be called from several threads.
     */
    Optional<BatchCursor> next();

    /** A scan that cannot be divided. */
    static ScanParts of(BatchCursor whole) {
        AtomicBoolean taken = new AtomicBoolean();
        return new ScanParts() {
            @Override
            public Optional<BatchCursor> next() {
                return taken.compareAndSet(false, true) ? Optional.of(whole) : Optional.empty();
            }

            @Override
            public void close() {
                whole.close();
            }
        };
    }

    @Override
    void close();
}
