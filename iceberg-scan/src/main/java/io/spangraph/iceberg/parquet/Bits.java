package io.spangraph.iceberg.parquet;

import java.util.Arrays;

/**
 * Unpacks numbers of a few bits each, eight by eight out of wide loads. Arrays must have {@link #PADDING} bytes behind the
 * last number, since a load may reach over it.
 */
final class Bits {
    static final int PADDING = 8;

    private Bits() {}

    /**
     * Unpacks numbers of up to 32 bits.
     *
     * @param start byte where number 0 starts
     * @param first index of the first number wanted
     */
    static void unpack(byte[] data, int start, int first, int width, int[] out, int at, int count) {
        if (width == 0) {
            Arrays.fill(out, at, at + count, 0);
            return;
        }
        int end = at + count;
        int head = Math.min(count, -first & 7);
        if (width > 16 || head > 0) {
            int alone = width > 16 ? count : head;
            unpackSingly(data, start, first, width, out, at, alone);
            if (alone == count) {
                return;
            }
        }
        int groups = count - head >>> 3;
        int source = start + (int) ((long) (first + head) * width >>> 3);
        if (width <= 8) {
            unpackNarrow(data, source, width, out, at + head, groups);
        } else {
            unpackWide(data, source, width, out, at + head, groups);
        }
        int done = head + 8 * groups;
        unpackSingly(data, start, first + done, width, out, at + done, end - at - done);
    }

    private static void unpackSingly(byte[] data, int start, int first, int width, int[] out, int at, int count) {
        long bit = (long) first * width;
        int mask = (int) ((1L << width) - 1);
        for (int i = at; i < at + count; i++) {
            out[i] = (int) (LittleEndian.longAt(data, start + (int) (bit >>> 3)) >>> (bit & 7)) & mask;
            bit += width;
        }
    }

    /** Up to 8 bits: eight numbers in one load. */
    private static void unpackNarrow(byte[] data, int start, int width, int[] out, int at, int groups) {
        int mask = (1 << width) - 1;
        int source = start;
        int target = at;
        for (int group = 0; group < groups; group++) {
            long word = LittleEndian.longAt(data, source);
            out[target] = (int) word & mask;
            out[target + 1] = (int) (word >>> width) & mask;
            out[target + 2] = (int) (word >>> 2 * width) & mask;
            out[target + 3] = (int) (word >>> 3 * width) & mask;
            out[target + 4] = (int) (word >>> 4 * width) & mask;
            out[target + 5] = (int) (word >>> 5 * width) & mask;
            out[target + 6] = (int) (word >>> 6 * width) & mask;
            out[target + 7] = (int) (word >>> 7 * width) & mask;
            source += width;
            target += 8;
        }
    }

    /** 9 to 16 bits: eight numbers in two loads. */
    private static void unpackWide(byte[] data, int start, int width, int[] out, int at, int groups) {
        int mask = (1 << width) - 1;
        int second = width >>> 1;
        int shift = (width & 1) << 2;
        int source = start;
        int target = at;
        for (int group = 0; group < groups; group++) {
            long low = LittleEndian.longAt(data, source);
            long high = LittleEndian.longAt(data, source + second) >>> shift;
            out[target] = (int) low & mask;
            out[target + 1] = (int) (low >>> width) & mask;
            out[target + 2] = (int) (low >>> 2 * width) & mask;
            out[target + 3] = (int) (low >>> 3 * width) & mask;
            out[target + 4] = (int) high & mask;
            out[target + 5] = (int) (high >>> width) & mask;
            out[target + 6] = (int) (high >>> 2 * width) & mask;
            out[target + 7] = (int) (high >>> 3 * width) & mask;
            source += width;
            target += 8;
        }
    }

    /** Unpacks numbers of up to 64 bits, from the start of a byte. */
    static void unpackLongs(byte[] data, int start, int width, long[] out, int at, int count) {
        if (width == 0) {
            Arrays.fill(out, at, at + count, 0);
            return;
        }
        long mask = -1L >>> 64 - width;
        long bit = 0;
        for (int i = at; i < at + count; i++) {
            int source = start + (int) (bit >>> 3);
            int shift = (int) bit & 7;
            long value = LittleEndian.longAt(data, source) >>> shift;
            if (shift + width > 64) {
                value |= (long) data[source + 8] << 64 - shift;
            }
            out[i] = value & mask;
            bit += width;
        }
    }

    /** Copies bits between bitmaps; the target's bits from there on must be 0. */
    static void copy(byte[] data, long firstBit, long[] target, int at, int count) {
        int done = 0;
        while (done < count) {
            long bit = firstBit + done;
            int shift = (int) bit & 7;
            int place = at + done & 63;
            int length = Math.min(count - done, Math.min(64 - shift, 64 - place));
            long bits = LittleEndian.longAt(data, (int) (bit >>> 3)) >>> shift & -1L >>> 64 - length;
            target[at + done >> 6] |= bits << place;
            done += length;
        }
    }

    /** Sets bits of a bitmap. */
    static void set(long[] target, int from, int to) {
        if (from >= to) {
            return;
        }
        int first = from >> 6;
        int last = to - 1 >> 6;
        long head = -1L << from;
        long tail = -1L >>> -to;
        if (first == last) {
            target[first] |= head & tail;
            return;
        }
        target[first] |= head;
        Arrays.fill(target, first + 1, last, -1L);
        target[last] |= tail;
    }

    /** Sets those bits of a bitmap, from a position on, that are not set in another one from its start on. */
    static void setInverted(long[] target, int at, long[] source, int count) {
        int shift = at & 63;
        int word = at >> 6;
        for (int i = 0; i < count; i += 64) {
            int length = Math.min(64, count - i);
            long bits = ~source[i >> 6] & -1L >>> 64 - length;
            target[word] |= bits << shift;
            if (shift + length > 64) {
                target[word + 1] |= bits >>> 64 - shift;
            }
            word++;
        }
    }

    static int count(long[] words, int bits) {
        int count = 0;
        for (int i = 0; i < bits >> 6; i++) {
            count += Long.bitCount(words[i]);
        }
        return (bits & 63) == 0 ? count : count + Long.bitCount(words[bits >> 6] & -1L >>> -bits);
    }
}
