package io.spangraph.iceberg.plan;

import io.spangraph.iceberg.catalog.TableState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.util.Tasks;
import org.apache.iceberg.util.ThreadPools;

/**
 * Reads the manifests of a snapshot without deletes. A commit leaves most manifests as they are, so those that an earlier
 * snapshot shares are not read again.
 */
final class ManifestParser {
    private final TableState table;
    private final Set<Integer> withBounds;
    private final int maxFiles;

    ManifestParser(TableState table, Set<Integer> withBounds, int maxFiles) {
        this.table = table;
        this.withBounds = withBounds;
        this.maxFiles = maxFiles;
    }

    /** Whether the snapshot has delete files, which have to be matched to its data files. */
    static boolean hasDeletes(Snapshot snapshot, TableState table) {
        return snapshot.deleteManifests(table.io()).stream().anyMatch(ManifestParser::mayHoldFiles);
    }

    /**
     * The live files by manifest; empty when there are too many.
     *
     * @param known files of manifests that were read before
     */
    Optional<Map<String, List<DataFile>>> parse(Snapshot snapshot, Map<String, List<DataFile>> known) {
        List<ManifestFile> manifests = snapshot.dataManifests(table.io()).stream()
                .filter(ManifestParser::mayHoldFiles)
                .toList();
        Map<String, List<DataFile>> files = new ConcurrentHashMap<>();
        Tasks.foreach(manifests)
                .executeWith(ThreadPools.getWorkerPool())
                .stopOnFailure()
                .throwFailureWhenFinished()
                .run(manifest -> files.put(
                        manifest.path(),
                        Optional.ofNullable(known.get(manifest.path())).orElseGet(() -> read(manifest))));
        long count = files.values().stream().mapToLong(List::size).sum();
        return count > maxFiles ? Optional.empty() : Optional.of(files);
    }

    private List<DataFile> read(ManifestFile manifest) {
        List<DataFile> files = new ArrayList<>();
        try (ManifestReader<DataFile> reader =
                ManifestFiles.read(manifest, table.io(), table.metadata().specsById())) {
            for (DataFile file : reader) {
                files.add(file.copyWithStats(withBounds));
                if (files.size() > maxFiles) {
                    break;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(files);
    }

    /** Writers that do not count leave it open. */
    private static boolean mayHoldFiles(ManifestFile manifest) {
        return manifest.hasAddedFiles() || manifest.hasExistingFiles();
    }
}
