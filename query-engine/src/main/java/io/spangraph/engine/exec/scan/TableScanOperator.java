package io.spangraph.engine.exec.scan;

import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import java.util.List;
import java.util.Optional;

/**
 * Reads a source. The tenant pin is enforced here, on every row and before anything else looks at it, whatever the source
 * promised: there is no other way for a row to enter a query.
 *
 * <p>Several of these may read the parts of one scan. Closing it from another thread ends the scan for all of them.
 */
public final class TableScanOperator implements PartReader {
    private final BoundScan scan;
    private final SharedScan shared;
    private final Reading reading;
    private final ScanRows rows;
    private Optional<SharedScan.Part> part = Optional.empty();
    private RowBatch batch = RowBatch.of(List.of(), 0);

    /** How an operator goes through the parts of a scan. */
    public enum Reading {
        /** It reads all of them, and closes the scan. */
        ALONE,
        /** It reads those that others leave. */
        BESIDE_OTHERS,
        /** Likewise, but its rows end with each part and go on after {@link #nextPart()}. */
        PART_BY_PART
    }

    public TableScanOperator(BoundScan scan, SharedScan shared, Reading reading) {
        this.scan = scan;
        this.shared = shared;
        this.reading = reading;
        this.rows = new ScanRows(scan);
    }

    @Override
    public RowLayout layout() {
        return scan.layout();
    }

    @Override
    public boolean advance() {
        do {
            while (part.isPresent() && part.get().rows().advance()) {
                scan.monitor().cancellation().poll();
                RowBatch counted = rows.counted(rows.owned(part.get().rows().batch()));
                if (counted.rowCount() > 0) {
                    batch = rows.wanted(counted);
                    if (batch.rowCount() > 0) {
                        return true;
                    }
                }
            }
        } while (reading != Reading.PART_BY_PART && nextPart());
        return false;
    }

    @Override
    public boolean nextPart() {
        scan.monitor().cancellation().poll();
        closePart();
        part = shared.next();
        return part.isPresent();
    }

    @Override
    public long part() {
        return part.map(SharedScan.Part::ordinal).orElse(-1L);
    }

    private void closePart() {
        part.ifPresent(read -> read.rows().close());
        part = Optional.empty();
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public void close() {
        closePart();
        if (reading == Reading.ALONE) {
            shared.close();
        }
    }
}
