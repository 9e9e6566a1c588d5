package io.spangraph.engine.exec.store;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.TextEntries;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.DictionaryVector;
import io.spangraph.engine.row.Vector.TextVector;
import io.spangraph.model.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Texts that do not repeat, as UTF-8 one behind the other. It takes texts that come as bytes: making no object of any is
 * what it is for.
 */
final class TextBuffer extends ColumnBuffer {
    private static final int MAX_BYTES = Integer.MAX_VALUE - 16;

    private byte[] utf8 = new byte[0];
    /** By row; where the next text goes stands behind the last row. */
    private int[] offsets = new int[1];

    TextBuffer(HeldMemory memory) {
        super(memory, Integer.BYTES);
    }

    static boolean takes(Vector vector) {
        return vector instanceof TextVector
                || vector instanceof DictionaryVector dictionary && dictionary.dictionary() instanceof TextEntries;
    }

    @Override
    boolean accepts(Vector vector) {
        return takes(vector);
    }

    @Override
    void copy(Vector vector, int[] positions) {
        if (vector instanceof DictionaryVector(int[] codes, var dictionary)
                && dictionary instanceof TextEntries entries) {
            int[] wanted = new int[positions.length];
            for (int i = 0; i < wanted.length; i++) {
                wanted[i] = codes[positions[i]];
            }
            copy(entries.utf8(), entries.offsets(), wanted);
        } else {
            TextVector texts = (TextVector) vector;
            copy(texts.utf8(), texts.offsets(), positions);
        }
    }

    /** @param texts which of the texts; those in rows that are null do not count */
    private void copy(byte[] source, int[] starts, int[] texts) {
        int first = rows();
        long length = 0;
        for (int i = 0; i < texts.length; i++) {
            length += isNull(first + i) ? 0 : starts[texts[i] + 1] - starts[texts[i]];
        }
        roomFor(offsets[first] + length);
        int end = offsets[first];
        for (int i = 0; i < texts.length; i++) {
            if (!isNull(first + i)) {
                int start = starts[texts[i]];
                int size = starts[texts[i] + 1] - start;
                System.arraycopy(source, start, utf8, end, size);
                end += size;
            }
            offsets[first + i + 1] = end;
        }
    }

    private void roomFor(long bytes) {
        if (bytes > MAX_BYTES) {
            // Cannot be met below a budget of many gigabytes; asking for all there is names the limit to the user.
            reserve(Long.MAX_VALUE / 2);
        }
        if (bytes > utf8.length) {
            int grown = (int) Math.min(MAX_BYTES, Math.max(bytes, utf8.length * 3L / 2));
            reserve(grown - utf8.length);
            utf8 = Arrays.copyOf(utf8, grown);
        }
    }

    @Override
    void skip(int count) {
        Arrays.fill(offsets, rows() + 1, rows() + 1 + count, offsets[rows()]);
    }

    @Override
    void grow(int newCapacity) {
        offsets = Arrays.copyOf(offsets, newCapacity + 1);
    }

    @Override
    Value present(int row) {
        return Value.of(new String(utf8, offsets[row], offsets[row + 1] - offsets[row], StandardCharsets.UTF_8));
    }

    @Override
    Vector gather(int[] positions) {
        int[] ends = new int[positions.length + 1];
        for (int i = 0; i < positions.length; i++) {
            int row = positions[i];
            ends[i + 1] = Math.addExact(ends[i], row < 0 ? 0 : offsets[row + 1] - offsets[row]);
        }
        byte[] gathered = new byte[ends[positions.length]];
        for (int i = 0; i < positions.length; i++) {
            if (positions[i] >= 0) {
                System.arraycopy(utf8, offsets[positions[i]], gathered, ends[i], ends[i + 1] - ends[i]);
            }
        }
        return new TextVector(gathered, ends, nullMask(positions));
    }

    /** By code point, which is the order of the bytes. */
    @Override
    RowOrder presentOrder() {
        byte[] sorted = utf8;
        int[] starts = offsets;
        return (left, right) -> Arrays.compareUnsigned(
                sorted, starts[left], starts[left + 1], sorted, starts[right], starts[right + 1]);
    }
}
