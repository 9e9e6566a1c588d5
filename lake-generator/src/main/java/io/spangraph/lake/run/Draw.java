package io.spangraph.lake.run;

import java.util.List;
import java.util.SplittableRandom;

/** The distributions that runs are drawn from: skewed picks and long-tailed durations, as measured on real traffic. */
final class Draw {

    private static final long GOLDEN_GAMMA = 0x9E37_79B9_7F4A_7C15L;

    private Draw() {}

    /** A seed for the {@code index}-th thing under a master seed, reachable without drawing the ones before it. */
    static long seed(long master, long index) {
        long mixed = master + GOLDEN_GAMMA * (index + 1);
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** An index below {@code bound}; a greater {@code power} favours the first ones more. */
    static int skewed(SplittableRandom random, int bound, double power) {
        return (int) (bound * Math.pow(random.nextDouble(), power));
    }

    static <T> T pick(SplittableRandom random, List<T> choices, double power) {
        return choices.get(skewed(random, choices.size(), power));
    }

    /** A long-tailed number: half of the draws are below {@code median}; all lie between the bounds. */
    static long logNormal(SplittableRandom random, double median, double sigma, long least, long most) {
        double value = median * Math.exp(sigma * random.nextGaussian());
        return (long) Math.clamp(value, least, most);
    }

    /** A whole number of the closed range. */
    static int between(SplittableRandom random, int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    static boolean chance(SplittableRandom random, double probability) {
        return random.nextDouble() < probability;
    }
}
