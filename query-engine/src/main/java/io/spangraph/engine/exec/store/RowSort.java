package io.spangraph.engine.exec.store;

import io.spangraph.engine.context.Cancellation;

/** Sorts row numbers, which is stable: rows that compare equal keep their order. */
public final class RowSort {
    private static final int INSERTION_LIMIT = 16;
    private static final int POLL_MASK = 0xFFFF;

    private final RowOrder order;
    private final Cancellation cancellation;
    private final int[] rows;
    private final int[] spare;
    private int moves;

    private RowSort(int[] rows, RowOrder order, Cancellation cancellation) {
        this.rows = rows;
        this.spare = new int[rows.length];
        this.order = order;
        this.cancellation = cancellation;
    }

    /** Sorts the array in place; needs as much room again meanwhile. */
    public static void sort(int[] rows, RowOrder order, Cancellation cancellation) {
        new RowSort(rows, order, cancellation).sort(0, rows.length);
    }

    private void sort(int from, int to) {
        if (to - from <= INSERTION_LIMIT) {
            insertionSort(from, to);
            return;
        }
        int middle = (from + to) >>> 1;
        sort(from, middle);
        sort(middle, to);
        if (order.compare(rows[middle - 1], rows[middle]) > 0) {
            merge(from, middle, to);
        }
    }

    private void insertionSort(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            int row = rows[i];
            int hole = i;
            while (hole > from && order.compare(rows[hole - 1], row) > 0) {
                rows[hole] = rows[hole - 1];
                hole--;
            }
            rows[hole] = row;
        }
    }

    private void merge(int from, int middle, int to) {
        System.arraycopy(rows, from, spare, from, middle - from);
        int left = from;
        int right = middle;
        int target = from;
        while (left < middle && right < to) {
            if ((++moves & POLL_MASK) == 0) {
                cancellation.poll();
            }
            rows[target++] = order.compare(spare[left], rows[right]) <= 0 ? spare[left++] : rows[right++];
        }
        System.arraycopy(spare, left, rows, target, middle - left);
    }
}
