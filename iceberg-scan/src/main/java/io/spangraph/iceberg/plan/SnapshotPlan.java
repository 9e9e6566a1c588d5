package io.spangraph.iceberg.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;

/**
 * All files of one snapshot, parsed once: planning a scan from here takes microseconds, where reading the manifests takes
 * milliseconds each time.
 *
 * @param files in the order of their paths
 * @param byManifest the same by the manifests that list them, as the next snapshot will share most of those; empty where
 *     delete files apply
 * @param heapBytes what it roughly weighs in a cache
 */
public record SnapshotPlan(List<PlannedFile> files, Map<String, List<DataFile>> byManifest, long heapBytes)
        implements SnapshotFiles {
    /** Of a table that has no snapshot. */
    public static final SnapshotPlan EMPTY = new SnapshotPlan(List.of(), Map.of(), 0);

    /** Stands for a snapshot that is not held, as it is too large. */
    static final SnapshotPlan TOO_LARGE = new SnapshotPlan(List.of(), Map.of(), 1);

    public SnapshotPlan {
        files = List.copyOf(files);
        byManifest = Map.copyOf(byManifest);
    }

    boolean isTooLarge() {
        return heapBytes == TOO_LARGE.heapBytes;
    }

    @Override
    public Optional<PlannedFile> file(int ordinal) {
        return ordinal < files.size() ? Optional.of(files.get(ordinal)) : Optional.empty();
    }
}
