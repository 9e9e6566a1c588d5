package io.spangraph.bench;

/**
 * How often things are repeated.
 *
 * @param keys most keys of one round
 * @param rounds most rounds
 * @param lookUpWarmUps look-ups of ours before any is timed, so that they are compiled
 * @param scanWarmUps the same for questions that read whole columns
 * @param starts of processes
 * @param fetches beside a large query at least, and as many alone
 */
record Pace(int keys, int rounds, int lookUpWarmUps, int scanWarmUps, int starts, int fetches) {
    static final Pace FULL = new Pace(Integer.MAX_VALUE, Integer.MAX_VALUE, 200, 5, 7, 500);
    static final Pace QUICK = new Pace(20, 3, 200, 5, 3, 200);
    /** Takes no figures worth anything; for tests. */
    static final Pace ONCE = new Pace(2, 1, 2, 1, 1, 2);
}
