package io.spangraph.engine.exec.aggregate;

import java.util.Optional;

/**
 * Sums and counts of the integers of a batch by a small number, as that of a group, in one pass: as long as the integers
 * are small, one long holds the sum of a group above the count of its values, and an addition adds to both.
 */
@SuppressWarnings("ArrayRecordComponent")
record SmallSums(long[] packed, long magnitudes) {
    private static final int COUNT_BITS = 17;
    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;
    private static final int MAX_ROWS = (int) COUNT_MASK;
    /** So many rows of integers below this cannot leave the bits above the count. */
    private static final long LARGEST_MAGNITUDE = 1L << 29;

    private static final int MAX_GROUPS = 1024;
    private static final int MIN_ROWS_PER_GROUP = 8;

    /** Whether a table by so many numbers is worth its while for so many rows. */
    static boolean isWorthIt(int rows, int groups) {
        return rows <= MAX_ROWS && groups <= MAX_GROUPS && (long) MIN_ROWS_PER_GROUP * groups < rows;
    }

    /**
     * The sums of the first values; empty if the values are too large for that.
     *
     * @param nulls a bit for each value that does not count, in as many words as the rows need; or none for no null
     * @param numbers the number of each row, from {@code -shift} on
     * @param width no number plus shift is as large
     */
    static Optional<SmallSums> of(long[] values, long[] nulls, int count, int[] numbers, int shift, int width) {
        // Rows on end often have one number: sums of their own do not wait for each other.
        long[] even = new long[width];
        long[] odd = new long[width];
        long magnitudes = nulls.length == 0
                ? add(values, count & -2, numbers, shift, even, odd)
                : addPresent(values, nulls, count & -2, numbers, shift, even, odd);
        if ((count & 1) != 0) {
            int last = count - 1;
            if (nulls.length == 0 || (nulls[last >> 6] >>> last & 1) == 0) {
                magnitudes |= values[last] ^ (values[last] >> 63);
                even[numbers[last] + shift] += (values[last] << COUNT_BITS) + 1;
            }
        }
        if (magnitudes >= LARGEST_MAGNITUDE) {
            return Optional.empty();
        }
        for (int i = 0; i < width; i++) {
            even[i] += odd[i];
        }
        return Optional.of(new SmallSums(even, magnitudes));
    }

    private static long add(long[] values, int count, int[] numbers, int shift, long[] even, long[] odd) {
        long magnitudes = 0;
        for (int i = 0; i < count; i += 2) {
            long first = values[i];
            long second = values[i + 1];
            magnitudes |= (first ^ (first >> 63)) | (second ^ (second >> 63));
            even[numbers[i] + shift] += (first << COUNT_BITS) + 1;
            odd[numbers[i + 1] + shift] += (second << COUNT_BITS) + 1;
        }
        return magnitudes;
    }

    private static long addPresent(
            long[] values, long[] nulls, int count, int[] numbers, int shift, long[] even, long[] odd) {
        long magnitudes = 0;
        for (int i = 0; i < count; i += 2) {
            long word = nulls[i >> 6] >>> i;
            // All bits of a value that is there, none of one that is null.
            long firstPresent = (word & 1) - 1;
            long secondPresent = (word >>> 1 & 1) - 1;
            long first = values[i] & firstPresent;
            long second = values[i + 1] & secondPresent;
            magnitudes |= (first ^ (first >> 63)) | (second ^ (second >> 63));
            even[numbers[i] + shift] += (first << COUNT_BITS) - firstPresent;
            odd[numbers[i + 1] + shift] += (second << COUNT_BITS) - secondPresent;
        }
        return magnitudes;
    }

    /** Adds to the sums and counts of groups, by number plus shift. */
    void addTo(long[] sums, long[] counts) {
        for (int group = 0; group < packed.length; group++) {
            sums[group] += packed[group] >> COUNT_BITS;
            counts[group] += packed[group] & COUNT_MASK;
        }
    }

    /** Adds to the sums and counts of groups, which each number plus shift that occurred has. */
    void addTo(long[] sums, long[] counts, int[] groups) {
        for (int number = 0; number < packed.length; number++) {
            if (packed[number] != 0) {
                sums[groups[number]] += packed[number] >> COUNT_BITS;
                counts[groups[number]] += packed[number] & COUNT_MASK;
            }
        }
    }
}
