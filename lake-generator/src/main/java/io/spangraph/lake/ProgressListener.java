package io.spangraph.lake;

/** Is told how far the writing of a lake has come; calls never overlap. */
@FunctionalInterface
public interface ProgressListener {

    /** For callers that do not care. */
    ProgressListener NONE = (rowsDone, rowsTotal) -> {};

    /** Rows of the span table so far, and in the end. */
    void progressed(long rowsDone, long rowsTotal);
}
