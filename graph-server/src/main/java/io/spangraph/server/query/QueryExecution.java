package io.spangraph.server.query;

import io.spangraph.engine.context.Cancellation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A query that runs on a thread of its own while whoever asked for it watches over its client. */
public final class QueryExecution {
    /** What a query gets to notice that it was cancelled, and its error to reach the client. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final String id;
    private final Cancellation cancellation;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile long latestEnd;

    QueryExecution(String id, Cancellation cancellation, Duration timeout) {
        this.id = id;
        this.cancellation = cancellation;
        this.latestEnd = System.nanoTime() + timeout.plus(GRACE).toNanos();
    }

    public String id() {
        return id;
    }

    /** Waits for the end of the query for a while; true when it has ended. */
    public boolean await(Duration howLong) {
        try {
            return ended.await(howLong.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            cancel(Cancellation.Reason.SHUTDOWN);
            return ended.getCount() == 0;
        }
    }

    public void cancel(Cancellation.Reason reason) {
        cancellation.cancel(reason);
    }

    /** Whether the query should have ended some time ago: then it is stuck in sending to a client that does not read. */
    public boolean isOverdue() {
        if (cancellation.isCancelled()) {
            long soon = System.nanoTime() + GRACE.toNanos();
            latestEnd = soon - latestEnd < 0 ? soon : latestEnd;
        }
        return System.nanoTime() - latestEnd > 0;
    }

    void end() {
        ended.countDown();
    }
}
