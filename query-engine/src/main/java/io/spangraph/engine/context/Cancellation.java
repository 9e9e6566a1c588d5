package io.spangraph.engine.context;

import java.time.Duration;

/**
 * The deadline of a query and the switch that ends it. Every loop that can be long calls {@link #poll()}; a reader that
 * blocks in storage is closed by whoever cancels.
 */
public final class Cancellation {
    private final long deadlineNanos;
    private final Duration timeout;
    private volatile Reason reason = Reason.NONE;

    /** Why a query was ended from outside. */
    public enum Reason {
        NONE,
        /** Somebody asked for it. */
        KILLED,
        /** Nobody is left to read the answer. */
        CLIENT_GONE,
        /** The server stops. */
        SHUTDOWN
    }

    private Cancellation(Duration timeout, long deadlineNanos) {
        this.timeout = timeout;
        this.deadlineNanos = deadlineNanos;
    }

    /** A cancellation whose deadline lies the given time ahead. */
    public static Cancellation after(Duration timeout) {
        return new Cancellation(timeout, System.nanoTime() + timeout.toNanos());
    }

    /** Ends the query at its next poll; the first reason stays, and a deadline that has passed is the first. */
    public synchronized void cancel(Reason why) {
        if (reason == Reason.NONE && !isPastDeadline()) {
            reason = why;
        }
    }

    public boolean isCancelled() {
        return reason != Reason.NONE;
    }

    private boolean isPastDeadline() {
        return System.nanoTime() - deadlineNanos > 0;
    }

    /** Throws when the query was cancelled or its deadline has passed. */
    public void poll() {
        switch (reason) {
            case NONE -> {}
            case KILLED -> throw QueryException.of(QueryErrorCode.CANCELLED, "The query was cancelled.");
            case CLIENT_GONE ->
                throw QueryException.of(QueryErrorCode.CANCELLED, "The query was cancelled: its client went away.");
            case SHUTDOWN ->
                throw QueryException.of(QueryErrorCode.CANCELLED, "The query was cancelled: the server is stopping.");
        }
        if (isPastDeadline()) {
            throw QueryException.of(
                            QueryErrorCode.TIMEOUT,
                            "The query ran longer than its time limit of " + timeout.toMillis() + " ms.")
                    .withHint(
                            "Narrow the query, or give it more time: timeoutMs of the request, at most limits.timeout.");
        }
    }
}
