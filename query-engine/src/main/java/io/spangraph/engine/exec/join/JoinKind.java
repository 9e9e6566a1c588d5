package io.spangraph.engine.exec.join;

/** Which rows a join gives. */
public enum JoinKind {
    /** Every matching pair. */
    INNER,
    /** Every matching pair, and build rows without a match with nulls. */
    LEFT_OUTER,
    /** Every matching pair, and probe rows without a match with nulls in the columns of the build side. */
    RIGHT_OUTER,
    /** Build rows with a match, once. */
    SEMI,
    /** Build rows without a match. */
    ANTI;

    /** Whether rows hold columns of both sides. */
    public boolean givesPairs() {
        return switch (this) {
            case INNER, LEFT_OUTER, RIGHT_OUTER -> true;
            case SEMI, ANTI -> false;
        };
    }

    /** Whether a build row is given although it has no match. */
    public boolean givesUnmatchedBuildRows() {
        return switch (this) {
            case LEFT_OUTER, ANTI -> true;
            case INNER, RIGHT_OUTER, SEMI -> false;
        };
    }

    /** Whether a probe row is given although it has no match: then no key of the build side may narrow the probe side. */
    public boolean givesUnmatchedProbeRows() {
        return switch (this) {
            case RIGHT_OUTER -> true;
            case INNER, LEFT_OUTER, SEMI, ANTI -> false;
        };
    }

    /** Whether it is asked of each build row if it has a match. */
    boolean asksForMatchesOfBuildRows() {
        return switch (this) {
            case LEFT_OUTER, SEMI, ANTI -> true;
            case INNER, RIGHT_OUTER -> false;
        };
    }
}
