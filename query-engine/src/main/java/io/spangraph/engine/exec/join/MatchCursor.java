package io.spangraph.engine.exec.join;

import io.spangraph.engine.exec.store.KeyIndex;
import io.spangraph.engine.row.RowBatch;
import java.util.Arrays;
import java.util.Optional;

/**
 * Walks through the pairs of a probe batch and the build side, at most {@link RowBatch#TARGET_ROWS} at a time: one key may
 * have millions of them.
 */
final class MatchCursor {
    private final BuildSide build;
    /** Given where a build row that has its match is not looked at again. */
    private final Optional<MatchedRows> passedOver;

    private final int[] buildRows = new int[RowBatch.TARGET_ROWS];
    private final int[] probeRows = new int[RowBatch.TARGET_ROWS];
    private int count;
    private int[] positions = new int[0];
    private int[] keys = new int[0];
    private int next;
    private int nextOfKey;

    MatchCursor(BuildSide build, Optional<MatchedRows> passedOver) {
        this.build = build;
        this.passedOver = passedOver;
    }

    /** Starts with the rows of a probe batch, given by their positions and the numbers of their keys. */
    void start(int[] probePositions, int[] keyNumbers) {
        positions = probePositions;
        keys = keyNumbers;
        next = 0;
        nextOfKey = 0;
    }

    /** Moves to the next pairs, of which there may be none yet; false at the end of the probe batch. */
    boolean advance() {
        count = 0;
        int looks = 0;
        while (next < positions.length && looks < RowBatch.TARGET_ROWS) {
            int key = keys[next];
            boolean nothingToFind = key == KeyIndex.ABSENT
                    || passedOver.isPresent() && passedOver.get().isWholeKeyMatched(key);
            if (nothingToFind || nextOfKey == build.rowsOfKey(key)) {
                next++;
                nextOfKey = 0;
                continue;
            }
            int row = build.rowOfKey(key, nextOfKey++);
            looks++;
            if (passedOver.isEmpty() || !passedOver.get().contains(row)) {
                buildRows[count] = row;
                probeRows[count++] = positions[next];
            }
        }
        return looks > 0;
    }

    int count() {
        return count;
    }

    /** The build row of a pair. */
    int buildRow(int pair) {
        return buildRows[pair];
    }

    /** The position of a pair's probe row in the vectors of the probe batch. */
    int probeRow(int pair) {
        return probeRows[pair];
    }

    int[] buildRows() {
        return Arrays.copyOf(buildRows, count);
    }

    /** Positions in the vectors of the probe batch. */
    int[] probeRows() {
        return Arrays.copyOf(probeRows, count);
    }
}
