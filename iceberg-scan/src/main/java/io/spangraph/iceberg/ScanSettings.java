package io.spangraph.iceberg;

import io.spangraph.iceberg.cache.CacheMode;
import io.spangraph.iceberg.cache.ScanCache;
import java.time.Duration;

/**
 * How tables are read. Everything that can grow has its bound here.
 *
 * @param freshness how old the known state of a table may be when a query chooses its snapshot; zero asks the catalog
 *     for each query
 * @param planCacheBytes {@code scan.plan-cache}: heap for the parsed metadata of snapshots, all tables together
 * @param maxFilesPerTable {@code scan.max-files}: data files of one snapshot
 * @param cacheMode {@code scan.cache-mode}: what is kept of data files
 * @param cacheBytes {@code scan.cache}: heap for it
 * @param coalesceGapBytes {@code scan.coalesce-gap}: bytes between two ranges of a file that are read with them, as that
 *     is cheaper than to ask storage twice
 */
public record ScanSettings(
        Duration freshness,
        long planCacheBytes,
        int maxFilesPerTable,
        CacheMode cacheMode,
        long cacheBytes,
        int coalesceGapBytes) {
    /** What suits a server with a gigabyte of heap or more. */
    public static final ScanSettings DEFAULTS = new ScanSettings(
            Duration.ZERO,
            256L << 20,
            200_000,
            CacheMode.ALL,
            Runtime.getRuntime().maxMemory() / 4,
            64 << 10);

    public ScanSettings {
        if (freshness.isNegative()
                || planCacheBytes < 0
                || maxFilesPerTable < 1
                || cacheBytes < 0
                || coalesceGapBytes < 0) {
            throw new IllegalArgumentException("scan settings must not be negative");
        }
    }

    public ScanSettings withFreshness(Duration other) {
        return new ScanSettings(other, planCacheBytes, maxFilesPerTable, cacheMode, cacheBytes, coalesceGapBytes);
    }

    public ScanSettings withMaxFilesPerTable(int other) {
        return new ScanSettings(freshness, planCacheBytes, other, cacheMode, cacheBytes, coalesceGapBytes);
    }

    public ScanSettings withCache(CacheMode mode, long bytes) {
        return new ScanSettings(freshness, planCacheBytes, maxFilesPerTable, mode, bytes, coalesceGapBytes);
    }

    public ScanSettings withCoalesceGap(int bytes) {
        return new ScanSettings(freshness, planCacheBytes, maxFilesPerTable, cacheMode, cacheBytes, bytes);
    }

    /** A cache as these settings want it, to be shared by all that read by them. */
    public ScanCache newCache() {
        return ScanCache.of(cacheMode, cacheBytes);
    }
}
