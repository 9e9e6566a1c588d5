package io.spangraph.engine.exec.sort;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Closing;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.spill.SpillFile;
import io.spangraph.engine.exec.store.RowOrder;
import io.spangraph.engine.exec.store.RowSort;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows that are to be sorted, with their keys as further columns: those that came last in memory, and before them what had
 * to be put aside.
 */
final class SortBuffer implements AutoCloseable {
    private static final long BYTES_TO_SORT_A_ROW = 2 * Integer.BYTES;

    private final int width;
    private final List<SortSpec> specs;
    private final QueryContext context;
    private final String operator;
    private final SortedRuns runs;
    private HeldMemory memory;
    private RowStore rows;

    SortBuffer(int width, List<SortSpec> specs, QueryContext context, String operator) {
        this.width = width;
        this.specs = List.copyOf(specs);
        this.context = context;
        this.operator = operator;
        this.runs = new SortedRuns(width, specs, context, operator);
        this.memory = HeldMemory.ofSpilling(context, operator);
        this.rows = new RowStore(width + specs.size(), memory);
    }

    /** Rows in memory. */
    int size() {
        return rows.rows();
    }

    /** The keys of every row of the batch's vectors. */
    List<Vector> keys(RowBatch batch) {
        return specs.stream().map(spec -> spec.key().evaluate(batch)).toList();
    }

    void add(RowBatch batch, List<Vector> keys, int[] positions) {
        List<Vector> columns = new ArrayList<>(batch.columns());
        columns.addAll(keys);
        rows.append(columns, positions);
    }

    /** Whether rows have to be put aside before more are added. */
    boolean shouldSpill() {
        return rows.rows() > 0 && memory.shouldSpill();
    }

    /** The numbers of all rows in memory in their order; rows of equal keys stay as they came. */
    int[] sorted() {
        memory.reserve(BYTES_TO_SORT_A_ROW * rows.rows());
        int[] sorted = new int[rows.rows()];
        Arrays.setAll(sorted, row -> row);
        RowOrder order = (left, right) -> 0;
        for (int key = specs.size() - 1; key >= 0; key--) {
            RowOrder first = rows.order(width + key, specs.get(key).descending());
            order = key == specs.size() - 1 ? first : first.then(order);
        }
        RowSort.sort(sorted, order, context.cancellation());
        return sorted;
    }

    /** Forgets all but these rows, which get new numbers in the order in which they stand here. */
    void keep(int[] kept) {
        HeldMemory oldMemory = memory;
        HeldMemory newMemory = HeldMemory.ofSpilling(context, operator);
        RowStore fewer = new RowStore(width + specs.size(), newMemory);
        memory = newMemory;
        for (int from = 0; from < kept.length; from += RowBatch.TARGET_ROWS) {
            context.cancellation().poll();
            fewer.append(
                    rows.gather(Arrays.copyOfRange(kept, from, Math.min(kept.length, from + RowBatch.TARGET_ROWS))));
        }
        rows = fewer;
        oldMemory.close();
    }

    /** Puts these rows aside in this order, and forgets all that were in memory. */
    void spill(int[] order) {
        int rowsOfBlock = runs.rowsOfBlock(memory.held() / Math.max(1, rows.rows()));
        SpillFile run = runs.newRun();
        for (int from = 0; from < order.length; from += rowsOfBlock) {
            run.append(rows.gather(Arrays.copyOfRange(order, from, Math.min(order.length, from + rowsOfBlock))));
        }
        run.finish();
        rows = new RowStore(width + specs.size(), memory);
        memory.close();
        runs.added();
    }

    /**
     * All rows in their order.
     *
     * @param order of the rows in memory, as far as they are needed
     * @param skip rows that are left out, of all
     * @param needed rows up to which they are handed out, the skipped ones included
     */
    SortedRows finish(int[] order, long skip, long needed) {
        if (runs.isEmpty()) {
            int from = (int) Math.min(skip, order.length);
            int to = (int) Math.min(needed, order.length);
            return new HeldRows(this, Arrays.copyOfRange(order, from, to));
        }
        return new RowWindow(finishRuns(order), width, skip, needed);
    }

    boolean hasRuns() {
        return !runs.isEmpty();
    }

    /** All rows in their order with their keys behind them, of which some were put aside. */
    MergedRuns finishRuns(int[] order) {
        if (order.length > 0) {
            spill(order);
        }
        memory.close();
        return runs.merged();
    }

    /** The first key of a row. */
    Vector firstKey(int row) {
        return firstKeys(new int[] {row});
    }

    /** The first keys of these rows. */
    Vector firstKeys(int[] wanted) {
        return rows.gather(wanted, width);
    }

    /** These rows, without their keys. */
    RowBatch gather(int[] wanted) {
        List<Vector> columns = new ArrayList<>(width);
        for (int column = 0; column < width; column++) {
            columns.add(rows.gather(wanted, column));
        }
        return RowBatch.of(columns, wanted.length);
    }

    long spilledBytes() {
        return runs.spilledBytes();
    }

    @Override
    public void close() {
        Closing.all(runs::close, memory::close);
    }
}
