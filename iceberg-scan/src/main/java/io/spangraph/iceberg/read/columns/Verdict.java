package io.spangraph.iceberg.read.columns;

/** What statistics say about the rows that they are of, in the order of how many of them a condition leaves. */
public enum Verdict {
    /** No row satisfies the condition. */
    NONE,
    /** It takes a look at the rows. */
    SOME,
    /** All rows satisfy the condition. */
    ALL;

    Verdict and(Verdict other) {
        return compareTo(other) <= 0 ? this : other;
    }

    Verdict or(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
