package io.spangraph.iceberg.parquet;

import java.util.Arrays;

/**
 * Collects the rows that one call of a reader gives. Values come dense from the page and are spread over the rows that are
 * not null afterwards, so that decoders need not know of nulls.
 */
abstract sealed class Sink permits NumberSinks.Longs, NumberSinks.Doubles, NumberSinks.Booleans, CodeSink, BytesSink {
    private final int rows;
    private int filled;
    private long[] nullWords = new long[0];
    private int nullCount;

    Sink(int rows) {
        this.rows = rows;
    }

    int rows() {
        return rows;
    }

    /** Rows that are complete. */
    int filled() {
        return filled;
    }

    /** Takes rows none of which is null. */
    void add(ValueDecoder values, int count) {
        take(values, filled, count);
        filled += count;
    }

    /**
     * Takes rows some of which are null.
     *
     * @param present a bitmap from its first bit on
     * @param set how many of its bits are set
     */
    void add(ValueDecoder values, long[] present, int count, int set) {
        if (set == count) {
            add(values, count);
            return;
        }
        if (set > 0) {
            take(values, filled, set);
        }
        spread(present, filled, count, set);
        addNulls(present, count, set);
        filled += count;
    }

    private void addNulls(long[] present, int count, int set) {
        if (nullCount == 0) {
            nullWords = new long[(rows + 63) / 64 + 1];
        }
        nullCount += count - set;
        Bits.setInverted(nullWords, filled, present, count);
    }

    /** Takes the chosen rows of another sink of the same kind. */
    void addChosen(Sink source, int[] chosen, int count) {
        gather(source, chosen, count);
        if (source.nullCount > 0) {
            for (int i = 0; i < count; i++) {
                if ((source.nullWords[chosen[i] >> 6] >>> chosen[i] & 1) != 0) {
                    if (nullCount == 0) {
                        nullWords = new long[(rows + 63) / 64 + 1];
                    }
                    nullWords[filled + i >> 6] |= 1L << filled + i;
                    nullCount++;
                }
            }
        }
        filled += count;
    }

    Nulls nulls() {
        return nullCount == 0 ? Nulls.NONE : new Nulls(nullWords, nullCount);
    }

    int nullCount() {
        return nullCount;
    }

    /** Makes the nulls of another sink, whose rows these start with, ours. */
    void inherit(Sink other) {
        filled = other.filled;
        nullCount = other.nullCount;
        nullWords = Arrays.copyOf(other.nullWords, other.nullWords.length);
    }

    /** An empty sink of the same kind for so many rows. */
    abstract Sink fresh(int rowsOfIt);

    /** Decodes values into the places from a position on. */
    abstract void take(ValueDecoder values, int at, int count);

    /** Moves the values that lie dense from a position on to the places of the set bits. */
    abstract void spread(long[] present, int at, int count, int set);

    abstract void gather(Sink source, int[] chosen, int count);

    abstract ColumnValues result();
}
