package io.spangraph.engine.exec.aggregate;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * Sums of floating point numbers by group, each with the rounding errors that its sum is too coarse to hold (Neumaier's
 * variant of Kahan's summation). Takes no memory before the first number.
 */
final class FloatSums {
    private static final int BYTES_PER_GROUP = 2 * Double.BYTES;

    private final LongConsumer reserve;
    private double[] sums = new double[0];
    private double[] lost = new double[0];

    FloatSums(LongConsumer reserve) {
        this.reserve = reserve;
    }

    /** Whether no group can hold a number yet. */
    boolean isEmpty() {
        return sums.length == 0;
    }

    /** Makes room for that many groups, if there is less. */
    void grow(int groups) {
        if (sums.length < groups) {
            reserve.accept((long) BYTES_PER_GROUP * (groups - sums.length));
            sums = Arrays.copyOf(sums, groups);
            lost = Arrays.copyOf(lost, groups);
        }
    }

    void add(int group, double number) {
        double before = sums[group];
        double sum = before + number;
        lost[group] += Math.abs(before) >= Math.abs(number) ? (before - sum) + number : (number - sum) + before;
        sums[group] = sum;
    }

    /** Adds what a group of others sums up to. */
    void add(int group, FloatSums others, int from) {
        add(group, others.sums[from]);
        lost[group] += others.lost[from];
    }

    double sum(int group) {
        return Double.isFinite(sums[group]) ? sums[group] + lost[group] : sums[group];
    }
}
