package io.spangraph.bench;

import java.util.Arrays;

/** Run times of one subject. Medians, because the machine is never quite quiet. */
record Timing(double medianMillis, double p99Millis, double cpuMillis) {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double DIGITS = 1e3;

    static Timing of(long[] wallNanos, long cpuNanos) {
        long[] sorted = wallNanos.clone();
        Arrays.sort(sorted);
        return new Timing(
                millis(sorted[sorted.length / 2]),
                millis(sorted[Math.min(sorted.length - 1, sorted.length * 99 / 100)]),
                millis((double) cpuNanos / sorted.length));
    }

    private static double millis(double nanos) {
        return Math.round(nanos / NANOS_PER_MILLI * DIGITS) / DIGITS;
    }
}
