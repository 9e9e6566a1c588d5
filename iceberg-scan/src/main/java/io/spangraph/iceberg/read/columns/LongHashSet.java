package io.spangraph.iceberg.read.columns;

import java.util.Arrays;

/** A fixed set of longs with open addressing: a lookup per row must not box or search. */
final class LongHashSet {
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final long[] slots;
    private final int shift;
    /** What marks an empty slot: a long that is not in the set. */
    private final long empty;

    LongHashSet(long[] sorted) {
        int bits = Math.max(1, 64 - Long.numberOfLeadingZeros(2L * sorted.length));
        this.slots = new long[1 << bits];
        this.shift = 64 - bits;
        this.empty = absent(sorted);
        Arrays.fill(slots, empty);
        for (long value : sorted) {
            int slot = slot(value);
            while (slots[slot] != empty && slots[slot] != value) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = value;
        }
    }

    private static long absent(long[] sorted) {
        long candidate = Long.MIN_VALUE;
        while (Arrays.binarySearch(sorted, candidate) >= 0) {
            candidate++;
        }
        return candidate;
    }

    private int slot(long value) {
        return (int) ((value * MIX) >>> shift);
    }

    boolean contains(long value) {
        if (value == empty) {
            return false;
        }
        int slot = slot(value);
        while (slots[slot] != empty) {
            if (slots[slot] == value) {
                return true;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return false;
    }
}
