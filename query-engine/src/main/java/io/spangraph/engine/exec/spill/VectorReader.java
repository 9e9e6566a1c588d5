package io.spangraph.engine.exec.spill;

import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.PackedTexts;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/** Reads the columns that a {@link VectorWriter} wrote. */
final class VectorReader {
    private static final VectorWriter.Form[] FORMS = VectorWriter.Form.values();
    private static final LongKind[] KINDS = LongKind.values();

    private VectorReader() {}

    static Vector read(BlockInput in, int rows) {
        return switch (FORMS[in.readByte()]) {
            case CONSTANT -> new Vector.ConstantVector(ValueCodec.read(in), rows);
            case LONGS -> {
                LongKind kind = KINDS[in.readByte()];
                NullMask nulls = readNulls(in, rows);
                yield new Vector.LongVector(readLongs(in, rows), nulls, kind);
            }
            case DOUBLES -> {
                NullMask nulls = readNulls(in, rows);
                double[] values = new double[rows];
                for (int i = 0; i < rows; i++) {
                    values[i] = Double.longBitsToDouble(in.readLong());
                }
                yield new Vector.DoubleVector(values, nulls);
            }
            case BOOLEANS -> {
                NullMask nulls = readNulls(in, rows);
                boolean[] values = new boolean[rows];
                for (int i = 0; i < rows; i++) {
                    values[i] = in.readByte() != 0;
                }
                yield new Vector.BooleanVector(values, nulls);
            }
            case DICTIONARY -> {
                int entries = in.readCount();
                List<Value> dictionary = new ArrayList<>(entries);
                for (int i = 0; i < entries; i++) {
                    dictionary.add(ValueCodec.read(in));
                }
                yield readCodes(in, rows, Collections.unmodifiableList(dictionary));
            }
            case TEXT_DICTIONARY -> {
                Vector.TextVector entries = readTexts(in, in.readCount(), NullMask.NONE);
                yield readCodes(in, rows, new PackedTexts(entries.utf8(), entries.offsets()));
            }
            case TEXTS -> readTexts(in, rows, readNulls(in, rows));
            case VALUES -> {
                Value[] values = new Value[rows];
                for (int i = 0; i < rows; i++) {
                    values[i] = ValueCodec.read(in);
                }
                yield new Vector.ValueVector(values);
            }
        };
    }

    private static NullMask readNulls(BlockInput in, int rows) {
        if (in.readByte() == 0) {
            return NullMask.NONE;
        }
        return NullMask.of(BitSet.valueOf(in.readBytes((rows + 7) / 8)));
    }

    private static long[] readLongs(BlockInput in, int rows) {
        long min = in.readSigned();
        int width = in.readByte();
        long[] values = new long[rows];
        for (int i = 0; i < rows; i++) {
            values[i] = min + in.readPacked(width);
        }
        return values;
    }

    private static Vector readCodes(BlockInput in, int rows, List<Value> dictionary) {
        int width = in.readByte();
        int[] codes = new int[rows];
        for (int i = 0; i < rows; i++) {
            codes[i] = (int) in.readPacked(width) - 1;
        }
        return new Vector.DictionaryVector(codes, dictionary);
    }

    private static Vector.TextVector readTexts(BlockInput in, int rows, NullMask nulls) {
        int[] offsets = new int[rows + 1];
        byte[] utf8 = new byte[Math.max(16, rows * 8)];
        for (int i = 0; i < rows; i++) {
            int length = in.readCount();
            int end = Math.addExact(offsets[i], length);
            if (end > utf8.length) {
                utf8 = Arrays.copyOf(utf8, (int) Math.max(end, Math.min(Integer.MAX_VALUE - 16, utf8.length * 2L)));
            }
            in.readInto(utf8, offsets[i], length);
            offsets[i + 1] = end;
        }
        return new Vector.TextVector(Arrays.copyOf(utf8, offsets[rows]), offsets, nulls);
    }
}
