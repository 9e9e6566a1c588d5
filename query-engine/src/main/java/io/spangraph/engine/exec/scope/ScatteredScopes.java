package io.spangraph.engine.exec.scope;

import java.util.Arrays;

/**
 * The scopes whose rows do not lie in one place: at the ends of row groups and files, and wherever a table is not in order.
 *
 * @param hashes of the scopes, ascending; a scope that lies in one place may share a hash, and is then treated alike
 * @param rows references of all rows of these scopes
 */
@SuppressWarnings("ArrayRecordComponent")
record ScatteredScopes(long[] hashes, long[] rows) {
    static final ScatteredScopes NONE = new ScatteredScopes(new long[0], new long[0]);

    boolean contains(long hash) {
        return hashes.length > 0 && Arrays.binarySearch(hashes, hash) >= 0;
    }

    long heapBytes() {
        return 8L * (hashes.length + rows.length);
    }
}
