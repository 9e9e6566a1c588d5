package io.spangraph.server.query;

import io.spangraph.engine.context.Cancellation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A query that runs on a query thread while whoever asked for it watches over its client. */
public final class QueryExecution {
    /** What a query gets to end once it should, and its error to reach the client. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final ActiveQuery query;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile long latestEnd;

    QueryExecution(ActiveQuery query) {
        this.query = query;
        this.latestEnd = System.nanoTime() + query.timeout().plus(GRACE).toNanos();
    }

    ActiveQuery query() {
        return query;
    }

    public String id() {
        return query.id();
    }

    /** Waits for the end of the query for a while; true when it has ended. */
    public boolean await(Duration howLong) {
        try {
            return ended.await(howLong.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            cancel(Cancellation.Reason.SHUTDOWN);
            return false;
        }
    }

    public void cancel(Cancellation.Reason reason) {
        query.cancel(reason);
    }

    /** Whether the query should have ended some time ago: then it is stuck in sending to a client that does not read. */
    public boolean isOverdue() {
        if (query.cancellation().isCancelled()) {
            long soon = System.nanoTime() + GRACE.toNanos();
            latestEnd = soon - latestEnd < 0 ? soon : latestEnd;
        }
        return System.nanoTime() - latestEnd > 0;
    }

    void end() {
        ended.countDown();
    }
}
