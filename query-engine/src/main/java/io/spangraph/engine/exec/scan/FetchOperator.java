package io.spangraph.engine.exec.scan;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.Closing;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.store.Gather;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Adds columns to rows, which it reads by the references of the rows: some rows at a time, so that what is read stays
 * small however large the values are. A row without a reference has null in these columns.
 *
 * <p>It first waits for a few rows, then for more and more of them: rows of one page are read together, and a reader who
 * soon has enough causes little to be read.
 */
public final class FetchOperator implements Operator {
    private static final long TARGET_BYTES = 16L << 20;
    private static final int FIRST_ROWS = 64;
    private static final int GROWTH = 4;
    private static final int MIN_ROWS = 16;
    /** Before it is known how large a row is. */
    private static final int CAREFUL_ROWS = 512;

    private final Operator input;
    private final BoundFetch fetch;
    private final OwnedRows ownedRows;
    private final QueryContext context;
    private final HeldMemory waitingMemory;
    private final HeldMemory readMemory;
    private RowStore waiting;
    private int given;
    private int patience = FIRST_ROWS;
    private int most = CAREFUL_ROWS;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    public FetchOperator(Operator input, BoundFetch fetch, QueryContext context) {
        this.input = input;
        this.fetch = fetch;
        this.context = context;
        this.ownedRows = new OwnedRows(fetch.rows().pin(), fetch.owner());
        this.waitingMemory = new HeldMemory(context.memory(), "FetchColumns");
        this.readMemory = new HeldMemory(context.memory(), "FetchColumns");
        this.waiting = new RowStore(input.layout().width(), waitingMemory);
    }

    @Override
    public RowLayout layout() {
        return fetch.layout();
    }

    @Override
    public boolean advance() {
        context.cancellation().poll();
        batch = RowBatch.of(List.of(), 0);
        readMemory.close();
        if (given == waiting.rows() && !waitForRows()) {
            return false;
        }
        int[] rows =
                IntStream.range(given, Math.min(waiting.rows(), given + most)).toArray();
        given += rows.length;
        batch = complete(waiting.gather(rows));
        return true;
    }

    /** Takes up rows of the input; false at its end, or at that of a part of its scan, behind which there may be more. */
    private boolean waitForRows() {
        waitingMemory.close();
        waiting = new RowStore(input.layout().width(), waitingMemory);
        given = 0;
        int wanted = Math.min(patience, most);
        while (waiting.rows() < wanted && input.advance()) {
            context.cancellation().poll();
            waiting.append(input.batch());
        }
        patience = Math.min(patience * GROWTH, RowBatch.TARGET_ROWS);
        return waiting.rows() > 0;
    }

    private RowBatch complete(RowBatch rows) {
        Vector column = rows.column(fetch.reference());
        int[] places = new int[rows.rowCount()];
        long[] references = new long[rows.rowCount()];
        int known = 0;
        for (int row = 0; row < places.length; row++) {
            boolean has = !column.isNull(row);
            places[row] = has ? known : RowStore.NO_ROW;
            if (has) {
                references[known++] = reference(column, row);
            }
        }
        Fetched fetched = new Fetched();
        if (known > 0) {
            fetch.rows().read(Arrays.copyOf(references, known), fetched::add);
            most = Math.clamp(TARGET_BYTES / Math.max(1, fetched.bytes / known), MIN_ROWS, RowBatch.TARGET_ROWS);
        }
        List<Vector> columns = new ArrayList<>(rows.columns());
        columns.addAll(fetched.columns(places, known));
        return RowBatch.of(columns, places.length);
    }

    private static long reference(Vector references, int row) {
        if (references instanceof Vector.LongVector longs) {
            return longs.values()[row];
        }
        if (references.value(row) instanceof Value.IntegerValue(long reference)) {
            return reference;
        }
        throw new IllegalStateException("row references are longs");
    }

    /** The columns of the rows of one fetch. */
    private final class Fetched {
        private final List<List<Vector>> batches = new ArrayList<>();
        private long bytes;

        /** The pin is enforced here too: no row enters a query otherwise. */
        void add(RowBatch base) {
            if (ownedRows.of(base).rowCount() != base.rowCount()) {
                throw QueryException.of(QueryErrorCode.INTERNAL, "A row was fetched that this query may not read.");
            }
            List<Vector> made = new ArrayList<>(fetch.columns().size());
            for (BoundScan.ColumnMaker column : fetch.columns()) {
                made.add(column.make(base));
            }
            RowBatch rows = base.withColumns(made);
            bytes += rows.heapBytesAlone();
            readMemory.reserve(rows.heapBytesAlone());
            batches.add(rows.isWhole() ? made : compacted(rows));
        }

        private List<Vector> compacted(RowBatch rows) {
            return rows.columns().stream()
                    .map(column -> Gather.rows(column, rows.selectedRows()))
                    .toList();
        }

        List<Vector> columns(int[] places, int known) {
            if (batches.size() == 1 && known == places.length) {
                return batches.getFirst();
            }
            RowStore store = RowStore.ofUnlikeRows(fetch.columns().size(), readMemory);
            for (List<Vector> columns : batches) {
                store.append(
                        columns, IntStream.range(0, columns.getFirst().length()).toArray());
            }
            return store.gather(places).columns();
        }
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public void close() {
        Closing.all(input::close, waitingMemory::close, readMemory::close);
    }
}
