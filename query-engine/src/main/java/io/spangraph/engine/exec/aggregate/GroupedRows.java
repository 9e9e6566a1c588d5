package io.spangraph.engine.exec.aggregate;

/**
 * Rows of a batch that are added to aggregates, and the group of each. The arrays may be longer than there are rows:
 * whoever groups uses them again for the next batch.
 *
 * @param whole the rows are those of the vectors from the first on, so that a loop need not ask where a row lies
 * @param positions where each row lies in the vectors
 * @param groups the group of each row
 * @param only the group of all rows, or {@link #SEVERAL}
 */
@SuppressWarnings("ArrayRecordComponent")
record GroupedRows(int count, boolean whole, int[] positions, int[] groups, int only) {
    /** There may be more than one group. */
    static final int SEVERAL = -1;

    /** Rows of which it is not known how they lie; there may be more groups than positions. */
    static GroupedRows of(int[] positions, int[] groups) {
        return new GroupedRows(positions.length, false, positions, groups, SEVERAL);
    }
}
