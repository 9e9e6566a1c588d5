package io.spangraph.engine.spi;

import io.spangraph.engine.context.Cancellation;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
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
    private final AtomicLong pagesRead = new AtomicLong();
    private final AtomicLong pagesSkipped = new AtomicLong();
    private final AtomicLong thinFiles = new AtomicLong();
    private final AtomicLong genericFiles = new AtomicLong();
    private final Map<String, CacheUse> caches = new ConcurrentHashMap<>();

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

    /** Pages of columns that are read are counted; those of other columns are neither read nor skipped. */
    public void pages(long read, long skipped) {
        pagesRead.addAndGet(read);
        pagesSkipped.addAndGet(skipped);
    }

    /** A file whose columns are decoded directly. */
    public void thinFile() {
        thinFiles.incrementAndGet();
    }

    /** A file that is read as records, by the table format's own reader. */
    public void genericFile() {
        genericFiles.incrementAndGet();
    }

    /** Something that may be kept was wanted: it was there, or had to be loaded. */
    public void cacheUse(String kind, boolean hit) {
        caches.merge(kind, new CacheUse(hit ? 1 : 0, hit ? 0 : 1), CacheUse::plus);
    }

    public ScanCounts counts() {
        return new ScanCounts(
                filesRead.get(),
                filesSkipped.get(),
                rowGroupsRead.get(),
                rowGroupsSkipped.get(),
                bytesRead.get(),
                bytesSkipped.get(),
                rowsRead.get(),
                new ReaderCounts(
                        pagesRead.get(),
                        pagesSkipped.get(),
                        thinFiles.get(),
                        genericFiles.get(),
                        new TreeMap<>(caches)));
    }

    /** How often something that is kept was there, and how often it was not. */
    public record CacheUse(long hits, long misses) {
        CacheUse plus(CacheUse other) {
            return new CacheUse(hits + other.hits, misses + other.misses);
        }
    }

    /**
     * How the files were read. Caches are shared, so what they held says what others have read: of interest to operators
     * alone.
     *
     * @param thinFiles whose columns were decoded directly
     * @param genericFiles that were read as records
     * @param caches uses of caches, by the kind of what they keep
     */
    public record ReaderCounts(
            long pagesRead, long pagesSkipped, long thinFiles, long genericFiles, SortedMap<String, CacheUse> caches) {
        public static final ReaderCounts ZERO = new ReaderCounts(0, 0, 0, 0, new TreeMap<>());

        public ReaderCounts {
            caches = Collections.unmodifiableSortedMap(new TreeMap<>(caches));
        }

        ReaderCounts plus(ReaderCounts other) {
            SortedMap<String, CacheUse> together = new TreeMap<>(caches);
            other.caches.forEach((kind, use) -> together.merge(kind, use, CacheUse::plus));
            return new ReaderCounts(
                    pagesRead + other.pagesRead,
                    pagesSkipped + other.pagesSkipped,
                    thinFiles + other.thinFiles,
                    genericFiles + other.genericFiles,
                    together);
        }

        public long cacheHits() {
            return caches.values().stream().mapToLong(CacheUse::hits).sum();
        }

        public long cacheMisses() {
            return caches.values().stream().mapToLong(CacheUse::misses).sum();
        }
    }

    /** What was counted so far. */
    public record ScanCounts(
            long filesRead,
            long filesSkipped,
            long rowGroupsRead,
            long rowGroupsSkipped,
            long bytesRead,
            long bytesSkipped,
            long rowsRead,
            ReaderCounts reader) {
        public static final ScanCounts ZERO = new ScanCounts(0, 0, 0, 0, 0, 0, 0, ReaderCounts.ZERO);

        public ScanCounts plus(ScanCounts other) {
            return new ScanCounts(
                    filesRead + other.filesRead,
                    filesSkipped + other.filesSkipped,
                    rowGroupsRead + other.rowGroupsRead,
                    rowGroupsSkipped + other.rowGroupsSkipped,
                    bytesRead + other.bytesRead,
                    bytesSkipped + other.bytesSkipped,
                    rowsRead + other.rowsRead,
                    reader.plus(other.reader));
        }
    }
}
