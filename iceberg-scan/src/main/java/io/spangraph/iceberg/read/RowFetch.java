package io.spangraph.iceberg.read;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.spi.RowReference;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.iceberg.cache.ScanCache;
import io.spangraph.iceberg.plan.FetchPlan;
import io.spangraph.iceberg.plan.PlannedFile;
import io.spangraph.iceberg.read.columns.ColumnTests;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.expressions.Expressions;

/**
 * Reads rows by their references: each file once, in the order of its rows, and then gives the rows in the order in which
 * they were asked for. It holds all of them meanwhile, so callers ask for as many as they can hold.
 */
public final class RowFetch extends ReadingCursor {
    private final FetchPlan plan;
    private final FileReader reader;
    private final ScanCache cache;
    private final ColumnTests tests = new ColumnTests();
    private final long[] wanted;
    /** The references without repetitions, in ascending order; where each row lies stands in the two arrays beside. */
    private final long[] sorted;

    private final int[] batchOf;
    private final int[] rowOf;
    private final List<RowBatch> batches = new ArrayList<>();
    private boolean read;
    private int given;

    public RowFetch(FetchPlan plan, long[] rowReferences, FileReader reader, ScanCache cache, ScanMonitor monitor) {
        super(new CountingFileIO(plan.table().io(), monitor), monitor);
        this.plan = plan;
        this.reader = reader;
        this.cache = cache;
        this.wanted = rowReferences.clone();
        this.sorted = Arrays.stream(wanted).sorted().distinct().toArray();
        this.batchOf = new int[sorted.length];
        this.rowOf = new int[sorted.length];
        Arrays.fill(batchOf, -1);
    }

    @Override
    Optional<RowBatch> nextBatch() {
        if (!read) {
            readAll();
            read = true;
        }
        if (given == wanted.length) {
            return Optional.empty();
        }
        int rows = Math.min(RowBatch.TARGET_ROWS, wanted.length - given);
        RowBatch next = gather(given, rows);
        given += rows;
        return Optional.of(next);
    }

    private void readAll() {
        int from = 0;
        while (from < sorted.length) {
            int file = RowReference.fileOrdinal(sorted[from]);
            int to = from;
            while (to < sorted.length && RowReference.fileOrdinal(sorted[to]) == file) {
                to++;
            }
            readFile(plan.file(file), from, to);
            from = to;
        }
        for (int i = 0; i < sorted.length; i++) {
            if (batchOf[i] < 0) {
                throw QueryException.of(
                        QueryErrorCode.INTERNAL,
                        "Row " + RowReference.position(sorted[i]) + " of file "
                                + RowReference.fileOrdinal(sorted[i]) + " of table '"
                                + plan.table().name() + "' is not one that this query may read.");
            }
        }
    }

    private void readFile(PlannedFile file, int from, int to) {
        long[] positions =
                Arrays.stream(sorted, from, to).map(RowReference::position).toArray();
        // The pin is checked on each row; to skip by it would only cost, as these rows were found under it.
        FileScan scan = new FileScan(
                plan.table(),
                file,
                plan.columns(),
                true,
                plan.pin(),
                tests,
                Expressions.alwaysTrue(),
                Optional.of(positions),
                io(),
                cache,
                monitor());
        monitor().fileRead();
        read(reader.open(scan));
        for (Optional<RowBatch> next = nextOfFile(); next.isPresent(); next = nextOfFile()) {
            remember(next.get());
        }
    }

    private void remember(RowBatch batch) {
        Vector references = batch.column(plan.columns().size());
        if (!(references instanceof Vector.LongVector longs)) {
            throw new IllegalStateException("row references are longs");
        }
        for (int row : batch.selectedRows()) {
            int at = Arrays.binarySearch(sorted, longs.values()[row]);
            batchOf[at] = batches.size();
            rowOf[at] = row;
        }
        batches.add(batch);
    }

    private RowBatch gather(int from, int rows) {
        int[] fromBatch = new int[rows];
        int[] fromRow = new int[rows];
        for (int i = 0; i < rows; i++) {
            int at = Arrays.binarySearch(sorted, wanted[from + i]);
            fromBatch[i] = batchOf[at];
            fromRow[i] = rowOf[at];
        }
        List<Vector> gathered = new ArrayList<>();
        for (int column = 0; column < plan.columns().size(); column++) {
            int position = column;
            List<Vector> parts =
                    batches.stream().map(batch -> batch.column(position)).toList();
            gathered.add(VectorGather.gather(parts, fromBatch, fromRow));
        }
        return RowBatch.of(gathered, rows);
    }

    @Override
    public void close() {
        io().stop();
        releaseIfIdle();
    }
}
