package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector.DictionaryVector;
import java.util.Optional;

/**
 * All rows of a batch that are grouped by the entries of one small dictionary: aggregates can be computed by entry, and
 * only the few results be put to their groups, instead of looking up the group of every row.
 */
final class CodedRows {
    /** A table of so many longs, four times, leaves room in the nearest cache. */
    private static final int MAX_ENTRIES = 512;

    /** So many rows for each entry make up for a pass over the entries. */
    private static final int MIN_ROWS_PER_ENTRY = 8;

    private final RowBatch rows;
    private final int[] codes;
    private final int[] occurrences;
    private final Optional<SmallSums> sums;
    private final int[] groups;
    private final int[] groupOf;
    private Optional<GroupedRows> grouped = Optional.empty();

    /**
     * The rows of a batch.
     *
     * @param rows all of them, none left out
     * @param codes the entry of each row, -1 for null
     * @param occurrences of each entry, by entry plus one: the first is that of null
     * @param sums of one of their columns by entry, which came with the occurrences
     * @param groups the group of each entry that occurs, by entry plus one
     * @param groupOf room for the group of each row
     */
    CodedRows(RowBatch rows, int[] codes, int[] occurrences, Optional<SmallSums> sums, int[] groups, int[] groupOf) {
        this.rows = rows;
        this.codes = codes;
        this.occurrences = occurrences;
        this.sums = sums;
        this.groups = groups;
        this.groupOf = groupOf;
    }

    /** Whether results by entry are worth their while. */
    static boolean isWorthIt(DictionaryVector key) {
        int entries = key.dictionary().size();
        return entries <= MAX_ENTRIES && (long) MIN_ROWS_PER_ENTRY * entries < key.codes().length;
    }

    /** Whether more than one entry occurs, by a glance: sorted tables bring one entry for many rows on end. */
    static boolean areMixed(int[] codes) {
        int last = codes[codes.length - 1];
        return codes[0] != last || codes[codes.length >> 1] != last;
    }

    /** How many rows each entry has, by entry plus one. */
    static int[] occurrences(DictionaryVector key) {
        int[] codes = key.codes();
        int width = key.dictionary().size() + 1;
        // Rows on end often have one entry: counts of their own do not wait for each other.
        int[] first = new int[width];
        int[] second = new int[width];
        int[] third = new int[width];
        int[] fourth = new int[width];
        int at = 0;
        for (; at < codes.length - 3; at += 4) {
            first[codes[at] + 1]++;
            second[codes[at + 1] + 1]++;
            third[codes[at + 2] + 1]++;
            fourth[codes[at + 3] + 1]++;
        }
        for (; at < codes.length; at++) {
            first[codes[at] + 1]++;
        }
        for (int entry = 0; entry < width; entry++) {
            first[entry] += second[entry] + third[entry] + fourth[entry];
        }
        return first;
    }

    int count() {
        return codes.length;
    }

    /** The entry of each row, -1 for null. */
    int[] codes() {
        return codes;
    }

    /** How many rows have an entry, by entry plus one: the first is that of null. */
    int[] occurrences() {
        return occurrences;
    }

    /** Sums of one of the columns by entry. */
    Optional<SmallSums> sums() {
        return sums;
    }

    /** The group of each entry that occurs, by entry plus one. */
    int[] groups() {
        return groups;
    }

    /** The group of all rows, or {@link GroupedRows#SEVERAL}. */
    int only() {
        int last = codes[codes.length - 1] + 1;
        return occurrences[last] == codes.length ? groups[last] : GroupedRows.SEVERAL;
    }

    /** The same rows with the group of each, for aggregates that go by rows. */
    GroupedRows grouped() {
        if (grouped.isEmpty()) {
            for (int i = 0; i < codes.length; i++) {
                groupOf[i] = groups[codes[i] + 1];
            }
            grouped = Optional.of(new GroupedRows(codes.length, true, rows.selectedRows(), groupOf, only()));
        }
        return grouped.get();
    }
}
