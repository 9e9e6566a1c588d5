package io.spangraph.engine.exec.spill;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what a {@link BlockOutput} wrote. The bytes were checked before, so that their form can be trusted. */
final class BlockInput {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Behind the last byte lie as many more as the widest number has. */
    static final int PADDING = Long.BYTES;

    private final byte[] bytes;
    private int position;

    BlockInput(byte[] bytes, int position) {
        this.bytes = bytes;
        this.position = position;
    }

    int readByte() {
        return bytes[position++];
    }

    byte[] readBytes(int count) {
        byte[] read = Arrays.copyOfRange(bytes, position, position + count);
        position += count;
        return read;
    }

    void readInto(byte[] target, int offset, int count) {
        System.arraycopy(bytes, position, target, offset, count);
        position += count;
    }

    long readLong() {
        long value = (long) LONG.get(bytes, position);
        position += Long.BYTES;
        return value;
    }

    /** A number of so many bytes, at most eight, that is not negative unless it has all eight. */
    long readPacked(int width) {
        if (width == 0) {
            return 0;
        }
        long value = (long) LONG.get(bytes, position);
        position += width;
        return value & (-1L >>> (Long.SIZE - Byte.SIZE * width));
    }

    long readUnsigned() {
        long value = 0;
        int shift = 0;
        while (true) {
            byte next = bytes[position++];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
            shift += 7;
        }
    }

    int readCount() {
        return Math.toIntExact(readUnsigned());
    }

    long readSigned() {
        long value = readUnsigned();
        return value >>> 1 ^ -(value & 1);
    }

    String readText() {
        long header = readUnsigned();
        int length = Math.toIntExact(header >>> 1);
        if ((header & 1) == 0) {
            String text = new String(bytes, position, length, StandardCharsets.UTF_8);
            position += length;
            return text;
        }
        char[] chars = new char[length];
        for (int i = 0; i < length; i++) {
            chars[i] = (char) readPacked(Character.BYTES);
        }
        return new String(chars);
    }
}
