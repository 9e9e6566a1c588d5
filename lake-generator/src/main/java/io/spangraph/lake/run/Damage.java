package io.spangraph.lake.run;

/** How the rows of a trace are broken, as they are in lakes that were filled by real pipelines. */
public enum Damage {
    /** The rows are sound. */
    NONE,
    /** One to three spans name a parent that is in no table. */
    ORPHANS,
    /** The row of the root is missing, so its children are orphans too. */
    MISSING_ROOT,
    /** A second span has no parent. */
    TWO_ROOTS,
    /** A span starts after its parent has ended. */
    LATE_CHILD,
    /** One to three rows of the span table exist twice, equal in every column. */
    DUPLICATE_ROWS,
    /** Two spans name each other as parent. */
    CYCLE
}
