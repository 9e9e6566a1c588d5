package io.spangraph.acceptance;

import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.MetadataAnswer;
import io.spangraph.engine.spi.MetadataQuestion;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.engine.spi.ScanParts;
import io.spangraph.engine.spi.ScanPlan;
import io.spangraph.engine.spi.ScanRequest;
import io.spangraph.engine.spi.ScanSource;
import io.spangraph.engine.spi.SnapshotSelector;
import io.spangraph.engine.spi.SnapshotSet;
import io.spangraph.engine.spi.TableSnapshot;
import io.spangraph.model.table.TableName;
import io.spangraph.model.table.TableSchema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the scans that are opened on a source, so that a test can say how many files a scan may read. */
final class CountingSource implements ScanSource {
    private final ScanSource source;
    private final AtomicInteger opened = new AtomicInteger();

    CountingSource(ScanSource source) {
        this.source = source;
    }

    int scansOpened() {
        return opened.get();
    }

    @Override
    public SnapshotSet pin(Set<TableName> tables, SnapshotSelector selector) {
        return source.pin(tables, selector);
    }

    @Override
    public Optional<TableSchema> table(TableSnapshot snapshot) {
        return source.table(snapshot);
    }

    @Override
    public ScanPlan plan(ScanRequest request) {
        return source.plan(request);
    }

    @Override
    public MetadataAnswer metadata(ScanPlan plan, MetadataQuestion question) {
        return source.metadata(plan, question);
    }

    @Override
    public ScanParts parts(ScanPlan plan, RuntimeKeys keys, ScanMonitor monitor) {
        opened.incrementAndGet();
        return source.parts(plan, keys, monitor);
    }

    @Override
    public BatchCursor fetch(
            TableSnapshot snapshot, Pin pin, long[] rowReferences, List<String> columns, ScanMonitor monitor) {
        return source.fetch(snapshot, pin, rowReferences, columns, monitor);
    }

    @Override
    public Optional<TableSchema> table(TableName name) {
        return source.table(name);
    }

    @Override
    public List<String> neighbours(TableName name) {
        return source.neighbours(name);
    }

    @Override
    public void close() {
        source.close();
    }
}
