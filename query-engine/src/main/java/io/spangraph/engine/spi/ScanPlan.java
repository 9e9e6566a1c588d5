package io.spangraph.engine.spi;

/**
 * A scan that knows its files and has read no data. Implementations are the source's own.
 */
public interface ScanPlan {
    ScanRequest request();

    /** What the source does not promise of the predicate (the pin included as far as it is a predicate). */
    ScanPredicate residual();

    /** What the scan will cost before run-time keys narrow it. */
    ScanEstimate estimate();

    /** Whether the files were looked up for this plan alone, as the table has too many to be known beforehand. */
    default boolean readsManifests() {
        return false;
    }

    /** Into how many parts the scan falls at most: one is not worth a second thread. */
    default int parts() {
        return Integer.MAX_VALUE;
    }

    /**
     * Size of a scan, by metadata.
     *
     * @param filesSkipped files of the snapshot that cannot hold a row of the answer
     * @param bytes of the files to read; an upper bound, as columns are not considered
     * @param rows of the files to read, before any filter
     */
    record ScanEstimate(long files, long filesSkipped, long bytes, long bytesSkipped, long rows) {}
}
