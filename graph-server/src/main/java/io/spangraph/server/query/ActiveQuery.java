package io.spangraph.server.query;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.context.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A query between its arrival and its end, as the list of running queries sees it. */
final class ActiveQuery {
    private final String id;
    private final QueryRequest request;
    private final Duration timeout;
    private final Cancellation cancellation;
    private final Instant started = Instant.now();
    private final long startedNanos = System.nanoTime();
    private final AtomicLong rows = new AtomicLong();
    private @Nullable Runnable interruption;
    private @Nullable Future<?> alarm;
    private boolean over;

    ActiveQuery(String id, QueryRequest request, Duration timeout) {
        this.id = id;
        this.request = request;
        this.timeout = timeout;
        this.cancellation = Cancellation.after(timeout);
    }

    String id() {
        return id;
    }

    QueryRequest request() {
        return request;
    }

    Principal principal() {
        return request.principal();
    }

    /** From the arrival on. */
    Duration timeout() {
        return timeout;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /** What ends the query from outside at the stage it has reached: in the queue, or while its answer is read. */
    synchronized void interruptedBy(Runnable how) {
        interruption = how;
    }

    /** What will interrupt the query at its deadline. */
    void alarm(Future<?> set) {
        boolean late;
        synchronized (this) {
            alarm = set;
            late = over;
        }
        if (late) {
            set.cancel(false);
        }
    }

    /** The query has ended: nothing is left to be interrupted. */
    void over() {
        Future<?> set;
        synchronized (this) {
            over = true;
            interruption = null;
            set = alarm;
        }
        if (set != null) {
            set.cancel(false);
        }
    }

    /** Ends the query soon; the caller does not wait for anything. */
    void cancel(Cancellation.Reason reason) {
        cancellation.cancel(reason);
        interrupt();
    }

    /**
     * Lets a query that waits for a thread, for storage or for its client notice that it has ended. Closing a scan may
     * wait for storage, so it is not for the thread that calls.
     */
    void interrupt() {
        Runnable how;
        synchronized (this) {
            how = interruption;
        }
        if (how != null) {
            Thread.ofVirtual().name("interrupt-" + id).start(how);
        }
    }

    void countRow() {
        rows.incrementAndGet();
    }

    long elapsedNanos() {
        return System.nanoTime() - startedNanos;
    }

    QueryInfo info() {
        return new QueryInfo(
                id,
                request.door(),
                request.principal().name(),
                request.principal().tenant(),
                request.text(),
                started,
                elapsedNanos() / 1_000_000,
                rows.get(),
                cancellation.isCancelled());
    }
}
