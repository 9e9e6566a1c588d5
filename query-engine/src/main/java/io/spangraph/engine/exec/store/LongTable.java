package io.spangraph.engine.exec.store;

import io.spangraph.engine.exec.HeldMemory;
import java.util.Arrays;
import java.util.function.LongConsumer;

/** A hash table from longs to small numbers, without an object per entry. */
final class LongTable {
    /** What {@link #find} gives for a key that is not there. */
    static final int ABSENT = -1;

    private static final int FIRST_CAPACITY = 16;
    private static final int BYTES_PER_SLOT = Long.BYTES + Integer.BYTES;

    private final HeldMemory memory;
    private long[] keys = new long[FIRST_CAPACITY];
    private int[] values = absent(FIRST_CAPACITY);
    private int size;

    LongTable(HeldMemory memory) {
        this.memory = memory;
    }

    int size() {
        return size;
    }

    int find(long key) {
        int mask = keys.length - 1;
        int slot = hash(key) & mask;
        while (values[slot] != ABSENT) {
            if (keys[slot] == key) {
                return values[slot];
            }
            slot = (slot + 1) & mask;
        }
        return ABSENT;
    }

    /** The number of a key, which is {@code fresh} if the key is new. */
    int findOrAdd(long key, int fresh) {
        int mask = keys.length - 1;
        int slot = hash(key) & mask;
        while (values[slot] != ABSENT) {
            if (keys[slot] == key) {
                return values[slot];
            }
            slot = (slot + 1) & mask;
        }
        keys[slot] = key;
        values[slot] = fresh;
        size++;
        if (size > keys.length / 2) {
            grow();
        }
        return fresh;
    }

    void forEach(LongConsumer reader) {
        for (int slot = 0; slot < keys.length; slot++) {
            if (values[slot] != ABSENT) {
                reader.accept(keys[slot]);
            }
        }
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        int capacity = Math.multiplyExact(oldKeys.length, 2);
        memory.reserve((long) BYTES_PER_SLOT * (capacity - oldKeys.length));
        keys = new long[capacity];
        values = absent(capacity);
        int mask = capacity - 1;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != ABSENT) {
                int slot = hash(oldKeys[i]) & mask;
                while (values[slot] != ABSENT) {
                    slot = (slot + 1) & mask;
                }
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }

    private static int[] absent(int capacity) {
        int[] values = new int[capacity];
        Arrays.fill(values, ABSENT);
        return values;
    }

    /** Spreads keys that differ in a few bits only, such as packed codes and row references, over the table. */
    private static int hash(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        mixed ^= mixed >>> 32;
        mixed *= 0xD6E8FEB86659FD93L;
        return (int) (mixed ^ (mixed >>> 32));
    }
}
