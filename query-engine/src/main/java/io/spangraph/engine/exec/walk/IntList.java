package io.spangraph.engine.exec.walk;

import io.spangraph.engine.exec.HeldMemory;
import java.util.Arrays;

/** A growing array of ints, accounted for. */
final class IntList {
    private static final int FIRST_CAPACITY = 64;

    private final HeldMemory memory;
    private int[] values = new int[0];
    private int size;

    IntList(HeldMemory memory) {
        this.memory = memory;
    }

    void add(int value) {
        if (size == values.length) {
            int capacity = Math.max(FIRST_CAPACITY, (int) Math.min(Integer.MAX_VALUE - 16, size * 3L / 2));
            memory.reserve((long) Integer.BYTES * (capacity - size));
            values = Arrays.copyOf(values, capacity);
        }
        values[size++] = value;
    }

    int get(int index) {
        return values[index];
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    int[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
