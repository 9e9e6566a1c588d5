package io.spangraph.engine.run;

import io.spangraph.engine.spi.ScanMonitor.ScanCounts;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an answer cost: which states of the tables it comes from and what was read for it.
 *
 * @param snapshots snapshot id by table name; tables without a snapshot are left out
 * @param rows rows of the answer
 * @param fromMetadata nothing but metadata was read for it
 */
public record Receipt(Map<String, Long> snapshots, ScanCounts counts, long rows, long millis, boolean fromMetadata) {
    public Receipt {
        snapshots = new TreeMap<>(snapshots);
    }
}
