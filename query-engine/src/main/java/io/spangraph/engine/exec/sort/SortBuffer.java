package io.spangraph.engine.exec.sort;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.store.RowOrder;
import io.spangraph.engine.exec.store.RowSort;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows that are to be sorted, with their keys as further columns. */
final class SortBuffer implements AutoCloseable {
    private static final long BYTES_TO_SORT_A_ROW = 2 * Integer.BYTES;

    private final int width;
    private final List<SortSpec> specs;
    private final QueryContext context;
    private final String operator;
    private HeldMemory memory;
    private RowStore rows;

    SortBuffer(int width, List<SortSpec> specs, QueryContext context, String operator) {
        this.width = width;
        this.specs = List.copyOf(specs);
        this.context = context;
        this.operator = operator;
        this.memory = new HeldMemory(context.memory(), operator);
        this.rows = new RowStore(width + specs.size(), memory);
    }

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

    /** The numbers of all rows in their order; rows of equal keys stay as they came. */
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
        HeldMemory newMemory = new HeldMemory(context.memory(), operator);
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

    @Override
    public void close() {
        memory.close();
    }
}
