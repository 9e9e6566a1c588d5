package io.spangraph.iceberg;

import java.time.Duration;

/**
 * How tables are read. Everything that can grow has its bound here.
 *
 * @param freshness how old the known state of a table may be when a query chooses its snapshot; zero asks the catalog
 *     for each query
 * @param planCacheBytes {@code scan.plan-cache}: heap for the parsed metadata of snapshots, all tables together
 * @param maxFilesPerTable {@code scan.max-files}: data files of one snapshot
 * @param deleteCacheBytes {@code scan.delete-cache}: heap for delete files that were read
 */
public record ScanSettings(Duration freshness, long planCacheBytes, int maxFilesPerTable, long deleteCacheBytes) {
    /** What suits a server with a gigabyte of heap or more. */
    public static final ScanSettings DEFAULTS = new ScanSettings(Duration.ZERO, 256L << 20, 200_000, 64L << 20);

    public ScanSettings {
        if (freshness.isNegative() || planCacheBytes < 0 || maxFilesPerTable < 1 || deleteCacheBytes < 0) {
            throw new IllegalArgumentException("scan settings must not be negative");
        }
    }

    public ScanSettings withFreshness(Duration other) {
        return new ScanSettings(other, planCacheBytes, maxFilesPerTable, deleteCacheBytes);
    }
}
