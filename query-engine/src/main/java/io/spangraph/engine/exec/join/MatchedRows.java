package io.spangraph.engine.exec.join;

import io.spangraph.engine.exec.HeldMemory;
import java.util.BitSet;

/** Which build rows have found a match, and where that leaves nothing to look for. */
final class MatchedRows {
    private final BuildSide build;
    private final BitSet matched;
    /** By key: how many of its rows have no match yet. */
    private final int[] openOfKey;

    private int open;

    MatchedRows(BuildSide build, HeldMemory memory) {
        memory.reserve(build.rows() / Byte.SIZE + (long) Integer.BYTES * build.keys());
        this.build = build;
        this.matched = new BitSet(build.rows());
        this.openOfKey = new int[build.keys()];
        for (int key = 0; key < openOfKey.length; key++) {
            openOfKey[key] = build.rowsOfKey(key);
        }
        this.open = build.matchable();
    }

    void add(int row) {
        if (!matched.get(row)) {
            matched.set(row);
            openOfKey[build.keyOfRow(row)]--;
            open--;
        }
    }

    boolean contains(int row) {
        return matched.get(row);
    }

    boolean isWholeKeyMatched(int key) {
        return openOfKey[key] == 0;
    }

    /** Whether no build row can find a first match any more. */
    boolean isComplete() {
        return open == 0;
    }
}
