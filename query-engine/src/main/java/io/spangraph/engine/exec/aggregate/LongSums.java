package io.spangraph.engine.exec.aggregate;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Sums of longs by group that never overflow. As long as all that was added since the last time cannot have left 64 bits
 * in any group, it is added in 64 bits; before it could, the sums move on into 128 bits. Small numbers never get there.
 */
final class LongSums {
    private static final int WIDE_BYTES = 2 * Long.BYTES;
    private static final long LARGEST_BOUND = 1L << 62;
    /** Below this, times the rows of a batch, nothing overflows. */
    private static final long LARGEST_MAGNITUDE = 1L << 31;

    private final LongConsumer reserve;
    private long[] narrow = new long[0];
    /** What the 64 bits held when they could have overflowed; empty as long as they never could. */
    private long[] low = new long[0];

    private long[] high = new long[0];
    /** No sum in 64 bits is beyond this. */
    private long bound;

    LongSums(LongConsumer reserve) {
        this.reserve = reserve;
    }

    void grow(int newCapacity) {
        narrow = Arrays.copyOf(narrow, newCapacity);
        if (low.length > 0) {
            growWide();
        }
    }

    private void growWide() {
        reserve.accept((long) WIDE_BYTES * (narrow.length - low.length));
        low = Arrays.copyOf(low, narrow.length);
        high = Arrays.copyOf(high, narrow.length);
    }

    /**
     * The sums to add rows to in 64 bits, whose numbers are not larger than what the mask covers; empty if they may be
     * too large for it.
     *
     * @param magnitudes the bits of all numbers together, those of negative ones inverted
     */
    long[] narrow(long magnitudes, int rows) {
        if (magnitudes >= LARGEST_MAGNITUDE) {
            return new long[0];
        }
        long added = (magnitudes + 1) * rows;
        if (bound + added > LARGEST_BOUND) {
            widen();
        }
        bound += added;
        return narrow;
    }

    /** Adds a number of any size. */
    void add(int group, long number) {
        if (number < LARGEST_MAGNITUDE && number >= -LARGEST_MAGNITUDE && bound + LARGEST_MAGNITUDE <= LARGEST_BOUND) {
            bound += LARGEST_MAGNITUDE;
            narrow[group] += number;
            return;
        }
        if (low.length == 0) {
            growWide();
        }
        add(group, number, number >> 63);
    }

    private void add(int group, long numberLow, long numberHigh) {
        long sum = low[group] + numberLow;
        high[group] += numberHigh + (Long.compareUnsigned(sum, numberLow) < 0 ? 1 : 0);
        low[group] = sum;
    }

    private void widen() {
        if (low.length == 0) {
            growWide();
        }
        for (int group = 0; group < narrow.length; group++) {
            add(group, narrow[group], narrow[group] >> 63);
        }
        Arrays.fill(narrow, 0);
        bound = 0;
    }

    /** Adds sums to those of other groups. */
    void merge(LongSums other, int count, int[] groupOf) {
        if (other.low.length == 0 && bound + other.bound <= LARGEST_BOUND) {
            for (int group = 0; group < count; group++) {
                narrow[groupOf[group]] += other.narrow[group];
            }
            bound += other.bound;
            return;
        }
        widen();
        for (int group = 0; group < count; group++) {
            add(groupOf[group], other.narrow[group], other.narrow[group] >> 63);
            if (other.low.length > 0) {
                add(groupOf[group], other.low[group], other.high[group]);
            }
        }
    }

    /** Whether a sum lies within 64 bits. */
    boolean fits(int group) {
        return low.length == 0 || wide(group).bitLength() < Long.SIZE;
    }

    /** A sum that fits. */
    long sum(int group) {
        return low.length == 0 ? narrow[group] : low[group] + narrow[group];
    }

    BigInteger wide(int group) {
        BigInteger rest = BigInteger.valueOf(narrow[group]);
        if (low.length == 0) {
            return rest;
        }
        return new BigInteger(ByteBuffer.allocate(WIDE_BYTES)
                        .putLong(high[group])
                        .putLong(low[group])
                        .array())
                .add(rest);
    }
}
