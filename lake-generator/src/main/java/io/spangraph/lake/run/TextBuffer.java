package io.spangraph.lake.run;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** UTF-8 text that is built once a row and written as bytes; strings would cost a second copy of the whole lake. */
public final class TextBuffer {

    private byte[] bytes = new byte[1 << 12];
    private int length;

    /** The text so far; only the first {@link #length()} bytes belong to it, and only until the next change. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    void clear() {
        length = 0;
    }

    TextBuffer append(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        return append(encoded, 0, encoded.length);
    }

    TextBuffer append(byte[] source, int from, int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
        }
        System.arraycopy(source, from, bytes, length, count);
        length += count;
        return this;
    }
}
