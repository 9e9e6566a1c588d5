package io.spangraph.iceberg.read;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.ScanMonitor;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cursor over files that one thread advances while another may stop its storage: that ends the read which is under way,
 * and the reading thread then releases its file, as readers are not made for two threads.
 */
abstract class ReadingCursor implements BatchCursor {
    private static final Logger LOG = LoggerFactory.getLogger(ReadingCursor.class);

    private final CountingFileIO io;
    private final ScanMonitor monitor;
    private final ReentrantLock reading = new ReentrantLock();
    private Optional<FileBatches> current = Optional.empty();
    private Optional<RowBatch> batch = Optional.empty();

    ReadingCursor(CountingFileIO io, ScanMonitor monitor) {
        this.io = io;
        this.monitor = monitor;
    }

    final CountingFileIO io() {
        return io;
    }

    final ScanMonitor monitor() {
        return monitor;
    }

    /** The next batch of the answer. Called by one thread at a time. */
    abstract Optional<RowBatch> nextBatch();

    /** The next batch of what is open, if anything is; it is released at its end. */
    final Optional<RowBatch> nextOfFile() {
        if (current.isEmpty()) {
            return Optional.empty();
        }
        Optional<RowBatch> next = current.get().next();
        if (next.isEmpty()) {
            release();
        }
        return next;
    }

    /** Begins to read the next file or part of one. */
    final void read(FileBatches batches) {
        current = Optional.of(batches);
    }

    @Override
    public final boolean advance() {
        reading.lock();
        try {
            requireOpen(io, monitor);
            batch = nextBatch();
            return batch.isPresent();
        } catch (RuntimeException e) {
            release();
            requireOpen(io, monitor);
            throw e;
        } finally {
            if (io.isStopped()) {
                release();
            }
            reading.unlock();
        }
    }

    /** What a stopped read throws says little; why it was stopped says all. */
    static void requireOpen(CountingFileIO io, ScanMonitor monitor) {
        monitor.cancellation().poll();
        if (io.isStopped()) {
            throw QueryException.of(QueryErrorCode.CANCELLED, "The scan was closed while it was reading.");
        }
    }

    private void release() {
        Optional<FileBatches> open = current;
        current = Optional.empty();
        try {
            open.ifPresent(FileBatches::close);
        } catch (RuntimeException e) {
            LOG.debug("A data file did not close cleanly: {}", e.toString());
        }
    }

    /** Releases what is open, unless a thread reads it, which does so itself once its storage is stopped. */
    final void releaseIfIdle() {
        if (reading.tryLock()) {
            try {
                release();
                batch = Optional.empty();
            } finally {
                reading.unlock();
            }
        }
    }

    @Override
    public final RowBatch batch() {
        return batch.orElseThrow(() -> new IllegalStateException("there is no batch: advance() was not true"));
    }
}
