package io.spangraph.engine.exec.join;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.RowBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Which probe rows have found a match, batch by batch; remembered where the probe side is read once for each lot of build
 * rows.
 */
final class MatchedProbeRows {
    private final HeldMemory memory;
    private final boolean readOften;
    private final List<BitSet> batches = new ArrayList<>();
    private int next;
    private BitSet current = new BitSet();

    /** @param readOften whether the same batches come again for further build rows */
    MatchedProbeRows(boolean readOften, HeldMemory memory) {
        this.readOften = readOften;
        this.memory = memory;
    }

    /** The probe side is read from its beginning. */
    void restart() {
        next = 0;
    }

    /** Moves to the next batch. */
    void start(RowBatch rows) {
        if (!readOften) {
            current.clear();
            return;
        }
        if (next == batches.size()) {
            memory.reserve(Long.BYTES + rows.physicalRows() / Byte.SIZE);
            batches.add(new BitSet(rows.physicalRows()));
        }
        current = batches.get(next++);
    }

    /** @param position in the vectors of the batch */
    void add(int position) {
        current.set(position);
    }

    /** Those of the batch's rows that have a match, or those that have none yet. */
    int[] where(boolean matched, int[] positions) {
        return Arrays.stream(positions)
                .filter(position -> current.get(position) == matched)
                .toArray();
    }

    /** Whether rows of earlier batches may have matches. */
    boolean isReadOften() {
        return readOften;
    }
}
