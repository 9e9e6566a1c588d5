package io.spangraph.engine.exec.store;

import io.spangraph.engine.exec.HeldMemory;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Numbers of longs. As long as all keys lie near each other, as flags, days and small counts do, a key is looked up in an
 * array by its distance from the smallest one.
 */
final class LongCodes {
    static final int ABSENT = LongTable.ABSENT;

    private static final int MAX_WINDOW = 1 << 16;

    private final HeldMemory memory;
    private final LongTable table;
    /** The numbers of the keys from {@link #base} on; empty when they lie too far apart. */
    private int[] window = new int[0];

    private long base;
    private long smallest = Long.MAX_VALUE;
    private long largest = Long.MIN_VALUE;
    private boolean scattered;

    LongCodes(HeldMemory memory) {
        this.memory = memory;
        this.table = new LongTable(memory);
    }

    int find(long key) {
        return table.find(key);
    }

    /** The number of a key, which is {@code fresh} if the key is new. */
    int findOrAdd(long key, int fresh) {
        int number = table.findOrAdd(key, fresh);
        if (number == fresh && !scattered) {
            noteInWindow(key, number);
        }
        return number;
    }

    void forEach(LongConsumer reader) {
        table.forEach(reader);
    }

    private void noteInWindow(long key, int number) {
        smallest = Math.min(smallest, key);
        largest = Math.max(largest, key);
        long span = largest - smallest;
        boolean near = span >= 0 && span < MAX_WINDOW;
        if (near && (key < base || key - base >= window.length)) {
            near = growWindow(span);
        }
        if (!near) {
            scattered = true;
            memory.release((long) Integer.BYTES * window.length);
            window = new int[0];
            return;
        }
        window[(int) (key - base)] = number;
    }

    /** Makes room for all keys, and as much again on both sides; false if there is no memory for that. */
    private boolean growWindow(long span) {
        int grown = (int) Math.min(2L * MAX_WINDOW, 16 + 2 * span);
        if (!memory.tryReserve((long) Integer.BYTES * (grown - window.length))) {
            return false;
        }
        long newBase = smallest - (grown - span) / 2;
        if (newBase > smallest) {
            newBase = smallest;
        }
        int[] moved = new int[grown];
        Arrays.fill(moved, ABSENT);
        for (int i = 0; i < window.length; i++) {
            if (window[i] != ABSENT) {
                moved[(int) (base + i - newBase)] = window[i];
            }
        }
        window = moved;
        base = newBase;
        return true;
    }

    /** Puts the numbers of the first keys where they belong, {@link #ABSENT} for those that are not near the others. */
    void look(long[] keys, int count, int[] into) {
        int[] near = window;
        long first = base;
        for (int i = 0; i < count; i++) {
            long place = keys[i] - first;
            into[i] = place >= 0 && place < near.length ? near[(int) place] : ABSENT;
        }
    }

    boolean hasWindow() {
        return window.length > 0;
    }
}
