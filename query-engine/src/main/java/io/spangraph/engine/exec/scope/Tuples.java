package io.spangraph.engine.exec.scope;

import java.util.Arrays;

/**
 * Bindings of a pattern, a row number for each side that is bound.
 *
 * @param rows by side, {@link #NO_ROW} where an optional part found nothing; empty for a side that is not bound
 */
@SuppressWarnings("ArrayRecordComponent")
record Tuples(int[][] rows, int count) {
    static final int[] UNBOUND = {};

    static final int NO_ROW = -1;

    /** So many at a time, so that what follows stays in the processor's cache. */
    static final int MAX = 1 << 14;

    static Tuples none(int sides) {
        int[][] rows = new int[sides][];
        Arrays.fill(rows, UNBOUND);
        return new Tuples(rows, 0);
    }

    /** These tuples, which may repeat, in this order. */
    Tuples select(int[] positions, int chosen) {
        int[][] selected = new int[rows.length][];
        for (int side = 0; side < rows.length; side++) {
            selected[side] = rows[side].length == 0 ? UNBOUND : gather(rows[side], positions, chosen);
        }
        return new Tuples(selected, chosen);
    }

    private static int[] gather(int[] rows, int[] positions, int chosen) {
        int[] gathered = new int[chosen];
        for (int i = 0; i < chosen; i++) {
            gathered[i] = rows[positions[i]];
        }
        return gathered;
    }

    /** With a number for each tuple, beside the sides. */
    Tuples numbered() {
        int[][] all = Arrays.copyOf(rows, rows.length + 1);
        all[rows.length] = new int[count];
        Arrays.setAll(all[rows.length], i -> i);
        return new Tuples(all, count);
    }

    /** With the rows of one side. */
    Tuples with(int side, int[] ofSide) {
        int[][] all = rows.clone();
        all[side] = ofSide;
        return new Tuples(all, count);
    }
}
