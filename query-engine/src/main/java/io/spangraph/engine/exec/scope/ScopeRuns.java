package io.spangraph.engine.exec.scope;

import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.ConstantVector;
import io.spangraph.engine.row.Vector.DictionaryVector;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.engine.row.Vector.TextVector;
import io.spangraph.model.value.Value;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Where the scopes of a block begin: rows of one scope are neighbours, and a run of them is a scope. A row whose scope key
 * is not complete belongs to no scope and has no edges.
 *
 * @param starts the first row of each run, ascending; the number of rows at the end
 * @param withoutScope runs of rows without a complete scope key
 */
@SuppressWarnings("ArrayRecordComponent")
public record ScopeRuns(int[] starts, BitSet withoutScope) {

    /** The runs of all rows of these columns. */
    public static ScopeRuns of(List<Vector> scope, int rows) {
        BitSet begins = new BitSet(rows);
        if (rows > 0) {
            begins.set(0);
        }
        for (Vector column : scope) {
            markChanges(column, rows, begins);
        }
        int[] starts = new int[begins.cardinality() + 1];
        BitSet without = new BitSet();
        int run = 0;
        for (int row = begins.nextSetBit(0); row >= 0; row = begins.nextSetBit(row + 1)) {
            for (Vector column : scope) {
                if (column.isNull(row)) {
                    without.set(run);
                }
            }
            starts[run++] = row;
        }
        starts[run] = rows;
        return new ScopeRuns(starts, without);
    }

    /** All rows in one scope. */
    public static ScopeRuns single(int rows) {
        return new ScopeRuns(rows == 0 ? new int[] {0} : new int[] {0, rows}, new BitSet());
    }

    public int count() {
        return starts.length - 1;
    }

    /** How many rows the longest run has. */
    int longest() {
        int longest = 0;
        for (int run = 0; run < count(); run++) {
            longest = Math.max(longest, starts[run + 1] - starts[run]);
        }
        return longest;
    }

    private static void markChanges(Vector column, int rows, BitSet begins) {
        switch (column) {
            case ConstantVector constant -> {}
            case DictionaryVector texts -> {
                int[] codes = texts.codes();
                for (int row = 1; row < rows; row++) {
                    if (codes[row] != codes[row - 1] && !isSameEntry(texts, codes[row - 1], codes[row])) {
                        begins.set(row);
                    }
                }
            }
            case LongVector longs -> {
                long[] values = longs.values();
                for (int row = 1; row < rows; row++) {
                    if (longs.isNull(row) != longs.isNull(row - 1)
                            || !longs.isNull(row) && values[row] != values[row - 1]) {
                        begins.set(row);
                    }
                }
            }
            case TextVector texts -> {
                for (int row = 1; row < rows; row++) {
                    if (!isSameText(texts, row)) {
                        begins.set(row);
                    }
                }
            }
            case Vector other -> {
                for (int row = 1; row < rows; row++) {
                    if (!other.value(row).equals(other.value(row - 1))) {
                        begins.set(row);
                    }
                }
            }
        }
    }

    /** A dictionary that was put together of others may hold a text more than once. */
    private static boolean isSameEntry(DictionaryVector texts, int before, int now) {
        return before >= 0 && now >= 0 && entry(texts, before).equals(entry(texts, now));
    }

    private static Value entry(DictionaryVector texts, int code) {
        return texts.dictionary().get(code);
    }

    private static boolean isSameText(TextVector texts, int row) {
        int[] offsets = texts.offsets();
        return texts.isNull(row) == texts.isNull(row - 1)
                && Arrays.equals(
                        texts.utf8(), offsets[row - 1], offsets[row], texts.utf8(), offsets[row], offsets[row + 1]);
    }
}
