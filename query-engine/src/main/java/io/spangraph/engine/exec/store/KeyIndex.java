package io.spangraph.engine.exec.store;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.DictionaryVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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
    private final PairTable[] pairs;

    private int[] codes = new int[0];

    /**
     * An empty index.
     *
     * @param width columns of a key; with 0 there is one key only. Columns of few values are best put first
     */
    public KeyIndex(int width, HeldMemory memory) {
        this(width, Optional.empty(), memory);
    }

    private KeyIndex(int width, Optional<FreshEntries> freshEntries, HeldMemory memory) {
        columns = new ColumnCodes[width];
        Arrays.setAll(columns, column -> new ColumnCodes(memory, freshEntries));
        pairs = new PairTable[Math.max(0, width - 1)];
        Arrays.setAll(pairs, column -> new PairTable(memory));
    }

    /**
     * An index whose keys will all be added to another one. With one column, a text that stands in several large
     * dictionaries may have several numbers: that they are one key is found out when they are added there.
     */
    public static KeyIndex partial(int width, HeldMemory memory) {
        return new KeyIndex(width, width == 1 ? Optional.of(new FreshEntries(memory)) : Optional.empty(), memory);
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
        number(key, rows.selectedRows(), rows.isWhole(), true, into);
    }

    /** The rows that brought new keys when keys were added last, if that is known without a look at their numbers. */
    public Optional<int[]> newRows() {
        return columns.length == 1 ? columns[0].newRows() : Optional.empty();
    }

    /**
     * The numbers of a dictionary's entries as keys of an index of one column, by entry plus one: the first is that of null.
     *
     * @param occurrences how often each entry occurs, likewise by entry plus one; the number of others may be anything
     * @return empty if an entry that occurs was never added
     */
    public Optional<int[]> knownEntries(DictionaryVector key, int[] occurrences) {
        if (columns.length != 1) {
            throw new IllegalStateException("one column for keys of " + columns.length);
        }
        return columns[0].knownEntries(key, occurrences);
    }

    /** Makes room for the texts of other indexes of one column, if there is memory for it. */
    public void expect(List<KeyIndex> others) {
        if (columns.length == 1) {
            columns[0].expect(others.stream().map(other -> other.columns[0]).toList());
        }
    }

    /** The numbers of these keys, or {@link #ABSENT}. */
    public int[] find(List<Vector> key, int[] positions) {
        return numbers(key, positions, false);
    }

    private int[] numbers(List<Vector> key, int[] positions, boolean add) {
        int[] numbers = new int[positions.length];
        number(key, positions, false, add, numbers);
        return numbers;
    }

    private void number(List<Vector> key, int[] positions, boolean whole, boolean add, int[] into) {
        if (key.size() != columns.length) {
            throw new IllegalArgumentException("a key of " + key.size() + " columns, not of " + columns.length);
        }
        if (columns.length == 0) {
            Arrays.fill(into, 0, positions.length, 0);
            return;
        }
        columns[0].codes(key.get(0), positions, whole, add, into);
        numberPairs(key, positions, whole, add, into, columns[0].size());
    }

    /**
     * Adds keys whose first part is a number already, as that of a group.
     *
     * @param first no first part is as large
     * @param rest the key's columns from the second on
     * @param whole whether the positions are all rows of the columns from the first on
     * @param numbers the first parts, which are replaced by the numbers of the keys
     */
    public void addWithin(int first, List<Vector> rest, int[] positions, boolean whole, int[] numbers) {
        List<Vector> key = new ArrayList<>();
        key.add(rest.getFirst());
        key.addAll(rest);
        numberPairs(key, positions, whole, true, numbers, first);
    }

    private void numberPairs(
            List<Vector> key, int[] positions, boolean whole, boolean add, int[] into, int firstCount) {
        if (columns.length > 1 && codes.length < positions.length) {
            codes = new int[positions.length];
        }
        int left = firstCount;
        for (int column = 1; column < columns.length; column++) {
            columns[column].codes(key.get(column), positions, whole, add, codes);
            PairTable table = pairs[column - 1];
            if (add) {
                table.findOrAdd(into, left, codes, columns[column].size(), positions.length);
            } else {
                table.find(into, codes, positions.length);
            }
            left = table.size();
        }
    }
}
