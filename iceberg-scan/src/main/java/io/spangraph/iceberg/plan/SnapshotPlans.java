package io.spangraph.iceberg.plan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.spi.TableSnapshot;
import io.spangraph.iceberg.catalog.StorageErrors;
import io.spangraph.iceberg.catalog.TableState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types.NestedField;

/**
 * The parsed snapshots, by table and snapshot id. Snapshots never change, so nothing is ever invalidated; what is not used
 * is dropped when the cache is full.
 */
public final class SnapshotPlans {
    /** Columns behind these keep no bounds: they cost heap for each file and are seldom filtered by. */
    private static final int COLUMNS_WITH_BOUNDS = 200;

    private static final long BYTES_PER_FILE = 600;
    private static final long BYTES_PER_BOUND = 120;
    private static final long BYTES_PER_DELETE = 400;

    private final int maxFiles;
    private final Cache<Key, SnapshotPlan> plans;

    private record Key(String tableUuid, long snapshotId) {}

    /**
     * @param cacheBytes heap for all snapshots together
     * @param maxFiles of one snapshot
     */
    public SnapshotPlans(long cacheBytes, int maxFiles) {
        this.maxFiles = maxFiles;
        this.plans = Caffeine.newBuilder()
                .maximumWeight(cacheBytes)
                .weigher((Key key, SnapshotPlan plan) -> (int) Math.min(Integer.MAX_VALUE, plan.heapBytes() + 100))
                .executor(Runnable::run)
                .build();
    }

    /** The files of the snapshot, parsed now if they are not known; who else wants them waits for it. */
    public SnapshotPlan of(TableState table, TableSnapshot snapshot) {
        if (snapshot.snapshotId().isEmpty()) {
            return SnapshotPlan.EMPTY;
        }
        long id = snapshot.snapshotId().getAsLong();
        return plans.get(new Key(table.metadata().uuid(), id), key -> parse(table, id));
    }

    private SnapshotPlan parse(TableState table, long snapshotId) {
        if (table.metadata().snapshot(snapshotId) == null) {
            throw QueryException.of(
                            QueryErrorCode.STORAGE_UNAVAILABLE,
                            "Snapshot " + snapshotId + " of table '" + table.name() + "' is not there any more.")
                    .withHint("It expired, or the table was made anew. Run the query again.");
        }
        Set<Integer> withBounds = table.schema().columns().stream()
                .filter(field -> field.type().isPrimitiveType())
                .limit(COLUMNS_WITH_BOUNDS)
                .map(NestedField::fieldId)
                .collect(Collectors.toUnmodifiableSet());
        List<FileScanTask> tasks = new ArrayList<>();
        try (CloseableIterable<FileScanTask> found = table.table()
                .newScan()
                .useSnapshot(snapshotId)
                .includeColumnStats()
                .planFiles()) {
            for (FileScanTask task : found) {
                requireFewFiles(table, tasks.size());
                tasks.add(task);
            }
        } catch (IOException | RuntimeException e) {
            throw StorageErrors.ofMetadata(table.name(), snapshotId, e);
        }
        tasks.sort(Comparator.comparing(task -> task.file().location()));
        return plan(tasks, withBounds);
    }

    private void requireFewFiles(TableState table, int files) {
        if (files >= maxFiles) {
            throw QueryException.of(
                            QueryErrorCode.SCAN_LIMIT,
                            "Table '" + table.name() + "' has more than " + maxFiles + " data files (scan.max-files).")
                    .withHint("Compact the table, or raise scan.max-files and the heap with it.");
        }
    }

    private static SnapshotPlan plan(List<FileScanTask> tasks, Set<Integer> withBounds) {
        List<PlannedFile> files = new ArrayList<>(tasks.size());
        long bytes = 0;
        for (FileScanTask task : tasks) {
            DataFile file = task.file().copyWithStats(withBounds);
            List<DeleteFile> deletes = task.deletes();
            files.add(new PlannedFile(files.size(), file, deletes));
            bytes += BYTES_PER_FILE + BYTES_PER_BOUND * size(file.lowerBounds()) + BYTES_PER_DELETE * deletes.size();
        }
        return new SnapshotPlan(files, bytes);
    }

    private static int size(@org.jspecify.annotations.Nullable Map<?, ?> map) {
        return map == null ? 0 : map.size();
    }
}
