package io.spangraph.engine.exec.parallel;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.Workers;
import io.spangraph.engine.context.Workers.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Does one job on the query's own thread and on workers at the same time, each taking of what is left. The first error
 * of any of them stops all.
 */
final class Crew {
    private static final long POLL_MILLIS = 20;

    private final QueryContext context;
    private final Runnable wakeUp;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private int working;
    private volatile boolean stopped;
    private Optional<Throwable> failure = Optional.empty();

    /** @param wakeUp ends what the threads may wait for; may be called more than once */
    Crew(QueryContext context, Runnable wakeUp) {
        this.context = context;
        this.wakeUp = wakeUp;
    }

    /** Whether somebody failed, so that what is left need not be done. */
    boolean isStopped() {
        return stopped;
    }

    /** Runs the job until it has ended on every thread, and throws the first error. */
    void run(Runnable job) {
        Workers workers = context.execution().workers();
        List<Offer> offers = new ArrayList<>();
        setWorking(workers.threads());
        for (int i = 0; i < workers.threads(); i++) {
            offers.add(workers.offer(() -> {
                attempt(job);
                leave();
            }));
        }
        attempt(job);
        offers.forEach(offer -> {
            if (offer.withdraw()) {
                leave();
            }
        });
        awaitOthers();
        failure.ifPresent(Crew::rethrow);
    }

    private void setWorking(int threads) {
        lock.lock();
        try {
            working = threads;
        } finally {
            lock.unlock();
        }
    }

    private void attempt(Runnable job) {
        try {
            if (!stopped) {
                job.run();
            }
        } catch (RuntimeException | Error failed) {
            fail(failed);
        }
    }

    private void fail(Throwable failed) {
        lock.lock();
        try {
            if (failure.isEmpty()) {
                failure = Optional.of(failed);
            }
            stopped = true;
        } finally {
            lock.unlock();
        }
        wakeUp.run();
    }

    private void leave() {
        lock.lock();
        try {
            working--;
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all have ended; a query that is over meanwhile ends them. */
    private void awaitOthers() {
        boolean interrupted = false;
        while (isAnyWorking()) {
            try {
                awaitChange();
            } catch (InterruptedException interruption) {
                interrupted = true;
                fail(new IllegalStateException("a query's thread was interrupted", interruption));
            }
            attempt(() -> context.cancellation().poll());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isAnyWorking() {
        lock.lock();
        try {
            return working > 0;
        } finally {
            lock.unlock();
        }
    }

    private void awaitChange() throws InterruptedException {
        lock.lock();
        try {
            long nanos = TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS);
            while (working > 0 && nanos > 0) {
                nanos = left.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    static void rethrow(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }
}
