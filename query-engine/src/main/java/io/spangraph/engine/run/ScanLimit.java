package io.spangraph.engine.run;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.context.QueryLimits;
import io.spangraph.engine.run.ScanBinder.PlannedScan;
import java.util.Collection;

/** Refuses a query that would read too much, before it reads anything. */
final class ScanLimit {
    private ScanLimit() {}

    static void check(Collection<PlannedScan> scans, QueryLimits limits) {
        long bytes = 0;
        long files = 0;
        for (PlannedScan scan : scans) {
            bytes += scan.plan().estimate().bytes();
            files += scan.plan().estimate().files();
        }
        if (bytes > limits.maxScanBytes()) {
            throw QueryException.of(
                            QueryErrorCode.SCAN_LIMIT,
                            "The query would open " + files + " files of " + bytes
                                    + " bytes together, more than the limit of " + limits.maxScanBytes() + " bytes.")
                    .withHint("Narrow it by an id, a tenant or a time range, or raise limits.scan.bytes.");
        }
    }
}
