package io.spangraph.iceberg.read;

import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.iceberg.cache.ScanCache;
import io.spangraph.iceberg.plan.Condition;
import io.spangraph.iceberg.plan.Conjunct;
import io.spangraph.iceberg.plan.IcebergScanPlan;
import io.spangraph.iceberg.plan.IcebergScanPlan.FileToRead;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/** Reads the files of a plan one after the other. */
public final class ScanCursor extends ReadingCursor {
    private final IcebergScanPlan plan;
    private final FileReader reader;
    private final ScanCache cache;
    private final Iterator<FileToRead> files;

    public ScanCursor(IcebergScanPlan plan, FileReader reader, ScanCache cache, ScanMonitor monitor) {
        super(plan.table().io(), monitor);
        this.plan = plan;
        this.reader = reader;
        this.cache = cache;
        this.files = plan.files().iterator();
        monitor.filesSkipped(plan.estimate().filesSkipped(), plan.estimate().bytesSkipped());
    }

    @Override
    Optional<RowBatch> nextBatch() {
        Optional<RowBatch> next = nextOfFile();
        while (next.isEmpty() && files.hasNext()) {
            read(reader, scanOf(files.next()));
            next = nextOfFile();
        }
        return next;
    }

    private FileScan scanOf(FileToRead next) {
        List<Condition> conditions =
                next.unproven().stream().map(Conjunct::condition).toList();
        return new FileScan(
                plan.table(),
                next.file(),
                plan.columns(),
                plan.request().rowReferences(),
                new Condition.And(conditions),
                skipping(next),
                Optional.empty(),
                io(),
                cache,
                monitor());
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

    /** What a LIMIT left unread was skipped. */
    @Override
    void abandonRest() {
        while (files.hasNext()) {
            monitor().filesSkipped(1, files.next().file().file().fileSizeInBytes());
        }
    }
}
