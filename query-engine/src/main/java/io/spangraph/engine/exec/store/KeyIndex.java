package io.spangraph.engine.exec.store;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers the different keys of one or more columns from 0, in the order in which they first come. Grouping, DISTINCT and
 * look-ups by key work with these numbers, so that texts are hashed once per dictionary entry and nothing is boxed.
 *
 * <p>Two keys are one when their values are equivalent, column by column: null is equivalent to null here.
 */
public final class KeyIndex {
    /** What {@link #find} gives for a key that was never added. */
    public static final int ABSENT = LongTable.ABSENT;

    private final ColumnCodes[] columns;
    /** The table at i numbers pairs: of the key's number up to column i, and the value's number in column i + 1. */
    private final LongTable[] pairs;

    /**
     * An empty index.
     *
     * @param width columns of a key; with 0 there is one key only. Columns of few values are best put first
     */
    public KeyIndex(int width, HeldMemory memory) {
        columns = new ColumnCodes[width];
        Arrays.setAll(columns, column -> new ColumnCodes(memory));
        pairs = new LongTable[Math.max(0, width - 1)];
        Arrays.setAll(pairs, column -> new LongTable(memory));
    }

    /** How many different keys were added. */
    public int size() {
        return switch (columns.length) {
            case 0 -> 1;
            case 1 -> columns[0].size();
            default -> pairs[pairs.length - 1].size();
        };
    }

    /**
     * The numbers of these keys; keys that were not there before get the next numbers, in the order of the positions.
     *
     * @param key the key's columns, all of one length
     * @param positions rows of the columns
     */
    public int[] add(List<Vector> key, int[] positions) {
        return numbers(key, positions, true);
    }

    /**
     * As {@link #add(List, int[])}, for the rows of a batch.
     *
     * @param into the numbers; at least as long as the batch has rows
     */
    public void add(List<Vector> key, RowBatch rows, int[] into) {
        int[] numbers = numbers(key, rows.selectedRows(), true);
        System.arraycopy(numbers, 0, into, 0, numbers.length);
    }

    /** The numbers of these keys, or {@link #ABSENT}. */
    public int[] find(List<Vector> key, int[] positions) {
        return numbers(key, positions, false);
    }

    private int[] numbers(List<Vector> key, int[] positions, boolean add) {
        if (key.size() != columns.length) {
            throw new IllegalArgumentException("a key of " + key.size() + " columns, not of " + columns.length);
        }
        if (columns.length == 0) {
            return new int[positions.length];
        }
        int[] numbers = columns[0].codes(key.get(0), positions, add);
        for (int column = 1; column < columns.length; column++) {
            int[] codes = columns[column].codes(key.get(column), positions, add);
            LongTable table = pairs[column - 1];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = paired(table, numbers[i], codes[i], add);
            }
        }
        return numbers;
    }

    private static int paired(LongTable table, int left, int right, boolean add) {
        if (left == ABSENT || right == ABSENT) {
            return ABSENT;
        }
        long pair = ((long) left << Integer.SIZE) | right;
        return add ? table.findOrAdd(pair, table.size()) : table.find(pair);
    }
}
