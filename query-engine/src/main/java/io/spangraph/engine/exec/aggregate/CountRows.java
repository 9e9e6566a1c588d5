package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.Vector;
import java.util.Arrays;
import java.util.List;

/** {@code count(*)}: every row counts. */
final class CountRows extends Accumulator {
    private long[] counts = new long[0];

    CountRows(HeldMemory memory) {
        super(memory, Long.BYTES);
    }

    @Override
    void add(List<Vector> arguments, GroupedRows rows) {
        add(counts, NullMask.NONE, rows);
    }

    @Override
    void addCoded(List<Vector> arguments, CodedRows rows) {
        int[] occurrences = rows.occurrences();
        for (int entry = 0; entry < occurrences.length; entry++) {
            if (occurrences[entry] > 0) {
                counts[rows.groups()[entry]] += occurrences[entry];
            }
        }
    }

    /** Counts the rows that are not null. */
    static void add(long[] counts, NullMask nulls, GroupedRows rows) {
        int count = rows.count();
        int[] groups = rows.groups();
        if (nulls.isEmpty()) {
            if (rows.only() != GroupedRows.SEVERAL) {
                counts[rows.only()] += count;
                return;
            }
            for (int i = 0; i < count; i++) {
                counts[groups[i]]++;
            }
        } else if (rows.whole()) {
            if (rows.only() != GroupedRows.SEVERAL) {
                counts[rows.only()] += count - nulls.cardinality(count);
                return;
            }
            long[] words = nulls.wordsFor(count);
            for (int i = 0; i < count; i++) {
                counts[groups[i]] += ~(words[i >> 6] >>> i) & 1;
            }
        } else {
            int[] positions = rows.positions();
            for (int i = 0; i < count; i++) {
                counts[groups[i]] += nulls.isNull(positions[i]) ? 0 : 1;
            }
        }
    }

    static void merge(long[] counts, long[] others, int count, int[] groupOf) {
        for (int group = 0; group < count; group++) {
            counts[groupOf[group]] += others[group];
        }
    }

    @Override
    void merge(Accumulator other, int count, int[] groupOf) {
        merge(counts, ((CountRows) other).counts, count, groupOf);
    }

    @Override
    Vector result(int from, int to) {
        return new Vector.LongVector(Arrays.copyOfRange(counts, from, to), NullMask.NONE, Vector.LongKind.INTEGER);
    }

    @Override
    void grow(int newCapacity) {
        counts = Arrays.copyOf(counts, newCapacity);
    }
}
