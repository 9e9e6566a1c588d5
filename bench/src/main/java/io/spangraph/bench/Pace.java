package io.spangraph.bench;

import java.time.Duration;

/**
 * How often things are repeated.
 *
 * @param keys most keys of one round
 * @param rounds most rounds
 * @param lookUpWarmUps runs of ours before any is timed, where a run is brief, so that it is compiled
 * @param scanWarmUps the same for questions that read whole columns
 * @param starts of processes
 * @param fetches beside a large query at least, and as many alone
 * @param planWarmUps how often each text is planned before it is timed: a planner is much code, and each part of it is
 *     compiled only after some thousands of calls
 * @param planRounds how often each text is planned then
 * @param contest a row ends with the round in which this time is up
 * @param peerLimit how long the peer may take for one answer
 * @param largeQuery how long the large query may take before it ends with the error that names its time limit
 */
record Pace(
        int keys,
        int rounds,
        int lookUpWarmUps,
        int scanWarmUps,
        int starts,
        int fetches,
        int planWarmUps,
        int planRounds,
        Duration contest,
        Duration peerLimit,
        Duration largeQuery) {
    static final Pace FULL = new Pace(
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            10_000,
            100,
            7,
            500,
            1_000,
            200,
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30));
    static final Pace QUICK = new Pace(
            20, 3, 10_000, 40, 3, 200, 300, 60, Duration.ofSeconds(20), Duration.ofMinutes(1), Duration.ofMinutes(12));
    /** Takes no figures worth anything; for tests. */
    static final Pace ONCE =
            new Pace(2, 1, 2, 1, 1, 2, 1, 1, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(3));
}
