package io.spangraph.engine.exec.scope;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Where the scopes of a part of a table begin and end, by the references of their rows. For one thread at a time. */
final class FoundRuns {
    private static final int FEW_ROWS = 1 << 14;
    private static final int FIRST_CAPACITY = 1024;
    private static final int BYTES_OF_A_RUN = 3 * Long.BYTES + 2 * Integer.BYTES;

    private final HeldMemory memory;
    private long[] hashes = new long[0];
    private long[] first = new long[0];
    private long[] last = new long[0];
    /** Where the references of a run begin among {@link #listed}, if other rows lie between its rows; else -1. */
    private int[] listedFrom = new int[0];

    private int[] listedCount = new int[0];
    private long[] listed = new long[0];
    private int listedRows;
    private int count;
    private long rows;
    /** Rows of the table from the first to the last of each part, also those that were left out. */
    private long passed;

    private List<Value> scope = List.of();

    FoundRuns(HeldMemory memory) {
        this.memory = memory;
    }

    /** Another part begins: its first rows do not continue the last ones. */
    void beginPart() {
        scope = List.of();
    }

    int count() {
        return count;
    }

    long rows() {
        return rows;
    }

    /** Whether there are so many runs that the rows, those between them included, cannot be in the order of their scopes. */
    boolean isOutOfOrder() {
        return passed > FEW_ROWS && count > passed / 2;
    }

    /** Adds the rows of a batch without a selection. */
    void add(RowBatch batch, List<Vector> scopeColumns, Vector references) {
        ScopeRuns runs = ScopeRuns.of(scopeColumns, batch.physicalRows());
        rows += batch.physicalRows();
        passed += reference(references, references.length() - 1) - reference(references, 0) + 1;
        for (int run = 0; run < runs.count(); run++) {
            int from = runs.starts()[run];
            int to = runs.starts()[run + 1];
            if (runs.withoutScope().get(run)) {
                scope = List.of();
            } else {
                add(scopeColumns, from, to, references);
            }
        }
    }

    private void add(List<Vector> scopeColumns, int from, int to, Vector references) {
        List<Value> here = List.of();
        if (from == 0 || to == references.length()) {
            here = scopeColumns.stream().map(column -> column.value(from)).toList();
        }
        long firstReference = reference(references, from);
        long lastReference = reference(references, to - 1);
        boolean continues = from == 0 && !scope.isEmpty() && scope.equals(here);
        if (!continues) {
            ensureRoom();
            hashes[count] = ScopeHash.of(scopeColumns, from);
            first[count] = firstReference;
            last[count++] = lastReference;
        }
        int run = count - 1;
        boolean gaps = lastReference - firstReference != to - from - 1L
                || continues && (last[run] + 1 != firstReference || listedFrom[run] >= 0);
        if (gaps) {
            list(run, continues, from, to, references);
        }
        last[run] = lastReference;
        scope = here;
    }

    private void list(int run, boolean continues, int from, int to, Vector references) {
        if (listedFrom[run] < 0) {
            listedFrom[run] = listedRows;
            for (long known = first[run]; continues && known <= last[run]; known++) {
                list(run, known);
            }
        }
        for (int row = from; row < to; row++) {
            list(run, reference(references, row));
        }
    }

    private void list(int run, long reference) {
        if (listedRows == listed.length) {
            int capacity = Math.max(FIRST_CAPACITY, listedRows + (listedRows >> 1));
            memory.reserve(8L * (capacity - listedRows));
            listed = Arrays.copyOf(listed, capacity);
        }
        listed[listedRows++] = reference;
        listedCount[run]++;
    }

    private static long reference(Vector references, int row) {
        return references instanceof Vector.LongVector longs
                ? longs.values()[row]
                : ((Value.IntegerValue) references.value(row)).value();
    }

    private void ensureRoom() {
        if (count == hashes.length) {
            int capacity = Math.max(FIRST_CAPACITY, count + (count >> 1));
            memory.reserve((long) BYTES_OF_A_RUN * (capacity - count));
            hashes = Arrays.copyOf(hashes, capacity);
            first = Arrays.copyOf(first, capacity);
            last = Arrays.copyOf(last, capacity);
            listedFrom = Arrays.copyOf(listedFrom, capacity);
            Arrays.fill(listedFrom, count, capacity, -1);
            listedCount = Arrays.copyOf(listedCount, capacity);
        }
    }

    private long[] references(int run) {
        if (listedFrom[run] >= 0) {
            return Arrays.copyOfRange(listed, listedFrom[run], listedFrom[run] + listedCount[run]);
        }
        long[] all = new long[Math.toIntExact(last[run] - first[run] + 1)];
        Arrays.setAll(all, i -> first[run] + i);
        return all;
    }

    /** The scopes that have more than one run among all of these. */
    static ScatteredScopes scattered(List<FoundRuns> all, HeldMemory memory) {
        int total = all.stream().mapToInt(FoundRuns::count).sum();
        memory.reserve(8L * total);
        long[] sorted = new long[total];
        int at = 0;
        for (FoundRuns found : all) {
            System.arraycopy(found.hashes, 0, sorted, at, found.count);
            at += found.count;
        }
        Arrays.sort(sorted);
        int repeated = 0;
        for (int i = 1; i < total; i++) {
            if (sorted[i] == sorted[i - 1] && (repeated == 0 || sorted[repeated - 1] != sorted[i])) {
                sorted[repeated++] = sorted[i];
            }
        }
        ScatteredScopes scopes = new ScatteredScopes(Arrays.copyOf(sorted, repeated), new long[0]);
        memory.release(8L * total);
        return repeated == 0 ? ScatteredScopes.NONE : new ScatteredScopes(scopes.hashes(), rowsOf(all, scopes, memory));
    }

    private static long[] rowsOf(List<FoundRuns> all, ScatteredScopes scopes, HeldMemory memory) {
        List<long[]> runs = new ArrayList<>();
        long rows = 0;
        for (FoundRuns found : all) {
            for (int run = 0; run < found.count; run++) {
                if (scopes.contains(found.hashes[run])) {
                    long[] references = found.references(run);
                    memory.reserve(8L * references.length);
                    rows += references.length;
                    runs.add(references);
                }
            }
        }
        memory.reserve(8L * rows);
        long[] references = new long[Math.toIntExact(rows)];
        int at = 0;
        for (long[] run : runs) {
            System.arraycopy(run, 0, references, at, run.length);
            at += run.length;
        }
        memory.release(8L * rows);
        Arrays.sort(references);
        return references;
    }
}
