package io.spangraph.lake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spangraph.lake.run.Damage;
import io.spangraph.lake.table.LakeTables;
import io.spangraph.lake.table.TableSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder that holds a lake, is to hold one, or holds the remains of one. A file marks the writing from its first to
 * its last moment, so that half a lake is never taken for a whole one; a second file describes the finished lake.
 */
public final class SampleLake {

    private static final String CATALOG_FILE = "catalog.db";
    private static final String WAREHOUSE = "warehouse";
    private static final String UNFINISHED_FILE = "UNFINISHED";
    private static final String DESCRIPTION_FILE = "lake.json";

    private final Path directory;

    SampleLake(Path directory) {
        this.directory = directory;
    }

    /** Whether a folder holds a lake that was written to its end, with all of its tables. */
    public static boolean exists(Path directory) {
        SampleLake lake = new SampleLake(directory);
        return Files.exists(directory.resolve(DESCRIPTION_FILE))
                && Files.notExists(lake.unfinished())
                && Files.isRegularFile(catalogFile(directory))
                && LakeTables.names().stream()
                        .allMatch(table -> Files.isDirectory(warehouse(directory)
                                .resolve("silver")
                                .resolve(table)
                                .resolve("metadata")));
    }

    /** The SQLite file of the catalog of a lake. */
    public static Path catalogFile(Path directory) {
        return directory.resolve(CATALOG_FILE);
    }

    /** The folder below which the tables lie. */
    static Path warehouse(Path directory) {
        return directory.resolve(WAREHOUSE);
    }

    /**
     * Makes the folder ready to be written: new or empty folders are taken as they are, remains of an interrupted
     * writing are removed, anything else is refused. The writing lasts until the answer is closed.
     */
    FileChannel begin() {
        if (exists(directory)) {
            throw new LakeException(directory + " holds a lake already. Delete it or choose another folder.");
        }
        try {
            Files.createDirectories(directory);
            if (Files.notExists(unfinished()) && !isEmpty()) {
                throw new LakeException(
                        directory + " is not empty and holds no lake. Choose an empty or a new folder.");
            }
            FileChannel marker = FileChannel.open(unfinished(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock(marker);
            removeRemains();
            return marker;
        } catch (IOException e) {
            throw new LakeException("Cannot prepare " + directory + ": " + e, e);
        }
    }

    /** Declares the lake finished. */
    void end(LakeSpec spec, List<TableSummary> tables, Map<Damage, Integer> damagedTraces) {
        try {
            ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
            ObjectNode description = mapper.createObjectNode();
            description.put("layout", spec.layout().optionValue());
            description.put("spans", spec.spans());
            description.put("traces", spec.traces());
            description.putPOJO("tenants", spec.tenants());
            description.put("seed", spec.seed());
            description.put("until", spec.until().toString());
            description.put("payload-median", spec.payloadMedianBytes());
            description.put("payload-p99", spec.payloadP99Bytes());
            description.put("row-group-bytes", spec.rowGroupBytes());
            description.putPOJO("damaged-traces", new TreeMap<>(damagedTraces));
            description.putPOJO("tables", tables);
            Files.write(directory.resolve(DESCRIPTION_FILE), mapper.writeValueAsBytes(description));
            Files.delete(unfinished());
        } catch (IOException e) {
            throw new LakeException("Cannot finish " + directory + ": " + e, e);
        }
    }

    private Path unfinished() {
        return directory.resolve(UNFINISHED_FILE);
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }

    private void lock(FileChannel marker) throws IOException {
        boolean locked;
        try {
            locked = marker.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            locked = false;
        }
        if (!locked) {
            marker.close();
            throw new LakeException("Another process is writing a lake to " + directory + ".");
        }
    }

    private void removeRemains() throws IOException {
        for (Path remains : List.of(
                directory.resolve(DESCRIPTION_FILE),
                catalogFile(directory),
                directory.resolve(CATALOG_FILE + "-journal"),
                warehouse(directory))) {
            delete(remains);
        }
    }

    private static void delete(Path tree) throws IOException {
        if (Files.notExists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            paths.sorted((left, right) -> right.compareTo(left)).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
