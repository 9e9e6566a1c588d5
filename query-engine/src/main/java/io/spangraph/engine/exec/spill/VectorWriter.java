package io.spangraph.engine.exec.spill;

import io.spangraph.engine.row.TextEntries;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.BooleanVector;
import io.spangraph.engine.row.Vector.DictionaryVector;
import io.spangraph.engine.row.Vector.DoubleVector;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.engine.row.Vector.TextVector;
import io.spangraph.model.value.Value;
import java.util.List;

/**
 * Writes columns of a block: integers by their distance from the smallest, in as few bytes as the largest needs; texts of a
 * dictionary as codes into one of the block's own, which holds only what occurs.
 */
final class VectorWriter {
    /** How a column is written. */
    enum Form {
        CONSTANT,
        LONGS,
        DOUBLES,
        BOOLEANS,
        DICTIONARY,
        TEXT_DICTIONARY,
        TEXTS,
        VALUES
    }

    private final BlockOutput out;
    private final int maxLength;

    /** @param maxLength at which writing a column is given up */
    VectorWriter(BlockOutput out, int maxLength) {
        this.out = out;
        this.maxLength = maxLength;
    }

    /** Writes the rows at these positions; false if that was given up, with a part written. */
    boolean write(Vector vector, int[] positions, int from, int to) {
        return switch (vector) {
            case Vector.ConstantVector(Value constant, int length) -> {
                form(Form.CONSTANT);
                ValueCodec.write(constant, out);
                yield true;
            }
            case LongVector longs -> {
                form(Form.LONGS);
                out.writeByte(longs.kind().ordinal());
                writeLongs(longs, positions, from, to);
                yield fits();
            }
            case DoubleVector doubles -> {
                form(Form.DOUBLES);
                writeNulls(vector, doubles.nulls().isEmpty(), positions, from, to);
                for (int i = from; i < to; i++) {
                    out.writeLong(Double.doubleToRawLongBits(doubles.values()[positions[i]]));
                }
                yield fits();
            }
            case BooleanVector booleans -> {
                form(Form.BOOLEANS);
                writeNulls(vector, booleans.nulls().isEmpty(), positions, from, to);
                for (int i = from; i < to; i++) {
                    out.writeByte(booleans.values()[positions[i]] ? 1 : 0);
                }
                yield fits();
            }
            case DictionaryVector texts -> writeDictionary(texts, positions, from, to);
            case TextVector texts -> {
                form(Form.TEXTS);
                writeNulls(vector, texts.nulls().isEmpty(), positions, from, to);
                yield writeTexts(texts, positions, from, to);
            }
            case Vector.ValueVector(Value[] values) -> {
                form(Form.VALUES);
                for (int i = from; i < to && fits(); i++) {
                    ValueCodec.write(values[positions[i]], out);
                }
                yield fits();
            }
        };
    }

    private void form(Form form) {
        out.writeByte(form.ordinal());
    }

    private boolean fits() {
        return out.length() <= maxLength;
    }

    private void writeNulls(Vector vector, boolean none, int[] positions, int from, int to) {
        if (none) {
            out.writeByte(0);
            return;
        }
        out.writeByte(1);
        int bits = 0;
        for (int i = from; i < to; i++) {
            int bit = (i - from) & 7;
            bits |= vector.isNull(positions[i]) ? 1 << bit : 0;
            if (bit == 7 || i == to - 1) {
                out.writeByte(bits);
                bits = 0;
            }
        }
    }

    private void writeLongs(LongVector longs, int[] positions, int from, int to) {
        writeNulls(longs, longs.nulls().isEmpty(), positions, from, to);
        long[] values = longs.values();
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (int i = from; i < to; i++) {
            min = Math.min(min, values[positions[i]]);
            max = Math.max(max, values[positions[i]]);
        }
        // An overflow gives a difference of 64 bits, which is right without its sign.
        int width = from == to ? 0 : bytesFor(max - min);
        out.writeSigned(min);
        out.writeByte(width);
        for (int i = from; i < to; i++) {
            out.writePacked(values[positions[i]] - min, width);
        }
    }

    static int bytesFor(long unsigned) {
        return (Long.SIZE - Long.numberOfLeadingZeros(unsigned) + Byte.SIZE - 1) / Byte.SIZE;
    }

    private boolean writeDictionary(DictionaryVector texts, int[] positions, int from, int to) {
        List<Value> dictionary = texts.dictionary();
        LocalCodes local = new LocalCodes(to - from);
        int[] codes = new int[to - from];
        for (int i = from; i < to; i++) {
            int code = texts.codes()[positions[i]];
            codes[i - from] = code < 0 ? 0 : local.codeOf(code) + 1;
        }
        if (dictionary instanceof TextEntries entries) {
            form(Form.TEXT_DICTIONARY);
            writeEntries(entries, local);
        } else {
            form(Form.DICTIONARY);
            out.writeUnsigned(local.size());
            for (int entry = 0; entry < local.size() && fits(); entry++) {
                ValueCodec.write(dictionary.get(local.original(entry)), out);
            }
        }
        int width = bytesFor(local.size());
        out.writeByte(width);
        for (int code : codes) {
            out.writePacked(code, width);
        }
        return fits();
    }

    private void writeEntries(TextEntries entries, LocalCodes local) {
        int[] offsets = entries.offsets();
        out.writeUnsigned(local.size());
        for (int entry = 0; entry < local.size() && fits(); entry++) {
            int start = offsets[local.original(entry)];
            int length = offsets[local.original(entry) + 1] - start;
            out.writeUnsigned(length);
            out.writeBytes(entries.utf8(), start, length);
        }
    }

    private boolean writeTexts(TextVector texts, int[] positions, int from, int to) {
        for (int i = from; i < to && fits(); i++) {
            int start = texts.offsets()[positions[i]];
            int length = texts.offsets()[positions[i] + 1] - start;
            out.writeUnsigned(length);
            out.writeBytes(texts.utf8(), start, length);
        }
        return fits();
    }

    /** Numbers the codes that occur in a block from 0, as they come. */
    private static final class LocalCodes {
        private static final int MULTIPLIER = 0x9E3779B9;

        private final int[] keys;
        /** By slot: the number and one more; 0 for an empty slot. */
        private final int[] numbers;

        private final int[] originals;
        private final int shift;
        private int size;

        LocalCodes(int rows) {
            int bits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(rows)) + 1;
            keys = new int[1 << bits];
            numbers = new int[1 << bits];
            originals = new int[rows];
            shift = Integer.SIZE - bits;
        }

        int codeOf(int key) {
            int slot = (key * MULTIPLIER) >>> shift;
            while (numbers[slot] != 0) {
                if (keys[slot] == key) {
                    return numbers[slot] - 1;
                }
                slot = (slot + 1) & (keys.length - 1);
            }
            keys[slot] = key;
            originals[size] = key;
            numbers[slot] = ++size;
            return size - 1;
        }

        int size() {
            return size;
        }

        int original(int number) {
            return originals[number];
        }
    }
}
