package io.spangraph.iceberg.read;

import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.RuntimeKeys.WantedRows;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.engine.spi.ScanParts;
import io.spangraph.iceberg.cache.ScanCache;
import io.spangraph.iceberg.plan.Condition;
import io.spangraph.iceberg.plan.Conjunct;
import io.spangraph.iceberg.plan.FileOrder;
import io.spangraph.iceberg.plan.IcebergScanPlan;
import io.spangraph.iceberg.plan.IcebergScanPlan.FileToRead;
import io.spangraph.iceberg.read.columns.ColumnTests;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/** Hands out the parts of a plan's files. They share one view of storage, so that closing the scan ends all reads. */
public final class ScanFiles implements ScanParts {
    private final IcebergScanPlan plan;
    private final FileReader reader;
    private final ScanCache cache;
    private final ScanMonitor monitor;
    private final CountingFileIO io;
    private final ColumnTests tests = new ColumnTests();
    private final Set<Part> open = ConcurrentHashMap.newKeySet();
    private final Optional<FileOrder> order;
    private final Optional<WantedRows> rows;
    private final Iterator<FileToRead> files;
    private Iterator<FilePart> parts = Collections.emptyIterator();

    /** @param keys by whose columns the plan was narrowed already */
    public ScanFiles(IcebergScanPlan plan, RuntimeKeys keys, FileReader reader, ScanCache cache, ScanMonitor monitor) {
        this.plan = plan;
        this.reader = reader;
        this.cache = cache;
        this.monitor = monitor;
        this.io = new CountingFileIO(plan.table().io(), monitor);
        this.order = keys.first().flatMap(wanted -> FileOrder.of(plan, wanted));
        this.rows = keys.rows();
        this.files = order.map(known -> known.sorted(plan.files()))
                .orElse(plan.files())
                .iterator();
        if (rows.isEmpty()) {
            // Else the scan that gave the references has counted them.
            monitor.filesSkipped(plan.estimate().filesSkipped(), plan.estimate().bytesSkipped());
        }
    }

    @Override
    public synchronized Optional<BatchCursor> next() {
        ReadingCursor.requireOpen(io, monitor);
        while (!parts.hasNext()) {
            if (!files.hasNext()) {
                return Optional.empty();
            }
            FileToRead file = files.next();
            Optional<long[]> positions =
                    rows.map(wanted -> wanted.positionsIn(file.file().ordinal()));
            if (positions.map(some -> some.length == 0).orElse(false)) {
                continue;
            }
            if (order.map(known -> known.isBehind(file)).orElse(false)) {
                monitor.filesSkipped(1, file.file().file().fileSizeInBytes());
            } else {
                monitor.fileRead();
                parts = reader.parts(scanOf(file, positions)).iterator();
            }
        }
        Part part = new Part(parts.next());
        open.add(part);
        return Optional.of(part);
    }

    private FileScan scanOf(FileToRead next, Optional<long[]> positions) {
        List<Condition> conditions =
                next.unproven().stream().map(Conjunct::condition).toList();
        return new FileScan(
                plan.table(),
                next.file(),
                plan.columns(),
                plan.request().rowReferences(),
                new Condition.And(conditions),
                tests,
                skipping(next),
                positions,
                io,
                cache,
                monitor);
    }

    /**
     * What parts of the file may be skipped by. A file may leave out the columns that its partition is made of, and would
     * then be taken to hold nulls there.
     */
    private Expression skipping(FileToRead next) {
        int specId = next.file().file().specId();
        Set<Integer> constant = plan.table().metadata().spec(specId).identitySourceIds();
        return next.unproven().stream()
                .filter(conjunct ->
                        conjunct.columns().stream().noneMatch(column -> constant.contains(column.fieldId())))
                .map(Conjunct::pruning)
                .reduce(Expressions.alwaysTrue(), Expressions::and);
    }

    /** Ends all reads. What a LIMIT left unread was skipped. */
    @Override
    public void close() {
        io.stop();
        open.forEach(Part::releaseIfIdle);
        abandonRest();
    }

    private synchronized void abandonRest() {
        while (parts.hasNext()) {
            parts.next();
            monitor.rowGroups(0, 1);
        }
        while (files.hasNext()) {
            monitor.filesSkipped(1, files.next().file().file().fileSizeInBytes());
        }
    }

    /** The batches of one part. */
    private final class Part extends ReadingCursor {
        private final FilePart part;
        private boolean started;

        Part(FilePart part) {
            super(ScanFiles.this.io, ScanFiles.this.monitor);
            this.part = part;
        }

        @Override
        Optional<RowBatch> nextBatch() {
            if (!started) {
                started = true;
                read(part.open());
            }
            return nextOfFile();
        }

        @Override
        public void close() {
            releaseIfIdle();
            open.remove(this);
        }
    }
}
