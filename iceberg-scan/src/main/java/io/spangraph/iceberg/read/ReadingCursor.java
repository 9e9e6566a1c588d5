package io.spangraph.iceberg.read;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.ScanMonitor;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.iceberg.io.FileIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cursor over files that any thread may close: that ends the read which is under way, and the reading thread then
 * releases its file, as readers are not made for two threads.
 */
abstract class ReadingCursor implements BatchCursor {
    private static final Logger LOG = LoggerFactory.getLogger(ReadingCursor.class);

    private final CountingFileIO io;
    private final ScanMonitor monitor;
    private final ReentrantLock reading = new ReentrantLock();
    private Optional<FileBatches> current = Optional.empty();
    private Optional<RowBatch> batch = Optional.empty();

    ReadingCursor(FileIO storage, ScanMonitor monitor) {
        this.io = new CountingFileIO(storage, monitor);
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

    /** Called once a close has ended all reading. */
    abstract void abandonRest();

    /** The next batch of the file that is open, if one is; the file is released at its end. */
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

    /** Opens the next file. */
    final void read(FileReader reader, FileScan file) {
        monitor.fileRead();
        current = Optional.of(reader.open(file));
    }

    @Override
    public final boolean advance() {
        reading.lock();
        try {
            requireOpen();
            batch = nextBatch();
            return batch.isPresent();
        } catch (RuntimeException e) {
            release();
            requireOpen();
            throw e;
        } finally {
            if (io.isStopped()) {
                release();
            }
            reading.unlock();
        }
    }

    /** What a stopped read throws says little; why it was stopped says all. */
    private void requireOpen() {
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

    @Override
    public final RowBatch batch() {
        return batch.orElseThrow(() -> new IllegalStateException("there is no batch: advance() was not true"));
    }

    @Override
    public final void close() {
        io.stop();
        if (reading.tryLock()) {
            try {
                release();
                abandonRest();
            } finally {
                reading.unlock();
            }
        }
    }
}
