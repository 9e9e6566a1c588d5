package io.spangraph.server.query;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.context.Principal;
import io.spangraph.engine.run.ResultCursor;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A query between its arrival and its end, as the list of running queries sees it. */
final class ActiveQuery {
    private final String id;
    private final String text;
    private final Principal principal;
    private final Cancellation cancellation;
    private final Instant started = Instant.now();
    private final long startedNanos = System.nanoTime();
    private final AtomicLong rows = new AtomicLong();
    private volatile @Nullable ResultCursor cursor;

    ActiveQuery(String id, String text, Principal principal, Cancellation cancellation) {
        this.id = id;
        this.text = text;
        this.principal = principal;
        this.cancellation = cancellation;
    }

    String id() {
        return id;
    }

    String text() {
        return text;
    }

    Principal principal() {
        return principal;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /** Makes the answer known, so that its reader can be woken when it waits for storage. */
    void attach(ResultCursor opened) {
        cursor = opened;
    }

    void cancel(Cancellation.Reason reason) {
        cancellation.cancel(reason);
        wakeUp();
    }

    /** Lets a reader that waits for storage notice that its query has ended. */
    void wakeUp() {
        ResultCursor opened = cursor;
        if (opened != null) {
            opened.close();
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
                principal.name(),
                text,
                started,
                elapsedNanos() / 1_000_000,
                rows.get(),
                cancellation.isCancelled());
    }
}
