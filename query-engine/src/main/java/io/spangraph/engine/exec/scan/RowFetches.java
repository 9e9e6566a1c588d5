package io.spangraph.engine.exec.scan;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.engine.spi.ScanSource;
import io.spangraph.engine.spi.TableSnapshot;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Reads base columns of rows by their references, for all operators of one part of a plan.
 *
 * <p>Concurrency: several threads may read, and any may close, which ends all reads.
 */
public final class RowFetches implements StorageReads {
    private final ScanSource source;
    private final TableSnapshot snapshot;
    private final Pin pin;
    private final List<String> columns;
    private final ScanMonitor monitor;
    private final Set<BatchCursor> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public RowFetches(ScanSource source, TableSnapshot snapshot, Pin pin, List<String> columns, ScanMonitor monitor) {
        this.source = source;
        this.snapshot = snapshot;
        this.pin = pin;
        this.columns = List.copyOf(columns);
        this.monitor = monitor;
    }

    Pin pin() {
        return pin;
    }

    /** Gives the rows of these references in their order, batch by batch. */
    void read(long[] references, Consumer<RowBatch> rows) {
        monitor.cancellation().poll();
        long read = 0;
        try (BatchCursor cursor = source.fetch(snapshot, pin, references, columns, monitor)) {
            open.add(cursor);
            try {
                while (!closed && cursor.advance()) {
                    monitor.cancellation().poll();
                    rows.accept(cursor.batch());
                    read += cursor.batch().rowCount();
                }
            } finally {
                open.remove(cursor);
            }
        }
        monitor.cancellation().poll();
        if (read != references.length) {
            throw QueryException.of(
                    QueryErrorCode.INTERNAL,
                    "Of " + references.length + " rows of table '"
                            + snapshot.table().shortName() + "' only " + read + " were read again.");
        }
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(BatchCursor::close);
    }
}
