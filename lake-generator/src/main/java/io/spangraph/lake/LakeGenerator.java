package io.spangraph.lake;

import io.spangraph.lake.run.PayloadRenderer;
import io.spangraph.lake.run.RunSettings;
import io.spangraph.lake.run.TraceGenerator;
import io.spangraph.lake.run.TracePlanner;
import io.spangraph.lake.table.BucketFiles;
import io.spangraph.lake.table.LakeTables;
import io.spangraph.lake.table.TableSummary;
import io.spangraph.lake.table.TraceBuckets;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Writes a lake from a spec, bucket by bucket. Each trace is made from its own seed when its bucket is written, so
 * memory does not grow with the lake beyond a few bytes a trace, buckets can be written side by side, and the rows do
 * not depend on how many are.
 *
 * <p>Buckets are committed a quarter at a time. An older snapshot is therefore a smaller lake with whole traces, the
 * same ones in every table.
 */
public final class LakeGenerator {

    private static final int COMMITS = 4;
    private static final int MOST_WORKERS = 8;

    /** Row groups, pages and column buffers of the four files that a worker writes at once, with room for garbage. */
    private static final long HEAP_PER_WORKER = 224L << 20;

    private final LakeSpec spec;
    private final TraceBuckets buckets;
    private final SpanCount spanCount;
    private final LakeTables tables;

    private LakeGenerator(LakeSpec spec, TraceBuckets buckets, SpanCount spanCount, LakeTables tables) {
        this.spec = spec;
        this.buckets = buckets;
        this.spanCount = spanCount;
        this.tables = tables;
    }

    /**
     * Writes the lake and returns when it is complete. An interrupt of the calling thread stops the writing; the folder
     * then stays marked as unfinished and may be written again.
     */
    public static LakeReport generate(LakeSpec spec, ProgressListener listener) {
        SampleLake lake = new SampleLake(spec.directory());
        FileChannel writing = lake.begin();
        try (writing) {
            TracePlanner planner = new TracePlanner(spec.runSettings());
            TraceBuckets buckets = new TraceBuckets(planner, TraceBuckets.count(spec.spans()));
            List<TableSummary> summaries = write(spec, buckets, new SpanCount(spec.spans(), listener));
            lake.end(spec, summaries, planner.damagedTraces());
            return new LakeReport(
                    SampleLake.catalogFile(spec.directory()),
                    LakeTables.CATALOG_NAME,
                    summaries,
                    planner.damagedTraces());
        } catch (IOException e) {
            throw new LakeException("Cannot release " + spec.directory() + ": " + e.getMessage(), e);
        }
    }

    private static List<TableSummary> write(LakeSpec spec, TraceBuckets buckets, SpanCount spanCount) {
        try (LakeTables tables = LakeTables.create(
                SampleLake.catalogFile(spec.directory()),
                SampleLake.warehouse(spec.directory()),
                buckets.count(),
                spec.rowGroupBytes())) {
            tables.writeOwners(spec.tenants());
            new LakeGenerator(spec, buckets, spanCount, tables).writeBuckets();
            return tables.summaries();
        } catch (LakeException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failure(spec, e);
        }
    }

    private void writeBuckets() {
        ExecutorService workers = Executors.newFixedThreadPool(
                workerCount(),
                Thread.ofPlatform().name("lake-writer-", 0).daemon().factory());
        try {
            List<Future<BucketFiles>> written = IntStream.range(0, buckets.count())
                    .mapToObj(bucket -> workers.submit(() -> writeBucket(bucket)))
                    .toList();
            List<BucketFiles> uncommitted = new ArrayList<>();
            for (int bucket = 0; bucket < buckets.count(); bucket++) {
                uncommitted.add(written.get(bucket).get());
                if ((bucket + 1) % (buckets.count() / COMMITS) == 0) {
                    tables.commit(uncommitted);
                    uncommitted.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LakeException("The writing of " + spec.directory() + " was interrupted.", e);
        } catch (ExecutionException e) {
            throw failure(spec, e);
        } finally {
            // Waits: no file may be written once the folder is released.
            workers.shutdownNow();
            workers.close();
        }
    }

    private BucketFiles writeBucket(int bucket) {
        RunSettings settings = spec.runSettings();
        return tables.writeBucket(
                bucket,
                buckets.plans(bucket),
                new TraceGenerator(settings),
                new PayloadRenderer(settings.seed()),
                spans -> {
                    if (Thread.currentThread().isInterrupted()) {
                        throw new CancellationException("The writing of a lake was stopped");
                    }
                    spanCount.add(spans);
                });
    }

    private static int workerCount() {
        Runtime machine = Runtime.getRuntime();
        long byMemory = machine.maxMemory() / HEAP_PER_WORKER;
        return Math.clamp(byMemory, 1, Math.min(machine.availableProcessors(), MOST_WORKERS));
    }

    private static LakeException failure(LakeSpec spec, Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new LakeException("Cannot write a lake to " + spec.directory() + ": " + root.getMessage(), cause);
    }
}
