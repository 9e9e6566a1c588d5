package io.spangraph.iceberg.read;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.iceberg.catalog.StorageFailure;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.SeekableInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Storage as one scan sees it: each byte is counted where it arrives, each read asks first whether the query still runs,
 * and {@link #stop()} ends reads that are under way in another thread.
 */
public final class CountingFileIO implements FileIO {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(CountingFileIO.class);

    private final FileIO storage;
    private final transient ScanMonitor monitor;
    private final transient Set<SeekableInputStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    public CountingFileIO(FileIO storage, ScanMonitor monitor) {
        this.storage = storage;
        this.monitor = monitor;
    }

    @Override
    public InputFile newInputFile(String path) {
        return new CountingInputFile(storage.newInputFile(path), this);
    }

    @Override
    public InputFile newInputFile(String path, long length) {
        return new CountingInputFile(storage.newInputFile(path, length), this);
    }

    @Override
    public OutputFile newOutputFile(String path) {
        throw new UnsupportedOperationException("scans do not write");
    }

    @Override
    public void deleteFile(String path) {
        throw new UnsupportedOperationException("scans do not delete");
    }

    /** Called before each read, and by who computes for long between reads. */
    public void poll() {
        monitor.cancellation().poll();
        if (stopped) {
            throw QueryException.of(QueryErrorCode.CANCELLED, "The scan was closed while it was reading.");
        }
    }

    /** A read of the storage's stream. */
    interface Read {
        int bytes() throws IOException;
    }

    /** Marks what storage throws; only a file that ends too early is the file's own fault. */
    int attempt(Read read) throws IOException {
        try {
            return read.bytes();
        } catch (EOFException | FileNotFoundException | NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            throw new StorageFailure(e);
        }
    }

    void count(long bytes) {
        monitor.bytesRead(bytes);
    }

    /** Remembers a stream until it is closed. */
    void opened(SeekableInputStream stream) {
        open.add(stream);
        if (stopped) {
            stop();
        }
    }

    void closed(SeekableInputStream stream) {
        open.remove(stream);
    }

    boolean isStopped() {
        return stopped;
    }

    /** Ends all reads, now and later. The storage itself stays open: other scans use it. */
    public void stop() {
        stopped = true;
        for (SeekableInputStream stream : open) {
            try {
                stream.close();
            } catch (IOException | RuntimeException e) {
                LOG.debug("A stream did not close cleanly: {}", e.toString());
            }
        }
        open.clear();
    }

    @Override
    public void close() {
        stop();
    }
}
