package io.spangraph.engine.exec.join;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.store.KeyIndex;
import io.spangraph.engine.row.Vector;
import java.util.Arrays;
import java.util.List;

/** Build rows by key: keys are numbered, and rows of one key are chained by their numbers. */
final class JoinTable {
    private static final int NONE = -1;
    private static final int FIRST_CAPACITY = 1024;

    private final KeyIndex keys;
    private final HeldMemory memory;
    private int[] firstRow = new int[0];
    private int[] lastRow = new int[0];
    private int[] nextRow = new int[0];
    private int rows;

    JoinTable(int width, HeldMemory memory) {
        this.keys = new KeyIndex(width, memory);
        this.memory = memory;
    }

    /** Adds the rows at these positions, which get the next numbers; those with a null in their key cannot be found. */
    void add(List<Vector> key, int[] positions) {
        int[] numbers = keys.add(key, positions);
        firstRow = grown(firstRow, keys.size());
        lastRow = grown(lastRow, keys.size());
        nextRow = grown(nextRow, rows + positions.length);
        for (int i = 0; i < positions.length; i++) {
            int row = rows++;
            nextRow[row] = NONE;
            if (isNull(key, positions[i])) {
                continue;
            }
            int number = numbers[i];
            if (firstRow[number] == NONE) {
                firstRow[number] = row;
            } else {
                nextRow[lastRow[number]] = row;
            }
            lastRow[number] = row;
        }
    }

    private int[] grown(int[] array, int needed) {
        if (needed <= array.length) {
            return array;
        }
        int capacity = Math.max(needed, Math.max(FIRST_CAPACITY, array.length + array.length / 2));
        memory.reserve((long) Integer.BYTES * (capacity - array.length));
        int[] larger = Arrays.copyOf(array, capacity);
        Arrays.fill(larger, array.length, capacity, NONE);
        return larger;
    }

    private static boolean isNull(List<Vector> key, int position) {
        for (Vector column : key) {
            if (column.isNull(position)) {
                return true;
            }
        }
        return false;
    }

    /** Looks up the keys of probe rows. */
    Cursor find(List<Vector> key, int[] positions) {
        int[] numbers = keys.find(key, positions);
        int[] first = new int[positions.length];
        for (int i = 0; i < first.length; i++) {
            boolean known = numbers[i] != KeyIndex.ABSENT && !isNull(key, positions[i]);
            first[i] = known ? firstRow[numbers[i]] : NONE;
        }
        return new Cursor(positions, first);
    }

    /** The pairs of build and probe rows, in portions: one probe row may have very many. */
    final class Cursor {
        private final int[] positions;
        private final int[] pending;
        private int current;
        private int[] buildRows = new int[0];
        private int[] probeRows = new int[0];

        private Cursor(int[] positions, int[] pending) {
            this.positions = positions;
            this.pending = pending;
        }

        /** Moves to the next pairs, at most so many; false when there are none. */
        boolean next(int limit) {
            int[] ofBuild = new int[limit];
            int[] ofProbe = new int[limit];
            int count = 0;
            while (current < pending.length && count < limit) {
                int row = pending[current];
                if (row == NONE) {
                    current++;
                } else {
                    ofBuild[count] = row;
                    ofProbe[count++] = positions[current];
                    pending[current] = nextRow[row];
                }
            }
            buildRows = Arrays.copyOf(ofBuild, count);
            probeRows = Arrays.copyOf(ofProbe, count);
            return count > 0;
        }

        int[] buildRows() {
            return buildRows;
        }

        int[] probeRows() {
            return probeRows;
        }
    }
}
