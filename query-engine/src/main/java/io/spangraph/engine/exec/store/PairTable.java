package io.spangraph.engine.exec.store;

import io.spangraph.engine.exec.HeldMemory;
import java.util.Arrays;

/**
 * Numbers pairs of small numbers. While both are few, a pair's number stands in an array with a place for each pair that
 * there could be; beyond that pairs are hashed.
 */
final class PairTable {
    private static final int ABSENT = LongTable.ABSENT;
    private static final int MAX_PLACES = 1 << 20;
    /** So many cost less than to hash. */
    private static final int FEW_PLACES = 1 << 14;
    /** More places for each row that was asked for take longer to clear than the rows to hash. */
    private static final int PLACES_PER_ROW = 4;

    private final HeldMemory memory;
    private final LongTable hashed;
    /** Rows of the left number with columns of the right one; empty when there are too many. */
    private int[] places = new int[0];

    private int lefts;
    private int rights;
    private long asked;
    private boolean many;

    PairTable(HeldMemory memory) {
        this.memory = memory;
        this.hashed = new LongTable(memory);
    }

    int size() {
        return hashed.size();
    }

    /**
     * Replaces left numbers by those of their pairs; new pairs get the next numbers in order.
     *
     * @param leftCount no left number is as large; and so with the right ones
     */
    void findOrAdd(int[] left, int leftCount, int[] right, int rightCount, int count) {
        asked += count;
        if (!many) {
            ensure(leftCount, rightCount);
        }
        int[] known = places;
        if (known.length == 0) {
            for (int i = 0; i < count; i++) {
                left[i] = hashed.findOrAdd(pair(left[i], right[i]), hashed.size());
            }
            return;
        }
        int width = rights;
        for (int i = 0; i < count; i++) {
            int place = left[i] * width + right[i];
            int number = known[place];
            if (number == ABSENT) {
                number = hashed.findOrAdd(pair(left[i], right[i]), hashed.size());
                known[place] = number;
            }
            left[i] = number;
        }
    }

    /** Replaces left numbers by those of their pairs, or {@link #ABSENT}. */
    void find(int[] left, int[] right, int count) {
        for (int i = 0; i < count; i++) {
            left[i] = left[i] == ABSENT || right[i] == ABSENT ? ABSENT : hashed.find(pair(left[i], right[i]));
        }
    }

    private static long pair(int left, int right) {
        return ((long) left << Integer.SIZE) | right;
    }

    private void ensure(int leftCount, int rightCount) {
        if (leftCount <= lefts && rightCount <= rights) {
            return;
        }
        int newLefts = side(lefts, leftCount);
        int newRights = side(rights, rightCount);
        long needed = (long) newLefts * newRights;
        if (needed <= MAX_PLACES && needed > Math.max(FEW_PLACES, PLACES_PER_ROW * asked)) {
            letGo();
            return;
        }
        // Without memory for it, the hash table is enough.
        if (needed > MAX_PLACES || !memory.tryReserve(Integer.BYTES * (needed - places.length))) {
            many = true;
            letGo();
            return;
        }
        int[] grown = new int[(int) needed];
        Arrays.fill(grown, ABSENT);
        for (int left = 0; left < lefts; left++) {
            System.arraycopy(places, left * rights, grown, left * newRights, rights);
        }
        places = grown;
        lefts = newLefts;
        rights = newRights;
    }

    private void letGo() {
        memory.release((long) Integer.BYTES * places.length);
        places = new int[0];
        lefts = 0;
        rights = 0;
    }

    private static int side(int now, int wanted) {
        if (wanted <= now) {
            return now;
        }
        return (int) Math.min(MAX_PLACES + 1L, wanted + wanted / 2L);
    }
}
