package io.spangraph.server.query;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A platform thread for each running query, as many as may run at once. Queries compute; on virtual threads a few of
 * them would occupy every carrier, and health checks and kills would wait for them to end.
 */
final class QueryThreads {
    private static final long IDLE_SECONDS = 30;

    /** Room for the recursion that deeply nested expressions need. */
    private static final long STACK_BYTES = 16L << 20;

    private final int most;
    private final ThreadPoolExecutor executor;

    QueryThreads(int most) {
        this.most = most;
        this.executor = new ThreadPoolExecutor(
                0,
                most,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform()
                        .name("query-", 0)
                        .daemon()
                        .stackSize(STACK_BYTES)
                        .factory());
    }

    void run(Runnable query) {
        try {
            executor.execute(query);
        } catch (RejectedExecutionException e) {
            if (executor.isShutdown()) {
                throw QueryException.of(QueryErrorCode.CANCELLED, "The server is stopping.");
            }
            throw QueryException.of(
                            QueryErrorCode.TOO_MANY_QUERIES,
                            "The server already runs " + most + " queries, as many as it may.")
                    .withHint("Try again later, or raise limits.concurrent-queries.")
                    .causedBy(e);
        }
    }

    void close(Duration patience) {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            executor.shutdownNow();
        }
    }
}
