package io.spangraph.engine.exec.scope;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The edges of one kind among the rows of a block: which rows have the key that a row names as its parent's. A hop is then
 * a look-up in an array instead of a search by key.
 *
 * <p>Concurrency: safe for use by many threads.
 */
public final class Links {
    /** The row names no parent, or has no scope. */
    public static final int NONE = -1;

    /** The row names a key that no row of its scope has in this block. */
    public static final int ABSENT = -2;

    /** By row: its first parent, {@link #NONE} or {@link #ABSENT}. */
    private final int[] first;

    private final Optional<Repeated> repeated;
    private @Nullable Children children;
    private @Nullable Boolean forest;

    /**
     * The parents of each row where keys repeat.
     *
     * @param starts by row where its parents begin; one more than there are rows
     * @param keyRows by row the first row with the same key
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Repeated(int[] starts, int[] parents, int[] keyRows) {}

    private Links(int[] first, Optional<Repeated> repeated) {
        this.first = first;
        this.repeated = repeated;
    }

    /** Links of rows that have one parent at most. */
    static Links ofSingle(int[] parents) {
        return new Links(parents, Optional.empty());
    }

    /** @param sameKey by row the next row with the same key, or {@link #NONE}; a row's first parent begins such a chain */
    static Links ofChains(int[] first, int[] sameKey) {
        int[] starts = new int[first.length + 1];
        for (int row = 0; row < first.length; row++) {
            int count = 0;
            for (int parent = first[row]; parent >= 0; parent = sameKey[parent]) {
                count++;
            }
            starts[row + 1] = Math.addExact(starts[row], count);
        }
        int[] parents = new int[starts[first.length]];
        int at = 0;
        for (int row = 0; row < first.length; row++) {
            for (int parent = first[row]; parent >= 0; parent = sameKey[parent]) {
                parents[at++] = parent;
            }
        }
        return new Links(first, Optional.of(new Repeated(starts, parents, keyRows(sameKey))));
    }

    private static int[] keyRows(int[] sameKey) {
        int[] keyRows = new int[sameKey.length];
        Arrays.fill(keyRows, NONE);
        for (int row = 0; row < keyRows.length; row++) {
            for (int same = row; same >= 0 && keyRows[same] == NONE; same = sameKey[same]) {
                keyRows[same] = row;
            }
        }
        return keyRows;
    }

    /** Rows of the block. */
    public int rows() {
        return first.length;
    }

    /** Whether no row has more than one parent: the first is then the only one. */
    public boolean isSingle() {
        return repeated.isEmpty();
    }

    /** The first of a row's parents in the order of the rows, {@link #NONE} or {@link #ABSENT}. */
    public int parent(int row) {
        return first[row];
    }

    /** By row what {@link #parent(int)} tells. Not to be changed. */
    public int[] firstParents() {
        return first;
    }

    /** How many rows have the key that the row names. */
    public int parentCount(int row) {
        if (repeated.isPresent()) {
            int[] starts = repeated.get().starts();
            return starts[row + 1] - starts[row];
        }
        return first[row] < 0 ? 0 : 1;
    }

    /** One of the row's parents, which come in the order of the rows. */
    public int parent(int row, int which) {
        if (repeated.isPresent()) {
            return repeated.get().parents()[repeated.get().starts()[row] + which];
        }
        return first[row];
    }

    /** The first row with the same key as this one. */
    int keyRow(int row) {
        return repeated.isPresent() ? repeated.get().keyRows()[row] : row;
    }

    /** Whether no row has more than one parent, and none is its own ancestor. */
    synchronized boolean isForest() {
        if (forest == null) {
            forest = isSingle() && (leadBack() || !hasCycle());
        }
        return forest;
    }

    /** Parents stand before their children in most tables. */
    private boolean leadBack() {
        boolean back = true;
        for (int row = 0; row < first.length; row++) {
            back &= first[row] < row;
        }
        return back;
    }

    private boolean hasCycle() {
        int[] seenFrom = new int[first.length];
        for (int start = 0; start < first.length; start++) {
            int row = start;
            for (; row >= 0 && seenFrom[row] == 0; row = first[row]) {
                seenFrom[row] = start + 1;
            }
            if (row >= 0 && seenFrom[row] == start + 1) {
                return true;
            }
        }
        return false;
    }

    /** How many pairs of child and parent there are. */
    public int edges() {
        if (repeated.isPresent()) {
            return repeated.get().parents().length;
        }
        int edges = 0;
        for (int parent : first) {
            edges += parent >= 0 ? 1 : 0;
        }
        return edges;
    }

    /** The same edges from the parents' side, made at the first call. */
    public synchronized Children children() {
        if (children == null) {
            children = Children.of(this);
        }
        return children;
    }

    /** What holding these links costs; the children come on top once they were asked for. */
    public long heapBytes() {
        long bytes = 4L * first.length;
        if (repeated.isPresent()) {
            bytes += 4L * (repeated.get().starts().length + repeated.get().parents().length + first.length);
        }
        return bytes;
    }

    /**
     * The children of each row, in the order of the rows.
     *
     * @param starts by row where its children begin; one more than there are rows
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Children(int[] starts, int[] rows) {
        private static Children of(Links links) {
            int[] starts = new int[links.rows() + 1];
            for (int row = 0; row < links.rows(); row++) {
                for (int i = 0; i < links.parentCount(row); i++) {
                    starts[links.parent(row, i) + 1]++;
                }
            }
            for (int row = 0; row < links.rows(); row++) {
                starts[row + 1] += starts[row];
            }
            int[] next = starts.clone();
            int[] children = new int[starts[links.rows()]];
            for (int row = 0; row < links.rows(); row++) {
                for (int i = 0; i < links.parentCount(row); i++) {
                    children[next[links.parent(row, i)]++] = row;
                }
            }
            return new Children(starts, children);
        }

        public int count(int row) {
            return starts[row + 1] - starts[row];
        }

        public int child(int row, int which) {
            return rows[starts[row] + which];
        }

        public long heapBytes() {
            return 4L * (starts.length + rows.length);
        }
    }
}
