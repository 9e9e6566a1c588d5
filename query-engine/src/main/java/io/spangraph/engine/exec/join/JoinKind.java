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
    ANTI,
    /** Probe rows with a match, once. */
    RIGHT_SEMI,
    /** Probe rows without a match. */
    RIGHT_ANTI;

    /** The kind that gives the same rows when the sides change places. */
    public JoinKind turned() {
        return switch (this) {
            case INNER -> INNER;
            case LEFT_OUTER -> RIGHT_OUTER;
            case RIGHT_OUTER -> LEFT_OUTER;
            case SEMI -> RIGHT_SEMI;
            case ANTI -> RIGHT_ANTI;
            case RIGHT_SEMI -> SEMI;
            case RIGHT_ANTI -> ANTI;
        };
    }

    /** Whether rows hold columns of the build side. */
    public boolean givesBuildColumns() {
        return switch (this) {
            case INNER, LEFT_OUTER, RIGHT_OUTER, SEMI, ANTI -> true;
            case RIGHT_SEMI, RIGHT_ANTI -> false;
        };
    }

    /** Whether rows hold columns of the probe side. */
    public boolean givesProbeColumns() {
        return givesPairs() || !givesBuildColumns();
    }

    /** Whether rows hold columns of both sides. */
    public boolean givesPairs() {
        return switch (this) {
            case INNER, LEFT_OUTER, RIGHT_OUTER -> true;
            case SEMI, ANTI, RIGHT_SEMI, RIGHT_ANTI -> false;
        };
    }

    /** Whether a build row is given although it has no match. */
    public boolean givesUnmatchedBuildRows() {
        return switch (this) {
            case LEFT_OUTER, ANTI -> true;
            case INNER, RIGHT_OUTER, SEMI, RIGHT_SEMI, RIGHT_ANTI -> false;
        };
    }

    /** Whether a probe row is given although it has no match: then no key of the build side may narrow the probe side. */
    public boolean givesUnmatchedProbeRows() {
        return switch (this) {
            case RIGHT_OUTER, RIGHT_ANTI -> true;
            case INNER, LEFT_OUTER, SEMI, ANTI, RIGHT_SEMI -> false;
        };
    }

    /** Whether it is asked of each build row if it has a match. */
    boolean asksForMatchesOfBuildRows() {
        return switch (this) {
            case LEFT_OUTER, SEMI, ANTI -> true;
            case INNER, RIGHT_OUTER, RIGHT_SEMI, RIGHT_ANTI -> false;
        };
    }

    /** Whether it is asked of each probe row if it has a match. */
    boolean asksForMatchesOfProbeRows() {
        return switch (this) {
            case RIGHT_OUTER, RIGHT_SEMI, RIGHT_ANTI -> true;
            case INNER, LEFT_OUTER, SEMI, ANTI -> false;
        };
    }
}
