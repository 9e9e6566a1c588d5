package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.row.Vector.LongVector;
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

    /** Tables of so many longs, four of them, lie in the nearest cache, and are soon put apart. */
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
        SmallSums sums = new SmallSums(vector, count, width);
        return sums.addAll(numbers, shift) ? Optional.of(sums) : Optional.empty();
    }

    private boolean addAll(int[] numbers, int shift) {
        long[] integers = vector.values();
        long[] nulls = vector.nulls().wordsFor(count);
        int width = sums.length;
        // Rows on end often have one number: sums of their own do not wait for each other.
        long[] first = new long[width];
        long[] second = new long[width];
        long[] third = new long[width];
        long[] fourth = new long[width];
        for (int from = 0; from < count; from += BLOCK_ROWS) {
            int rest = Math.min(BLOCK_ROWS, count - from);
            int inFours = from + (rest & -4);
            long shifted = addFours(integers, nulls, from, inFours, numbers, shift, first, second, third, fourth)
                    | addOnes(integers, nulls, inFours, from + rest, numbers, shift, first);
            if (shifted >>> Integer.SIZE != 0) {
                return false;
            }
            for (int i = 0; i < width; i++) {
                takeApart(i, first[i] + second[i] + third[i] + fourth[i]);
                first[i] = 0;
                second[i] = 0;
                third[i] = 0;
                fourth[i] = 0;
            }
        }
        return true;
    }

    /** Adds rows, four at a time, and returns the bits of all integers together after the limit was added to each. */
    private static long addFours(
            long[] integers,
            long[] nulls,
            int from,
            int to,
            int[] numbers,
            int shift,
            long[] first,
            long[] second,
            long[] third,
            long[] fourth) {
        long shifted = 0;
        for (int i = from; i < to; i += 4) {
            long bits = nulls[i >> 6] >>> i;
            long a = integers[i];
            long b = integers[i + 1];
            long c = integers[i + 2];
            long d = integers[i + 3];
            shifted |= (a + LIMIT) | (b + LIMIT) | (c + LIMIT) | (d + LIMIT);
            first[numbers[i] + shift] += packed(a, bits << 63);
            second[numbers[i + 1] + shift] += packed(b, bits << 62);
            third[numbers[i + 2] + shift] += packed(c, bits << 61);
            fourth[numbers[i + 3] + shift] += packed(d, bits << 60);
        }
        return shifted;
    }

    private static long addOnes(
            long[] integers, long[] nulls, int from, int to, int[] numbers, int shift, long[] sums) {
        long shifted = 0;
        for (int i = from; i < to; i++) {
            shifted |= integers[i] + LIMIT;
            sums[numbers[i] + shift] += packed(integers[i], nulls[i >> 6] >>> i << 63);
        }
        return shifted;
    }

    /** One row: its integer above one value, both only if the sign of the other long does not say null, above one row. */
    private static long packed(long integer, long isNull) {
        return ((integer << SUM_SHIFT) + ONE_VALUE & ~(isNull >> 63)) + 1;
    }

    private void takeApart(int number, long packed) {
        sums[number] += packed >> SUM_SHIFT;
        values[number] += (int) (packed >> COUNT_BITS & COUNT_MASK);
        rows[number] += (int) (packed & COUNT_MASK);
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
