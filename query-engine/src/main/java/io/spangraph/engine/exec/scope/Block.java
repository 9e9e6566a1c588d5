package io.spangraph.engine.exec.scope;

import io.spangraph.engine.row.RowBatch;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Base rows in which scopes are complete. Some runs may be left out: they are the ends of the block, whose scopes go on
 * elsewhere and are read from there.
 *
 * @param rows without a selection
 * @param leftOut runs whose rows are not there
 */
record Block(RowBatch rows, ScopeRuns runs, BitSet leftOut) {

    /** The rows that are there. */
    RowBatch present() {
        if (leftOut.isEmpty()) {
            return rows;
        }
        int[] positions = new int[rows.physicalRows()];
        int count = 0;
        for (int run = leftOut.nextClearBit(0); run < runs.count(); run = leftOut.nextClearBit(run + 1)) {
            for (int row = runs.starts()[run]; row < runs.starts()[run + 1]; row++) {
                positions[count++] = row;
            }
        }
        return rows.select(Arrays.copyOf(positions, count));
    }

    /** The runs among which edges are looked for. */
    ScopeRuns linked() {
        if (leftOut.isEmpty()) {
            return runs;
        }
        BitSet without = (BitSet) runs.withoutScope().clone();
        without.or(leftOut);
        return new ScopeRuns(runs.starts(), without);
    }
}
