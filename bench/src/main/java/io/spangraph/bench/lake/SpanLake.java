package io.spangraph.bench.lake;

import io.spangraph.iceberg.catalog.LocalFileIO;
import io.spangraph.lake.ProgressListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;

/**
 * A folder with the tables of one size. A table is written file by file and committed when it has all of them; after a
 * kill the files that are whole stay, the one that was being written is written again.
 */
public final class SpanLake implements AutoCloseable {
    /** What the tables of one size may take on disk, those of a scan together. */
    public static final long MOST_BYTES = 40L << 30;

    private static final String CATALOG_NAME = "lake";
    /** Row groups of 128 MiB with their encoders, before compression and with room for garbage. */
    private static final long HEAP_PER_WORKER = 768L << 20;

    private final Path directory;
    private final long spans;
    private final JdbcCatalog catalog;

    private SpanLake(Path directory, long spans, JdbcCatalog catalog) {
        this.directory = directory;
        this.spans = spans;
        this.catalog = catalog;
    }

    /** Opens the folder for tables of about {@code spans} rows below {@code data}; nothing is written yet. */
    public static SpanLake open(Path data, long spans) {
        Path directory = directory(data, spans);
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create " + directory, e);
        }
        JdbcCatalog catalog = new JdbcCatalog();
        catalog.initialize(
                CATALOG_NAME,
                Map.of(
                        CatalogProperties.URI,
                        "jdbc:sqlite:" + directory.resolve("catalog.db"),
                        CatalogProperties.WAREHOUSE_LOCATION,
                        directory.resolve("warehouse").toString(),
                        CatalogProperties.FILE_IO_IMPL,
                        LocalFileIO.class.getName(),
                        JdbcCatalog.PROPERTY_PREFIX + "schema-version",
                        "V1"));
        return new SpanLake(directory, spans, catalog);
    }

    /** Where the tables of a size are, or would be. */
    public static Path directory(Path data, long spans) {
        return data.resolve("spans-" + spans);
    }

    /** About how many rows each table has. */
    public long spans() {
        return spans;
    }

    public Path directory() {
        return directory;
    }

    public Table table(SpanLayout layout) {
        return catalog.loadTable(layout.identifier());
    }

    /** Whether a table has all of its rows. */
    public boolean holds(SpanLayout layout) {
        return catalog.tableExists(layout.identifier()) && table(layout).currentSnapshot() != null;
    }

    /** Whether the tables of traces, agents and tenants are there. */
    public boolean holdsTraces() {
        return new TraceTables(catalog).complete();
    }

    /** The tables of traces, agents and tenants; written if they are missing. */
    public void writeTraces(Consumer<String> notes) {
        TraceTables tables = new TraceTables(catalog);
        if (!tables.complete()) {
            notes.accept("Writing the tables of traces, agents and tenants to " + directory);
            tables.write(TraceHeads.of(spans));
        }
    }

    /** One of the tables of this lake by its name. */
    public Table table(String name) {
        return catalog.loadTable(TableIdentifier.of(SpanLayout.NAMESPACE, name));
    }

    /**
     * Writes those of the tables that are missing. Refuses sizes that would not fit, before the first byte.
     *
     * @param notes is told what is about to be written
     */
    public void write(Collection<SpanLayout> wanted, Consumer<String> notes, ProgressListener progress) {
        List<SpanLayout> missing =
                wanted.stream().distinct().filter(layout -> !holds(layout)).toList();
        if (missing.isEmpty()) {
            return;
        }
        try (FileChannel marker = FileChannel.open(
                        directory.resolve("writing.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = marker.lock()) {
            List<SpanLayout> stillMissing =
                    missing.stream().filter(layout -> !holds(layout)).toList();
            if (lock.isValid() && !stillMissing.isEmpty()) {
                writeMissing(stillMissing, notes, progress);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to " + directory, e);
        }
    }

    private void writeMissing(List<SpanLayout> missing, Consumer<String> notes, ProgressListener progress)
            throws IOException {
        requireRoom(missing, notes);
        List<TraceHead> heads = TraceHeads.of(spans);
        long rows = heads.stream().mapToLong(TraceSpans::count).sum();
        AtomicLong done = new AtomicLong();
        Payloads payloads = new Payloads();
        for (SpanLayout layout : missing) {
            write(layout, SpanFile.plan(layout, heads), payloads, added -> {
                synchronized (done) {
                    progress.progressed(done.addAndGet(added), rows * missing.size());
                }
            });
        }
    }

    private void requireRoom(List<SpanLayout> missing, Consumer<String> notes) throws IOException {
        long perSpan = Math.max(bytesPerSpan(SpanLayout.SCANNED), bytesPerSpan(missing));
        if (spans * perSpan > MOST_BYTES) {
            throw new IllegalArgumentException("Tables of " + spans + " spans would take "
                    + (spans * perSpan >> 30) + " GiB; at most " + (MOST_BYTES >> 30)
                    + " GiB are taken. Ask for at most " + MOST_BYTES / perSpan + " spans.");
        }
        long needed = spans * bytesPerSpan(missing);
        long free = Files.getFileStore(directory).getUsableSpace();
        if (needed > free) {
            throw new IllegalArgumentException("The tables need " + (needed >> 20) + " MiB and " + directory + " has "
                    + (free >> 20) + " MiB left. Choose another folder with --data, or fewer --spans.");
        }
        notes.accept("Writing " + missing.size() + " tables of " + spans + " spans, about " + (needed >> 20)
                + " MiB, to " + directory);
    }

    private static long bytesPerSpan(List<SpanLayout> layouts) {
        return layouts.stream().mapToLong(SpanLayout::bytesPerSpan).sum();
    }

    private void write(SpanLayout layout, List<SpanFile> files, Payloads payloads, LongConsumer written) {
        Namespace namespace = Namespace.of(SpanLayout.NAMESPACE);
        if (!catalog.namespaceExists(namespace)) {
            catalog.createNamespace(namespace);
        }
        Table table = catalog.tableExists(layout.identifier()) ? table(layout) : create(layout);
        SpanFileWriter writer = new SpanFileWriter(table, payloads);
        long workers = Math.clamp(
                Runtime.getRuntime().maxMemory() / HEAP_PER_WORKER,
                1,
                Runtime.getRuntime().availableProcessors());
        try (ExecutorService pool = Executors.newFixedThreadPool((int) workers)) {
            List<Future<?>> running = new ArrayList<>();
            for (SpanFile file : files) {
                running.add(pool.submit(() -> {
                    if (writer.exists(file)) {
                        written.accept(file.traces().subList(file.from(), file.to()).stream()
                                .mapToLong(TraceSpans::count)
                                .sum());
                    } else {
                        writer.write(file, written);
                    }
                }));
            }
            await(running, pool);
        }
        AppendFiles append = table.newFastAppend();
        files.forEach(file -> append.appendFile(writer.dataFile(file)));
        append.commit();
    }

    private static void await(List<Future<?>> running, ExecutorService pool) {
        try {
            for (Future<?> file : running) {
                file.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            pool.shutdownNow();
            throw new IllegalStateException("The writing was interrupted.", e);
        } catch (ExecutionException e) {
            pool.shutdownNow();
            throw new IllegalStateException("Cannot write a table: " + e.getCause(), e);
        }
    }

    private Table create(SpanLayout layout) {
        return catalog.buildTable(layout.identifier(), SpanLayout.SCHEMA)
                .withPartitionSpec(layout.partitionSpec())
                .withSortOrder(layout.sortOrder())
                .withProperties(layout.properties())
                .create();
    }

    @Override
    public void close() {
        catalog.close();
    }
}
