package io.spangraph.engine.exec.scope;

import io.spangraph.engine.row.RowBatch;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Base rows in which scopes are complete. Some runs may be left out: they are the ends of the block, whose scopes go on
 * elsewhere and are read from there.
 *
 * @param rows without a selection
 * @param leftOut runs whose rows are not there
 * @param kept there if the links of the rows are known, and need not be found by their keys
 */
record Block(RowBatch rows, ScopeRuns runs, BitSet leftOut, Optional<KeptLinks> kept) {
    Block(RowBatch rows, ScopeRuns runs, BitSet leftOut) {
        this(rows, runs, leftOut, Optional.empty());
    }

    /**
     * Where the rows of a block lie in their file.
     *
     * @param file by kind of links
     */
    record KeptLinks(FilePositions positions, List<FileScopes> file) {
        Links links(int which) {
            return positions.of(file.get(which).links());
        }
    }

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
