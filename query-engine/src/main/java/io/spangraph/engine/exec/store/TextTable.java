package io.spangraph.engine.exec.store;

import io.spangraph.engine.exec.HeldMemory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A hash table from texts to small numbers. Texts lie as UTF-8 one behind the other, so that a text that comes as bytes is
 * looked up without an object. A surrogate without its other half is written like any character of three bytes, which no
 * valid text holds.
 */
final class TextTable {
    static final int ABSENT = LongTable.ABSENT;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int FIRST_SLOTS = 16;
    private static final int BYTES_PER_ENTRY = 2 * Integer.BYTES;
    private static final int MAX_SLOTS = 1 << 30;
    private static final int MAX_BYTES = Integer.MAX_VALUE - 16;
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final int MOST_BYTES_OF_A_CHAR = 3;

    private final HeldMemory memory;
    /** By hash: the hash above, and which entry below, plus one; 0 for none. */
    private long[] slots = new long[FIRST_SLOTS];
    /** By entry. */
    private int[] numbers = new int[0];

    private int[] ends = new int[0];
    private byte[] bytes = new byte[0];
    private int entries;
    private byte[] encoded = new byte[0];
    /** Hashes of texts that are about to be looked up, with what stood in their slots. */
    private long[] hashes = new long[0];

    TextTable(HeldMemory memory) {
        this.memory = memory;
    }

    int find(String text) {
        int length = encode(text);
        return numberAt(slot(encoded, 0, length, hash(encoded, 0, length)));
    }

    int findOrAdd(String text, int fresh) {
        int length = encode(text);
        return findOrAdd(encoded, 0, length, fresh);
    }

    int find(byte[] source, int from, int to) {
        return numberAt(slot(source, from, to, hash(source, from, to)));
    }

    /** The number of a text, which is {@code fresh} if the text is new. */
    int findOrAdd(byte[] source, int from, int to, int fresh) {
        return findOrAdd(hash(source, from, to), source, from, to, fresh);
    }

    /**
     * Hashes several texts. It reads the slot of each as well: a large table does not fit into the processor's cache, and
     * here, where nothing depends on what is read, many slots are on their way at a time.
     *
     * @param offsets where each text begins
     * @param texts which of the texts; negative ones are left out
     * @return by place among the texts, the hash above; good until the next call
     */
    long[] hashes(byte[] source, int[] offsets, int[] texts, int count) {
        if (hashes.length < count) {
            hashes = new long[count];
        }
        long[] hashed = hashes;
        long[] table = slots;
        int mask = table.length - 1;
        for (int i = 0; i < count; i++) {
            int text = texts[i];
            if (text >= 0) {
                int hash = hash(source, offsets[text], offsets[text + 1]);
                hashed[i] = (long) hash << Integer.SIZE | table[hash & mask] & 1;
            }
        }
        return hashed;
    }

    /** @param hashed of the text, from {@link #hashes} */
    int findOrAdd(long hashed, byte[] source, int from, int to, int fresh) {
        return findOrAdd((int) (hashed >>> Integer.SIZE), source, from, to, fresh);
    }

    private int findOrAdd(int hash, byte[] source, int from, int to, int fresh) {
        int slot = slot(source, from, to, hash);
        if (slots[slot] != 0) {
            return numbers[(int) slots[slot] - 1];
        }
        append(source, from, to);
        numbers[entries] = fresh;
        slots[slot] = (long) hash << Integer.SIZE | ++entries;
        if (entries > slots.length / 2) {
            growSlots();
        }
        return fresh;
    }

    /** Reads a text that lies in an array. */
    @FunctionalInterface
    interface TextReader {
        /** @param hashed as from {@link #hashes} */
        void read(long hashed, byte[] utf8, int from, int to);
    }

    /** Hands out all texts in the order of their hashes: who puts them into a table goes through that from end to end. */
    void forEach(TextReader reader) {
        for (long slot : slots) {
            if (slot != 0) {
                int entry = (int) slot - 1;
                reader.read(slot, bytes, entry == 0 ? 0 : ends[entry - 1], ends[entry]);
            }
        }
    }

    int size() {
        return entries;
    }

    /** Makes this empty table a copy of another one, with its numbers. */
    void copy(TextTable other) {
        memory.reserve((long) Long.BYTES * (other.slots.length - slots.length)
                + (long) BYTES_PER_ENTRY * (other.ends.length - ends.length)
                + (other.bytes.length - bytes.length));
        slots = other.slots.clone();
        numbers = other.numbers.clone();
        ends = other.ends.clone();
        bytes = other.bytes.clone();
        entries = other.entries;
    }

    private int numberAt(int slot) {
        return slots[slot] == 0 ? ABSENT : numbers[(int) slots[slot] - 1];
    }

    /** Where the text stands, or the free slot where it would. */
    private int slot(byte[] source, int from, int to, int hash) {
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0) {
            if ((int) (slots[slot] >>> Integer.SIZE) == hash) {
                int entry = (int) slots[slot] - 1;
                int start = entry == 0 ? 0 : ends[entry - 1];
                if (Arrays.equals(bytes, start, ends[entry], source, from, to)) {
                    return slot;
                }
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** @param hashed of the text, from {@link #hashes} */
    int find(long hashed, byte[] source, int from, int to) {
        return numberAt(slot(source, from, to, (int) (hashed >>> Integer.SIZE)));
    }

    /**
     * Makes room for further texts at once, if there is memory for it.
     *
     * @param length of all of them together
     */
    void expect(long texts, long length) {
        long newEntries = entries + texts;
        long newBytes = used() + length;
        int capacity = slots.length;
        while (newEntries > capacity / 2 && capacity < MAX_SLOTS) {
            capacity *= 2;
        }
        long needed = (long) Long.BYTES * (capacity - slots.length)
                + BYTES_PER_ENTRY * Math.max(0, newEntries - ends.length)
                + Math.max(0, newBytes - bytes.length);
        if (newEntries > MAX_SLOTS / 2 || newBytes > MAX_BYTES || !memory.tryReserve(needed)) {
            return;
        }
        if (capacity > slots.length) {
            spreadOver(capacity);
        }
        if (newEntries > ends.length) {
            numbers = Arrays.copyOf(numbers, (int) newEntries);
            ends = Arrays.copyOf(ends, (int) newEntries);
        }
        if (newBytes > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) newBytes);
        }
    }

    /** How long all texts are together. */
    int used() {
        return entries == 0 ? 0 : ends[entries - 1];
    }

    private void append(byte[] source, int from, int to) {
        int end = used();
        int length = to - from;
        if (length > MAX_BYTES - end) {
            // Cannot be met below a budget of many gigabytes; asking for all there is names the limit to the user.
            memory.reserve(Long.MAX_VALUE / 2);
        }
        if (end + length > bytes.length) {
            long grown = Math.min(MAX_BYTES, Math.max(end + length, bytes.length * 3L / 2));
            memory.reserve(grown - bytes.length);
            bytes = Arrays.copyOf(bytes, (int) grown);
        }
        if (entries == ends.length) {
            int grown = Math.max(FIRST_SLOTS, entries + entries / 2);
            memory.reserve((long) BYTES_PER_ENTRY * (grown - entries));
            numbers = Arrays.copyOf(numbers, grown);
            ends = Arrays.copyOf(ends, grown);
        }
        System.arraycopy(source, from, bytes, end, length);
        ends[entries] = end + length;
    }

    private void growSlots() {
        int capacity = Math.multiplyExact(slots.length, 2);
        memory.reserve((long) Long.BYTES * slots.length);
        spreadOver(capacity);
    }

    private void spreadOver(int capacity) {
        long[] old = slots;
        slots = new long[capacity];
        int mask = capacity - 1;
        for (long entry : old) {
            if (entry != 0) {
                int slot = (int) (entry >>> Integer.SIZE) & mask;
                while (slots[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                slots[slot] = entry;
            }
        }
    }

    static int hash(byte[] source, int from, int to) {
        long hash = (long) to - from;
        int at = from;
        for (; at + Long.BYTES < to; at += Long.BYTES) {
            hash = mixed(hash ^ (long) LONGS.get(source, at));
        }
        if (to - from >= Long.BYTES) {
            // Some of these were hashed already.
            hash = mixed(hash ^ (long) LONGS.get(source, to - Long.BYTES));
        } else {
            long rest = 0;
            for (; at < to; at++) {
                rest = rest << Byte.SIZE | source[at] & 0xFF;
            }
            hash = mixed(hash ^ rest);
        }
        return (int) (hash ^ (hash >>> Integer.SIZE));
    }

    private static long mixed(long hash) {
        long product = hash * MIX;
        return product ^ (product >>> 29);
    }

    /** Writes a text as UTF-8 into {@link #encoded}; gives its length. */
    private int encode(String text) {
        if (encoded.length < MOST_BYTES_OF_A_CHAR * text.length()) {
            encoded = new byte[MOST_BYTES_OF_A_CHAR * text.length()];
        }
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit < 0x80) {
                encoded[length++] = (byte) unit;
            } else {
                int point = text.codePointAt(i);
                length = encode(point, length);
                i += Character.charCount(point) - 1;
            }
        }
        return length;
    }

    private int encode(int point, int from) {
        int at = from;
        if (point < 0x800) {
            encoded[at++] = (byte) (0xC0 | point >> 6);
        } else {
            if (point < 0x10000) {
                encoded[at++] = (byte) (0xE0 | point >> 12);
            } else {
                encoded[at++] = (byte) (0xF0 | point >> 18);
                encoded[at++] = (byte) (0x80 | point >> 12 & 0x3F);
            }
            encoded[at++] = (byte) (0x80 | point >> 6 & 0x3F);
        }
        encoded[at++] = (byte) (0x80 | point & 0x3F);
        return at;
    }
}
