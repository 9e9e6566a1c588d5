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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/**
 * The parsed snapshots, by table and snapshot id. Snapshots never change, so nothing is ever invalidated; what is not used
 * is dropped when the cache is full. A snapshot that is too large for it is asked by each query for the files that it wants.
 */
public final class SnapshotPlans {
    /** Columns behind these keep no bounds: they cost heap for each file and are seldom filtered by. */
    private static final int COLUMNS_WITH_BOUNDS = 200;

    private static final long BYTES_PER_FILE = 600;
    private static final long BYTES_PER_BOUND = 310;
    private static final long BYTES_PER_DELETE = 400;

    private final long cacheBytes;
    private final int maxFiles;
    private final Cache<Key, SnapshotPlan> plans;
    private final Map<String, Key> latest = new ConcurrentHashMap<>();
    private final Map<String, Long> tooHeavy = new ConcurrentHashMap<>();
    private final Cache<Key, NumberedFiles> numbered =
            Caffeine.newBuilder().weakValues().build();

    private record Key(String tableUuid, long snapshotId) {}

    /**
     * @param cacheBytes heap for all snapshots together
     * @param maxFiles of a snapshot that is held, or of what one query reads of a larger one
     */
    public SnapshotPlans(long cacheBytes, int maxFiles) {
        this.cacheBytes = cacheBytes;
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
        return plans.get(key(table, snapshot), key -> parse(table, key));
    }

    private static Key key(TableState table, TableSnapshot snapshot) {
        return new Key(table.metadata().uuid(), snapshot.snapshotId().orElseThrow());
    }

    /** The numbers of a snapshot that is too large, for as long as somebody holds them. */
    NumberedFiles numbersOf(TableState table, TableSnapshot snapshot) {
        return numbered.get(key(table, snapshot), key -> new NumberedFiles(table, maxFiles));
    }

    /** The files of a snapshot that is too large, as far as Iceberg's own planning cannot rule them out. */
    List<FileScanTask> filtered(TableState table, TableSnapshot snapshot, List<Conjunct> conjuncts) {
        long id = snapshot.snapshotId().orElseThrow();
        Schema then = SnapshotUtil.schemaFor(table.table(), id);
        Expression filter = conjuncts.stream()
                .filter(conjunct -> isKnown(then, conjunct) && !isMisled(table, conjunct))
                .map(Conjunct::pruning)
                .reduce(Expressions.alwaysTrue(), Expressions::and);
        List<FileScanTask> tasks = tasks(table, id, filter)
                .orElseThrow(() -> QueryException.of(
                                QueryErrorCode.SCAN_LIMIT,
                                "The query would read more than " + maxFiles + " data files of table '" + table.name()
                                        + "' (scan.max-files).")
                        .withHint("Name a tenant, a trace or a time; compact the table; or raise scan.max-files and the"
                                + " heap with it."));
        tasks.sort(Comparator.comparing(task -> task.file().location()));
        return tasks;
    }

    /** Iceberg filters an older snapshot by the columns that it had, and those by name. */
    private static boolean isKnown(Schema then, Conjunct conjunct) {
        return conjunct.columns().stream().allMatch(column -> {
            NestedField old = then.findField(column.fieldId());
            return old != null && old.name().equals(column.name()) && old.type().equals(column.type());
        });
    }

    /** Iceberg would leave out files that are wanted. */
    private static boolean isMisled(TableState table, Conjunct conjunct) {
        return table.metadata().specs().stream()
                .map(spec -> TruncatedNumbers.of(table.schema(), spec))
                .anyMatch(truncated ->
                        truncated.runsOver(conjunct.condition()) || truncated.wantsLeast(conjunct.condition()));
    }

    private static Set<Integer> withBounds(TableState table) {
        return table.schema().columns().stream()
                .filter(field -> field.type().isPrimitiveType())
                .limit(COLUMNS_WITH_BOUNDS)
                .map(NestedField::fieldId)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What Iceberg plans, each file with the deletes that apply to it; empty when there are too many. */
    private Optional<List<FileScanTask>> tasks(TableState table, long snapshotId, Expression filter) {
        List<FileScanTask> tasks = new ArrayList<>();
        try (CloseableIterable<FileScanTask> found = table.table()
                .newScan()
                .useSnapshot(snapshotId)
                .filter(filter)
                .includeColumnStats()
                .planFiles()) {
            for (FileScanTask task : found) {
                if (tasks.size() >= maxFiles) {
                    return Optional.empty();
                }
                tasks.add(task);
            }
        } catch (IOException | RuntimeException e) {
            throw StorageErrors.ofMetadata(table.name(), snapshotId, e);
        }
        return Optional.of(tasks);
    }

    private SnapshotPlan parse(TableState table, Key key) {
        Snapshot snapshot = Optional.ofNullable(table.metadata().snapshot(key.snapshotId()))
                .orElseThrow(() -> StorageErrors.expired(table.name(), key.snapshotId()));
        if (isKnownToBeTooLarge(snapshot, key.tableUuid())) {
            return SnapshotPlan.TOO_LARGE;
        }
        SnapshotPlan plan =
                hasDeletes(table, snapshot) ? withDeletes(table, key) : withoutDeletes(table, snapshot, key);
        if (plan.heapBytes() > cacheBytes) {
            tooHeavy.put(key.tableUuid(), (long) plan.files().size());
            return SnapshotPlan.TOO_LARGE;
        }
        latest.put(key.tableUuid(), key);
        return plan;
    }

    /** By the number of files that the writer noted, and by how many of the table's files were too heavy before. */
    private boolean isKnownToBeTooLarge(Snapshot snapshot, String tableUuid) {
        String files = snapshot.summary().getOrDefault(SnapshotSummary.TOTAL_DATA_FILES_PROP, "0");
        if (!files.matches("[0-9]{1,18}")) {
            return false;
        }
        long count = Long.parseLong(files);
        return count > maxFiles || count >= tooHeavy.getOrDefault(tableUuid, Long.MAX_VALUE);
    }

    private static boolean hasDeletes(TableState table, Snapshot snapshot) {
        try {
            return ManifestParser.hasDeletes(snapshot, table);
        } catch (RuntimeException e) {
            throw StorageErrors.ofMetadata(table.name(), snapshot.snapshotId(), e);
        }
    }

    private SnapshotPlan withDeletes(TableState table, Key key) {
        Optional<List<FileScanTask>> tasks = tasks(table, key.snapshotId(), Expressions.alwaysTrue());
        if (tasks.isEmpty()) {
            return SnapshotPlan.TOO_LARGE;
        }
        Set<Integer> withBounds = withBounds(table);
        List<FileScanTask> sorted = tasks.get();
        sorted.sort(Comparator.comparing(task -> task.file().location()));
        List<PlannedFile> files = new ArrayList<>(sorted.size());
        long bytes = 2;
        for (FileScanTask task : sorted) {
            files.add(new PlannedFile(files.size(), task.file().copyWithStats(withBounds), task.deletes()));
            bytes += weight(files.getLast());
        }
        return new SnapshotPlan(files, Map.of(), bytes);
    }

    private SnapshotPlan withoutDeletes(TableState table, Snapshot snapshot, Key key) {
        Map<String, List<DataFile>> known = Optional.ofNullable(latest.get(key.tableUuid()))
                .map(plans::getIfPresent)
                .map(SnapshotPlan::byManifest)
                .orElse(Map.of());
        Optional<Map<String, List<DataFile>>> parsed;
        try {
            parsed = new ManifestParser(table, withBounds(table), maxFiles).parse(snapshot, known);
        } catch (RuntimeException e) {
            throw StorageErrors.ofMetadata(table.name(), snapshot.snapshotId(), e);
        }
        if (parsed.isEmpty()) {
            return SnapshotPlan.TOO_LARGE;
        }
        List<DataFile> sorted = parsed.get().values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(DataFile::location))
                .toList();
        List<PlannedFile> files = new ArrayList<>(sorted.size());
        long bytes = 2;
        for (DataFile file : sorted) {
            files.add(new PlannedFile(files.size(), file, List.of()));
            bytes += weight(files.getLast());
        }
        return new SnapshotPlan(files, parsed.get(), bytes);
    }

    private static long weight(PlannedFile planned) {
        return BYTES_PER_FILE
                + BYTES_PER_BOUND * size(planned.file().lowerBounds())
                + BYTES_PER_DELETE * planned.deletes().size();
    }

    private static int size(@Nullable Map<?, ?> map) {
        return map == null ? 0 : map.size();
    }
}
