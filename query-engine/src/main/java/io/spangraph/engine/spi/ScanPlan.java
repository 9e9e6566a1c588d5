package io.spangraph.engine.spi;

import java.util.List;

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
     * Bytes of the requested columns in the files to read, as far as metadata tell their sizes apart; an upper bound.
     * Looked at where the size of whole files is too much, so it may cost more than {@link #estimate()}.
     */
    default long bytesOfColumns() {
        return estimate().bytes();
    }

    /**
     * Whether the files may hold rows of others than whom the scan is pinned to. Then their number, their size and what
     * lies in them are nothing to tell that reader.
     */
    default boolean mayHoldRowsOfOthers() {
        return request().pin() instanceof Pin.Tenant;
    }

    /**
     * Conditions that would leave few of the files, by the bounds of these columns in them, the best first. Looked at
     * only to advise whoever asks for too much.
     */
    default List<Narrowing> narrowings(List<String> columns) {
        return List.of();
    }

    /**
     * A condition that would narrow a scan.
     *
     * @param range on a column whose values come in an order, such as a time; else one value of it
     * @param files that would be left
     */
    record Narrowing(String column, boolean range, long files) {}

    /**
     * Size of a scan, by metadata.
     *
     * @param filesSkipped files of the snapshot that cannot hold a row of the answer
     * @param bytes of the files to read; an upper bound, as columns are not considered
     * @param rows of the files to read, before any filter
     */
    record ScanEstimate(long files, long filesSkipped, long bytes, long bytesSkipped, long rows) {}
}
