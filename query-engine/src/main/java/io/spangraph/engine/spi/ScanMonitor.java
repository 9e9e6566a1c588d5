package io.spangraph.engine.spi;

import io.spangraph.engine.context.Cancellation;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what one scan reads, exactly: bytes are counted where they leave storage. The counts of a query's scans make up
 * its receipt.
 */
public final class ScanMonitor {
    private final Cancellation cancellation;
    private final AtomicLong filesRead = new AtomicLong();
    private final AtomicLong filesSkipped = new AtomicLong();
    private final AtomicLong rowGroupsRead = new AtomicLong();
    private final AtomicLong rowGroupsSkipped = new AtomicLong();
    private final AtomicLong bytesRead = new AtomicLong();
    private final AtomicLong bytesSkipped = new AtomicLong();
    private final AtomicLong rowsRead = new AtomicLong();

    public ScanMonitor(Cancellation cancellation) {
        this.cancellation = cancellation;
    }

    /** To be polled between reads. */
    public Cancellation cancellation() {
        return cancellation;
    }

    public void fileRead() {
        filesRead.incrementAndGet();
    }

    public void filesSkipped(long files, long bytes) {
        filesSkipped.addAndGet(files);
        bytesSkipped.addAndGet(bytes);
    }

    public void rowGroups(long read, long skipped) {
        rowGroupsRead.addAndGet(read);
        rowGroupsSkipped.addAndGet(skipped);
    }

    public void bytesRead(long bytes) {
        bytesRead.addAndGet(bytes);
    }

    public void rowsRead(long rows) {
        rowsRead.addAndGet(rows);
    }

    public ScanCounts counts() {
        return new ScanCounts(
                filesRead.get(),
                filesSkipped.get(),
                rowGroupsRead.get(),
                rowGroupsSkipped.get(),
                bytesRead.get(),
                bytesSkipped.get(),
                rowsRead.get());
    }

    /** What was counted so far. */
    public record ScanCounts(
            long filesRead,
            long filesSkipped,
            long rowGroupsRead,
            long rowGroupsSkipped,
            long bytesRead,
            long bytesSkipped,
            long rowsRead) {
        public static final ScanCounts ZERO = new ScanCounts(0, 0, 0, 0, 0, 0, 0);

        public ScanCounts plus(ScanCounts other) {
            return new ScanCounts(
                    filesRead + other.filesRead,
                    filesSkipped + other.filesSkipped,
                    rowGroupsRead + other.rowGroupsRead,
                    rowGroupsSkipped + other.rowGroupsSkipped,
                    bytesRead + other.bytesRead,
                    bytesSkipped + other.bytesSkipped,
                    rowsRead + other.rowsRead);
        }
    }
}
