package io.spangraph.engine.run;

import io.spangraph.engine.run.ScanBinder.PlannedScan;
import io.spangraph.engine.spi.ScanMonitor.ScanCounts;
import io.spangraph.engine.spi.TableSnapshot;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Adds up what the scans of a query counted. */
final class Receipts {
    private Receipts() {}

    static Receipt of(Collection<PlannedScan> scans, long rows, long millis) {
        Map<String, Long> snapshots = new TreeMap<>();
        ScanCounts counts = ScanCounts.ZERO;
        for (PlannedScan scan : scans) {
            TableSnapshot snapshot = scan.plan().request().snapshot();
            snapshot.snapshotId().ifPresent(id -> snapshots.put(snapshot.table().shortName(), id));
            counts = counts.plus(scan.monitor().counts());
        }
        return new Receipt(snapshots, counts, rows, millis, false);
    }
}
