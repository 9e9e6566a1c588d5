package io.spangraph.iceberg.read.columns;

import java.util.Arrays;

/** Which of some rows are still wanted, one bit for each, so that tests of whole columns combine without copying. */
public final class RowMask {
    private final long[] words;
    private final int rows;

    private RowMask(long[] words, int rows) {
        this.words = words;
        this.rows = rows;
    }

    public static RowMask all(int rows) {
        long[] words = new long[(rows + 63) >> 6];
        Arrays.fill(words, -1L);
        if ((rows & 63) != 0) {
            words[words.length - 1] = -1L >>> -rows;
        }
        return new RowMask(words, rows);
    }

    public RowMask copy() {
        return new RowMask(words.clone(), rows);
    }

    public int rows() {
        return rows;
    }

    /** Bit i of word i / 64 stands for row i. Tests change them. */
    public long[] words() {
        return words;
    }

    public boolean isEmpty() {
        for (long word : words) {
            if (word != 0) {
                return false;
            }
        }
        return true;
    }

    public int count() {
        int count = 0;
        for (long word : words) {
            count += Long.bitCount(word);
        }
        return count;
    }

    public void clear(int row) {
        words[row >> 6] &= ~(1L << row);
    }

    public void clearAll() {
        Arrays.fill(words, 0);
    }

    public void or(RowMask other) {
        for (int i = 0; i < words.length; i++) {
            words[i] |= other.words[i];
        }
    }

    public void andNot(RowMask other) {
        for (int i = 0; i < words.length; i++) {
            words[i] &= ~other.words[i];
        }
    }

    /** The wanted rows, in ascending order. */
    public int[] positions() {
        int[] positions = new int[count()];
        int at = 0;
        for (int i = 0; i < words.length; i++) {
            for (long word = words[i]; word != 0; word &= word - 1) {
                positions[at++] = (i << 6) + Long.numberOfTrailingZeros(word);
            }
        }
        return positions;
    }
}
