package io.spangraph.iceberg.parquet;

/** Which rows of a column are null, as a bitmap; without words when none is, so that the common case costs nothing. */
public final class Nulls {
    static final Nulls NONE = new Nulls(new long[0], 0);

    private final long[] words;
    private final int count;

    Nulls(long[] words, int count) {
        this.words = words;
        this.count = count;
    }

    /** The nulls whose bits are set, lowest bit first; the caller does not change the words any more. */
    public static Nulls of(long[] words) {
        int count = 0;
        for (long word : words) {
            count += Long.bitCount(word);
        }
        return count == 0 ? NONE : new Nulls(words, count);
    }

    public boolean any() {
        return count > 0;
    }

    public int count() {
        return count;
    }

    public boolean isNull(int row) {
        return count > 0 && (words[row >> 6] >>> row & 1) != 0;
    }

    /** Bit i of word i / 64 is set when row i is null; empty when no row is. Not to be changed. */
    public long[] words() {
        return words;
    }
}
