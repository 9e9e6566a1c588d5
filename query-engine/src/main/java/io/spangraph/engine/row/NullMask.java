package io.spangraph.engine.row;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Which rows of a vector are null, a bit for each row. Immutable once handed to a vector. Loops over many rows take the
 * {@link #words()}, everything else asks row by row.
 */
public final class NullMask {
    /** No row is null. */
    public static final NullMask NONE = new NullMask(new long[0]);

    private final long[] words;

    private NullMask(long[] words) {
        this.words = words;
    }

    /** A mask over these bits. */
    public static NullMask of(BitSet nulls) {
        return nulls.isEmpty() ? NONE : new NullMask(nulls.toLongArray());
    }

    /** A mask over these words, lowest bit first, which the caller does not change any more. */
    public static NullMask ofWords(long[] words) {
        for (long word : words) {
            if (word != 0) {
                return new NullMask(words);
            }
        }
        return NONE;
    }

    public boolean isNull(int row) {
        int word = row >> 6;
        return word < words.length && (words[word] >>> row & 1) != 0;
    }

    public boolean isEmpty() {
        return words.length == 0;
    }

    /** The bits, lowest first; rows behind the last word are not null. Not to be changed. */
    public long[] words() {
        return words;
    }

    /** The bits as at least so many words as the rows need, so that a loop need not ask whether there is one. */
    public long[] wordsFor(int rows) {
        int needed = (rows + Long.SIZE - 1) / Long.SIZE;
        return words.length >= needed ? words : Arrays.copyOf(words, needed);
    }

    /** How many of the first rows are null. */
    public int cardinality(int rows) {
        int whole = Math.min(words.length, rows >> 6);
        int nulls = 0;
        for (int i = 0; i < whole; i++) {
            nulls += Long.bitCount(words[i]);
        }
        int rest = rows & (Long.SIZE - 1);
        return rest != 0 && whole < words.length ? nulls + Long.bitCount(words[whole] << (Long.SIZE - rest)) : nulls;
    }

    public long heapBytes() {
        return (long) Long.BYTES * words.length;
    }
}
