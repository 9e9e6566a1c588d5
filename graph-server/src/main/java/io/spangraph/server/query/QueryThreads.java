package io.spangraph.server.query;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Platform threads for queries, as many as may compute at once, and a queue in front of them. Queries compute; on
 * virtual threads a few of them would occupy every carrier, and health checks and kills would wait for them to end.
 */
final class QueryThreads {
    private static final long IDLE_SECONDS = 30;

    /** Room for the recursion that deeply nested expressions need. */
    private static final long STACK_BYTES = 16L << 20;

    private final int most;
    private final int mostWaiting;
    private final AtomicInteger tasks = new AtomicInteger();
    private final ThreadPoolExecutor executor;

    /** Something to do, once. */
    final class Task implements Runnable {
        private final Runnable work;

        private Task(Runnable work) {
            this.work = work;
        }

        @Override
        public void run() {
            try {
                work.run();
            } finally {
                tasks.decrementAndGet();
            }
        }
    }

    QueryThreads(int most, int mostWaiting) {
        this.most = most;
        this.mostWaiting = mostWaiting;
        this.executor = new ThreadPoolExecutor(
                most,
                most,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform()
                        .name("query-", 0)
                        .daemon()
                        .stackSize(STACK_BYTES)
                        .factory());
        executor.allowCoreThreadTimeOut(true);
    }

    Task task(Runnable work) {
        return new Task(work);
    }

    /**
     * Runs a new query as soon as a thread is free.
     *
     * @throws QueryException when too many wait already
     */
    void run(Task query) {
        if (tasks.incrementAndGet() > most + mostWaiting) {
            tasks.decrementAndGet();
            throw QueryException.of(QueryErrorCode.TOO_MANY_QUERIES, full())
                    .withHint("Try again later, or raise limits.concurrent-queries or limits.queued-queries.");
        }
        execute(query);
    }

    /** Goes on with what has been let in before: refusing it now would cost its client the rest of an answer. */
    void resume(Runnable turn) {
        tasks.incrementAndGet();
        execute(new Task(turn));
    }

    private void execute(Task task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            tasks.decrementAndGet();
            throw QueryException.of(QueryErrorCode.CANCELLED, "The server is stopping.")
                    .causedBy(e);
        }
    }

    /** Makes room in the queue, when the query still waits there. */
    void withdraw(Task query) {
        if (executor.remove(query)) {
            tasks.decrementAndGet();
        }
    }

    private String full() {
        String running = "The server already runs " + most + " queries";
        return mostWaiting == 0
                ? running + ", as many as it may."
                : running + " and " + mostWaiting + " more wait, as many as may.";
    }

    /** Queries and turns that wait for a thread. */
    int waiting() {
        return executor.getQueue().size();
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
