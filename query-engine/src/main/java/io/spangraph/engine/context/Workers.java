package io.spangraph.engine.context;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that queries share for reading and computing beside their own. A query never waits for one: its own thread does
 * what no worker has taken, so short look-ups go on while a long scan has all workers.
 */
public final class Workers implements AutoCloseable {
    /** Below this many rows the threads would cost more than they help. */
    public static final long SMALL_SCAN_ROWS = 100_000;

    /** No further threads: each query does everything on its own. */
    public static final Workers NONE = new Workers(0, SMALL_SCAN_ROWS);

    private static final long IDLE_SECONDS = 60;

    private final int threads;
    private final long smallScanRows;
    private final AtomicInteger named = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();
    private final ThreadPoolExecutor pool;

    private Workers(int threads, long smallScanRows) {
        this.threads = threads;
        this.smallScanRows = smallScanRows;
        this.pool = new ThreadPoolExecutor(
                Math.max(1, threads),
                Math.max(1, threads),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                this::newThread);
        pool.allowCoreThreadTimeOut(true);
    }

    private Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "spangraph-worker-" + named.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** Workers beside the queries' own threads; with 0 there are none. They are started when they are needed. */
    public static Workers of(int threads) {
        return of(threads, SMALL_SCAN_ROWS);
    }

    /** @param smallScanRows scans that are expected to read less stay on the query's own thread */
    public static Workers of(int threads, long smallScanRows) {
        if (threads < 0) {
            throw new IllegalArgumentException(threads + " worker threads");
        }
        return new Workers(threads, smallScanRows);
    }

    /** How many threads there are beside a query's own. */
    public int threads() {
        return threads;
    }

    /** How many of them work now. */
    public int busy() {
        return busy.get();
    }

    /** Whether a scan of so many rows is worth more than one thread. */
    public boolean helpWith(long rows) {
        return threads > 0 && rows >= smallScanRows;
    }

    /**
     * Offers work, which begins when a worker is free and perhaps never. It must end by itself when there is nothing left
     * to do, and must not wait for other queries.
     */
    public Offer offer(Runnable work) {
        Runnable counted = () -> {
            busy.incrementAndGet();
            try {
                work.run();
            } finally {
                busy.decrementAndGet();
            }
        };
        try {
            pool.execute(counted);
            return () -> pool.remove(counted);
        } catch (RejectedExecutionException closed) {
            // The server stops: the query does it alone, as long as it lives.
            return () -> true;
        }
    }

    /** Work that was offered. */
    @FunctionalInterface
    public interface Offer {
        /** Takes the offer back; false if a worker has begun. */
        boolean withdraw();
    }

    /** Ends the workers as soon as they have nothing to do; nothing is offered to them any more. */
    @Override
    public void close() {
        if (threads > 0) {
            pool.shutdown();
        }
    }
}
