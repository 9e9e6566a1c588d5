package io.spangraph.engine.exec.join;

/** Which rows a join gives. */
public enum JoinKind {
    /** Every matching pair. */
    INNER,
    /** Every matching pair, and build rows without a match with nulls. */
    LEFT_OUTER,
    /** Build rows with a match, once. */
    SEMI,
    /** Build rows without a match. */
    ANTI
}
