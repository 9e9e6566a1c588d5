package io.spangraph.engine.exec.scope;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads the usual form of a UUID, with small letters and hyphens, as two longs, eight digits at a time. Which digit stands
 * where in them is nobody's business: two texts have equal longs exactly if they are equal.
 */
final class UuidText {
    static final int LENGTH = 36;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long LOW_NIBBLES = 0x0f0f0f0f0f0f0f0fL;
    private static final long ONES = 0x0101010101010101L;
    private static final long ZERO_DIGITS = 0x3030303030303030L;
    /** What a letter lies above the digit of its value: {@code 'a' - '0' - 10}. */
    private static final long LETTER_SHIFT = 0x27;

    private UuidText() {}

    /** Puts the longs of a text at a position; false if it has another form, which no UUID equals then. */
    static boolean read(byte[] utf8, int from, int to, long[] high, long[] low, int at) {
        if (to - from != LENGTH
                || utf8[from + 8] != '-'
                || utf8[from + 13] != '-'
                || utf8[from + 18] != '-'
                || utf8[from + 23] != '-') {
            return false;
        }
        long a = (long) LONGS.get(utf8, from);
        long b = together((int) INTS.get(utf8, from + 9), (int) INTS.get(utf8, from + 14));
        long c = together((int) INTS.get(utf8, from + 19), (int) INTS.get(utf8, from + 24));
        long d = (long) LONGS.get(utf8, from + 28);
        long na = nibbles(a);
        long nb = nibbles(b);
        long nc = nibbles(c);
        long nd = nibbles(d);
        high[at] = packed(na) << 32 | packed(nb);
        low[at] = packed(nc) << 32 | packed(nd);
        return ((text(na) ^ a) | (text(nb) ^ b) | (text(nc) ^ c) | (text(nd) ^ d)) == 0;
    }

    private static long together(int first, int second) {
        return first & 0xffffffffL | (long) second << 32;
    }

    /** The values of eight digits, a byte each; anything for what is no digit. */
    private static long nibbles(long digits) {
        return (digits & LOW_NIBBLES) + 9 * (digits >>> 6 & ONES) & LOW_NIBBLES;
    }

    /** The digits of these values, by which is told whether they were digits. */
    private static long text(long nibbles) {
        long letters = nibbles + 0x0606060606060606L >>> 4 & ONES;
        return nibbles + ZERO_DIGITS + letters * LETTER_SHIFT;
    }

    private static long packed(long nibbles) {
        long pairs = (nibbles | nibbles >>> 4) & 0x00ff00ff00ff00ffL;
        long fours = (pairs | pairs >>> 8) & 0x0000ffff0000ffffL;
        return (fours | fours >>> 16) & 0xffffffffL;
    }
}
