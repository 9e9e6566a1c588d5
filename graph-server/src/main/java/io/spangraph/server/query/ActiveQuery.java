package io.spangraph.server.query;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.context.Principal;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A query between its arrival and its end, as the list of running queries sees it. */
final class ActiveQuery {
    private final String id;
    private final String text;
    private final Principal principal;
    private final Cancellation cancellation;
    private final Instant started = Instant.now();
    private final long startedNanos = System.nanoTime();
    private final AtomicLong rows = new AtomicLong();

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
