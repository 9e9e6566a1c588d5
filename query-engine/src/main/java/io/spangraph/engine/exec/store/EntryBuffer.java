package io.spangraph.engine.exec.store;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.TextEntries;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.DictionaryVector;
import io.spangraph.engine.row.Vector.TextVector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Texts that do not repeat, as codes of the dictionaries in which they came: no byte is copied, and rows that come back in
 * their order keep their dictionary. For rows that want a good part of each dictionary, since all of it is held.
 */
final class EntryBuffer extends ColumnBuffer {
    /** So much of a dictionary may be held for one of its entries that is wanted. */
    private static final int MAX_ENTRIES_PER_ROW = 16;

    private static final int NULL_CODE = -1;

    private final List<TextEntries> dictionaries = new ArrayList<>();
    /** Of each dictionary its first row. */
    private final IntList firstRows = new IntList();

    private int[] codes = new int[0];

    EntryBuffer(HeldMemory memory) {
        super(memory, Integer.BYTES);
    }

    /** Whether holding the dictionary of a vector is worth so many of its rows. */
    static boolean isWorthIt(Vector vector, int rows) {
        return vector instanceof DictionaryVector dictionary
                && dictionary.dictionary() instanceof TextEntries entries
                && isWorthIt(entries, rows);
    }

    static boolean isWorthIt(TextEntries entries, int wanted) {
        return entries.size() <= (long) MAX_ENTRIES_PER_ROW * wanted;
    }

    /** What holding a dictionary costs. */
    static long heldBytes(TextEntries entries) {
        return entries.utf8().length + (long) Integer.BYTES * entries.offsets().length;
    }

    @Override
    boolean accepts(Vector vector) {
        return vector instanceof DictionaryVector dictionary && dictionary.dictionary() instanceof TextEntries;
    }

    @Override
    boolean accepts(Vector vector, int count) {
        return vector instanceof DictionaryVector(int[] source, List<Value> dictionary)
                && dictionary instanceof TextEntries entries
                && (isLast(entries) || isWorthIt(entries, count));
    }

    @SuppressWarnings("ReferenceEquality")
    private boolean isLast(TextEntries entries) {
        return !dictionaries.isEmpty() && dictionaries.getLast() == entries;
    }

    @Override
    void copy(Vector vector, int[] positions) {
        DictionaryVector texts = (DictionaryVector) vector;
        TextEntries entries = (TextEntries) texts.dictionary();
        if (!isLast(entries)) {
            reserve(heldBytes(entries));
            dictionaries.add(entries);
            firstRows.add(rows());
        }
        int[] source = texts.codes();
        int end = rows();
        for (int position : positions) {
            codes[end++] = source[position];
        }
    }

    @Override
    void skip(int count) {
        Arrays.fill(codes, rows(), rows() + count, NULL_CODE);
    }

    @Override
    void grow(int newCapacity) {
        codes = Arrays.copyOf(codes, newCapacity);
    }

    private TextEntries dictionary(int row) {
        return dictionaries.get(firstRows.lastUpTo(row));
    }

    @Override
    Value present(int row) {
        return dictionary(row).get(codes[row]);
    }

    @Override
    Vector gather(int[] positions) {
        int[] gathered = new int[positions.length];
        int from = Integer.MAX_VALUE;
        int to = -1;
        for (int i = 0; i < gathered.length; i++) {
            int row = positions[i];
            if (isAbsent(row)) {
                gathered[i] = NULL_CODE;
            } else {
                gathered[i] = codes[row];
                from = Math.min(from, row);
                to = Math.max(to, row);
            }
        }
        if (to < 0) {
            return new Vector.ConstantVector(Value.NULL, positions.length);
        }
        int first = firstRows.lastUpTo(from);
        return first == firstRows.lastUpTo(to)
                ? new DictionaryVector(gathered, dictionaries.get(first))
                : copies(positions);
    }

    /** Rows of any dictionaries. */
    TextVector copies(int[] positions) {
        TextEntries[] sources = new TextEntries[positions.length];
        int[] ends = new int[positions.length + 1];
        for (int i = 0; i < positions.length; i++) {
            int size = 0;
            if (!isAbsent(positions[i])) {
                sources[i] = dictionary(positions[i]);
                int entry = codes[positions[i]];
                size = sources[i].offsets()[entry + 1] - sources[i].offsets()[entry];
            }
            ends[i + 1] = Math.addExact(ends[i], size);
        }
        byte[] bytes = new byte[ends[positions.length]];
        for (int i = 0; i < positions.length; i++) {
            if (!isAbsent(positions[i])) {
                int start = sources[i].offsets()[codes[positions[i]]];
                System.arraycopy(sources[i].utf8(), start, bytes, ends[i], ends[i + 1] - ends[i]);
            }
        }
        return new TextVector(bytes, ends, nullMask(positions));
    }

    @Override
    int endOfPiece(int from) {
        int next = firstRows.lastUpTo(from) + 1;
        return next == dictionaries.size() ? rows() : firstRows.at(next);
    }

    /** The hashes of rows from one on, 0 for null. */
    void hashes(int from, int[] into) {
        int to = from + into.length;
        for (int row = from; row < to; ) {
            int end = Math.min(to, endOfPiece(row));
            // Nulls may stand before the first dictionary.
            TextEntries entries = dictionaries.get(Math.max(0, firstRows.lastUpTo(row)));
            byte[] utf8 = entries.utf8();
            int[] offsets = entries.offsets();
            for (; row < end; row++) {
                int code = codes[row];
                into[row - from] = code < 0 ? 0 : TextTable.hash(utf8, offsets[code], offsets[code + 1]);
            }
        }
    }

    /** Whether two rows hold the same text, or both are null. */
    boolean isEqual(int row, EntryBuffer other, int otherRow) {
        int code = codes[row];
        int otherCode = other.codes[otherRow];
        if (code < 0 || otherCode < 0) {
            return code < 0 && otherCode < 0;
        }
        TextEntries mine = dictionary(row);
        TextEntries others = other.dictionary(otherRow);
        return Arrays.equals(
                mine.utf8(),
                mine.offsets()[code],
                mine.offsets()[code + 1],
                others.utf8(),
                others.offsets()[otherCode],
                others.offsets()[otherCode + 1]);
    }

    /** By code point, which is the order of the bytes. */
    @Override
    RowOrder presentOrder() {
        int[] sorted = codes;
        return (left, right) -> {
            TextEntries leftTexts = dictionary(left);
            TextEntries rightTexts = dictionary(right);
            int[] leftStarts = leftTexts.offsets();
            int[] rightStarts = rightTexts.offsets();
            return Arrays.compareUnsigned(
                    leftTexts.utf8(),
                    leftStarts[sorted[left]],
                    leftStarts[sorted[left] + 1],
                    rightTexts.utf8(),
                    rightStarts[sorted[right]],
                    rightStarts[sorted[right] + 1]);
        };
    }

    /** Numbers that only grow. */
    private static final class IntList {
        private int[] numbers = new int[16];
        private int size;

        void add(int number) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * size);
            }
            numbers[size++] = number;
        }

        int at(int place) {
            return numbers[place];
        }

        /** The place of the last number that is not larger; -1 if there is none. */
        int lastUpTo(int number) {
            int found = Arrays.binarySearch(numbers, 0, size, number);
            // A place is free in front of the first larger one.
            return found >= 0 ? found : -found - 2;
        }
    }
}
