package io.spangraph.engine.exec.spill;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes numbers and texts into an array that grows. What {@link BlockInput} reads. */
final class BlockOutput {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 16;

    private byte[] bytes;
    private int length;

    BlockOutput(int capacity) {
        this.bytes = new byte[capacity];
    }

    int length() {
        return length;
    }

    int capacity() {
        return bytes.length;
    }

    /** The array; valid up to the length, and until the next byte is written. */
    byte[] array() {
        return bytes;
    }

    /** Forgets what was written from here on. */
    void cutTo(int shorter) {
        length = shorter;
    }

    /** Leaves room for ints that are {@linkplain #setInt set} later. */
    void skip(int count) {
        ensure(count);
        length += count;
    }

    void setInt(int position, int value) {
        INT.set(bytes, position, value);
    }

    void writeByte(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
    }

    void writeBytes(byte[] source, int offset, int count) {
        ensure(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    void writeLong(long value) {
        ensure(Long.BYTES);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
    }

    /** The lowest bytes of a number. */
    void writePacked(long value, int width) {
        ensure(Long.BYTES);
        LONG.set(bytes, length, value);
        length += width;
    }

    /** A number that is mostly small. */
    void writeUnsigned(long value) {
        long rest = value;
        ensure(10);
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    void writeSigned(long value) {
        writeUnsigned(value << 1 ^ value >> 63);
    }

    /** A text; one that has no form in UTF-8, because half of a pair is missing, as its chars. */
    void writeText(String text) {
        if (hasLoneSurrogate(text)) {
            writeUnsigned((long) text.length() << 1 | 1);
            for (int i = 0; i < text.length(); i++) {
                writePacked(text.charAt(i), Character.BYTES);
            }
            return;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        writeUnsigned((long) utf8.length << 1);
        writeBytes(utf8, 0, utf8.length);
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char at = text.charAt(i);
            if (Character.isHighSurrogate(at)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(at)) {
                return true;
            }
        }
        return false;
    }

    private void ensure(int count) {
        if (count > bytes.length - length) {
            long needed = (long) length + count;
            long grown = Math.max(needed, Math.min(MAX_LENGTH, bytes.length * 2L));
            bytes = Arrays.copyOf(bytes, Math.toIntExact(grown));
        }
    }
}
