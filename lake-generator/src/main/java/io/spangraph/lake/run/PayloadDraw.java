package io.spangraph.lake.run;

import java.util.SplittableRandom;

/** Draws payload recipes: lengths are log-normal, so a few are very long and most are short. */
final class PayloadDraw {

    /** Standard normal quantile of 99 %. */
    private static final double Z99 = 2.3263;

    private static final int LONGEST_TO_P99 = 16;
    private static final double SECRET_SHARE = 0.001;

    private final double median;
    private final double sigma;
    private final int longest;

    PayloadDraw(RunSettings settings) {
        this.median = settings.payloadMedianBytes();
        this.sigma = Math.log((double) settings.payloadP99Bytes() / settings.payloadMedianBytes()) / Z99;
        this.longest = settings.payloadP99Bytes() * LONGEST_TO_P99;
    }

    int bytes(SplittableRandom random) {
        return (int) Draw.logNormal(random, median, sigma, 2, longest);
    }

    boolean leaksSecret(SplittableRandom random) {
        return Draw.chance(random, SECRET_SHARE);
    }

    Payload toolArguments(SplittableRandom random) {
        return new Payload.ToolArguments(random.nextLong(), bytes(random), leaksSecret(random));
    }

    Payload toolResult(SplittableRandom random) {
        return new Payload.ToolResult(random.nextLong(), bytes(random));
    }

    Payload failure(SplittableRandom random) {
        return new Payload.Failure(random.nextLong(), bytes(random), Draw.pick(random, Vocabulary.ERRORS, 1));
    }
}
