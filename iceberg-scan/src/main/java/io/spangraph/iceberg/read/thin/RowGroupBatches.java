package io.spangraph.iceberg.read.thin;

import io.spangraph.engine.row.RowBatch;
import io.spangraph.iceberg.catalog.StorageErrors;
import io.spangraph.iceberg.parquet.DecodeCounts;
import io.spangraph.iceberg.parquet.RowGroup;
import io.spangraph.iceberg.parquet.Scratch;
import io.spangraph.iceberg.read.FileBatches;
import io.spangraph.iceberg.read.FileScan;
import io.spangraph.iceberg.read.StorageRanges;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Row groups of a file, one after the other, by one thread. */
final class RowGroupBatches implements FileBatches {
    private final ThinFile file;
    private final Iterator<RowGroup> groups;
    private final StorageRanges storage;
    private final KeptParts parts;
    private final ScratchPool scratches;
    private final Scratch scratch;
    private final Optional<EqualityDeletes> deletedValues;
    private DecodeCounts counts = new DecodeCounts();
    private Optional<RowGroupReader> current = Optional.empty();
    private boolean closed;

    RowGroupBatches(ThinFile file, List<RowGroup> groups, StorageRanges storage, ScratchPool scratches) {
        this.file = file;
        this.groups = groups.iterator();
        this.storage = storage;
        this.parts = new KeptParts(file.scan());
        this.scratches = scratches;
        this.deletedValues = file.equalityDeletes();
        // Last: what fails before has nothing to give back.
        this.scratch = scratches.take();
    }

    @Override
    public Optional<RowBatch> next() {
        try {
            while (true) {
                if (current.isPresent()) {
                    Optional<RowBatch> batch = current.get().next();
                    if (batch.isPresent()) {
                        return batch;
                    }
                    endGroup();
                }
                if (!groups.hasNext()) {
                    return Optional.empty();
                }
                current = start(groups.next());
            }
        } catch (RuntimeException | StackOverflowError e) {
            FileScan scan = file.scan();
            throw StorageErrors.ofFile(scan.table().name(), scan.file().location(), e);
        }
    }

    private Optional<RowGroupReader> start(RowGroup group) {
        file.scan().io().poll();
        RowGroupColumns columns = new RowGroupColumns(file, group, storage, parts, scratch, counts);
        RowGroupPruning.Left left = new RowGroupPruning(columns).prune();
        if (left.rows().isEmpty()) {
            file.scan().monitor().rowGroups(0, 1);
            columns.close();
            return Optional.empty();
        }
        file.scan().monitor().rowGroups(1, 0);
        return Optional.of(new RowGroupReader(columns, left, deletedValues));
    }

    private void endGroup() {
        current.ifPresent(RowGroupReader::close);
        current = Optional.empty();
        file.scan().monitor().pages(counts.pagesRead(), counts.pagesSkipped());
        counts = new DecodeCounts();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        endGroup();
        while (groups.hasNext()) {
            groups.next();
            file.scan().monitor().rowGroups(0, 1);
        }
        scratches.give(scratch);
        storage.close();
    }
}
