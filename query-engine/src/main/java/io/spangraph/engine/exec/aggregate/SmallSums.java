package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.row.Vector.LongVector;
import java.util.Arrays;
import java.util.Optional;

/**
 * Sums and counts of the integers of a batch by a small number, as that of a group, in one pass: as long as the integers
 * are small, one long holds the sum of a group, the count of its values and the count of its rows, and one addition adds
 * to all three. After a block of rows, before one of them could run into the next, they are put apart.
 */
final class SmallSums {
    /** What all integers lie below, and the negative ones not below its negative: those of 32 bits. */
    private static final long LIMIT = 1L << 31;

    private static final int BLOCK_ROWS = 1 << 10;
    /** A block may be of one group. */
    private static final int COUNT_BITS = 11;

    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;
    private static final int SUM_SHIFT = 2 * COUNT_BITS;
    private static final long ONE_VALUE = 1L << COUNT_BITS;

    /** Rows on end often have one number: sums in tables of their own do not wait for each other. */
    private static final int TABLES = 4;

    /** Tables of so many longs lie in the nearest cache, and are soon put apart. */
    private static final int MAX_NUMBERS = 1 << 10;

    private static final int MIN_ROWS_PER_NUMBER = 8;

    private final LongVector vector;
    private final int count;
    private final long[] sums;
    private final int[] values;
    private final int[] rows;

    private SmallSums(LongVector vector, int count, int width) {
        this.vector = vector;
        this.count = count;
        this.sums = new long[width];
        this.values = new int[width];
        this.rows = new int[width];
    }

    /** Whether a table by so many numbers is worth its while for so many rows. */
    static boolean isWorthIt(int rows, int width) {
        return width <= MAX_NUMBERS && (long) MIN_ROWS_PER_NUMBER * width < rows;
    }

    /**
     * The sums of the first values; empty if one of them is too large for that, be it in a row that is null.
     *
     * @param numbers the number of each row, from {@code -shift} on
     * @param width no number plus shift is as large
     */
    static Optional<SmallSums> of(LongVector vector, int count, int[] numbers, int shift, int width) {
        if (!vector.ofInts() && !areInts(vector.values(), count)) {
            return Optional.empty();
        }
        SmallSums sums = new SmallSums(vector, count, width);
        sums.addAll(numbers, shift);
        return Optional.of(sums);
    }

    private static boolean areInts(long[] integers, int count) {
        long shifted = 0;
        for (int i = 0; i < count; i++) {
            shifted |= integers[i] + LIMIT;
        }
        return shifted >>> Integer.SIZE == 0;
    }

    private void addAll(int[] numbers, int shift) {
        long[] integers = vector.values();
        long[] nulls = vector.nulls().wordsFor(count);
        long[] packed = new long[TABLES * sums.length];
        for (int from = 0; from < count; from += BLOCK_ROWS) {
            int rest = Math.min(BLOCK_ROWS, count - from);
            int inFours = from + (rest & -TABLES);
            addFours(integers, nulls, from, inFours, numbers, shift, packed);
            addOnes(integers, nulls, inFours, from + rest, numbers, shift, packed);
            takeApart(packed);
        }
    }

    private static void addFours(
            long[] integers, long[] nulls, int from, int to, int[] numbers, int shift, long[] packed) {
        for (int i = from; i < to; i += TABLES) {
            long bits = nulls[i >> 6] >>> i;
            packed[TABLES * (numbers[i] + shift)] += packed(integers[i], bits << 63);
            packed[TABLES * (numbers[i + 1] + shift) + 1] += packed(integers[i + 1], bits << 62);
            packed[TABLES * (numbers[i + 2] + shift) + 2] += packed(integers[i + 2], bits << 61);
            packed[TABLES * (numbers[i + 3] + shift) + 3] += packed(integers[i + 3], bits << 60);
        }
    }

    private static void addOnes(
            long[] integers, long[] nulls, int from, int to, int[] numbers, int shift, long[] packed) {
        for (int i = from; i < to; i++) {
            packed[TABLES * (numbers[i] + shift)] += packed(integers[i], nulls[i >> 6] >>> i << 63);
        }
    }

    /** One row: its integer above one value, both only if the sign of the other long does not say null, above one row. */
    private static long packed(long integer, long isNull) {
        return ((integer << SUM_SHIFT) + ONE_VALUE & ~(isNull >> 63)) + 1;
    }

    /** Adds what a block came to, and clears it for the next. */
    private void takeApart(long[] packed) {
        for (int number = 0; number < sums.length; number++) {
            int at = TABLES * number;
            long all = packed[at] + packed[at + 1] + packed[at + 2] + packed[at + 3];
            sums[number] += all >> SUM_SHIFT;
            values[number] += (int) (all >> COUNT_BITS & COUNT_MASK);
            rows[number] += (int) (all & COUNT_MASK);
        }
        Arrays.fill(packed, 0);
    }

    /** Whether these are the sums of all rows of a vector. */
    boolean areOf(LongVector other) {
        return vector.values() == other.values() && vector.nulls() == other.nulls() && count == other.length();
    }

    /** How many rows have a number, null or not, by number plus shift. */
    int[] rows() {
        return rows;
    }

    /** Adds to the sums and counts of groups, by number plus shift. */
    void addTo(LongSums integers, long[] counts) {
        long[] narrow = integers.narrow(LIMIT - 1, count);
        for (int group = 0; group < sums.length; group++) {
            narrow[group] += sums[group];
            counts[group] += values[group];
        }
    }

    /** Adds to the sums and counts of groups, which each number plus shift that occurred has. */
    void addTo(LongSums integers, long[] counts, int[] groups) {
        long[] narrow = integers.narrow(LIMIT - 1, count);
        for (int number = 0; number < sums.length; number++) {
            if (values[number] > 0) {
                narrow[groups[number]] += sums[number];
                counts[groups[number]] += values[number];
            }
        }
    }
}
