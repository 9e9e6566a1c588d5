package io.spangraph.iceberg.plan;

import java.util.List;

/**
 * All files of one snapshot, parsed once: planning a scan from here takes microseconds, where reading the manifests takes
 * milliseconds each time.
 *
 * @param files in the order of their paths
 * @param heapBytes what it roughly weighs in a cache
 */
public record SnapshotPlan(List<PlannedFile> files, long heapBytes) {
    /** Of a table that has no snapshot. */
    public static final SnapshotPlan EMPTY = new SnapshotPlan(List.of(), 0);

    public SnapshotPlan {
        files = List.copyOf(files);
    }
}
