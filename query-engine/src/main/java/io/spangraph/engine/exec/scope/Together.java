package io.spangraph.engine.exec.scope;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Work that the threads of a query do together before any of them goes on: each does pieces until there are none left, the
 * last of them completes it, and all wait for that.
 */
final class Together {
    private static final long POLL_MILLIS = 20;

    private final Runnable complete;
    private final Cancellation cancellation;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int working;
    private boolean done;
    private boolean failed;

    /** @param complete what the last thread does when no piece is left */
    Together(Runnable complete, Cancellation cancellation) {
        this.complete = complete;
        this.cancellation = cancellation;
    }

    /** Does its part and waits until all is done. What a piece throws ends the work of all. */
    void run(Runnable pieces) {
        lock.lock();
        try {
            if (done) {
                return;
            }
            working++;
        } finally {
            lock.unlock();
        }
        boolean ended = false;
        try {
            pieces.run();
            ended = true;
        } finally {
            end(ended);
        }
        await();
    }

    private void end(boolean ended) {
        lock.lock();
        try {
            working--;
            failed |= !ended;
            if (working == 0 && !done && !failed) {
                complete.run();
                done = true;
            }
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    private void await() {
        lock.lock();
        try {
            while (!done && !failed) {
                cancellation.poll();
                changed.awaitNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
            }
            if (!done) {
                throw QueryException.of(QueryErrorCode.CANCELLED, "The scan was closed while it was reading.");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("a query's thread was interrupted", interrupted);
        } finally {
            lock.unlock();
        }
    }

    /** Lets those who wait go, as nothing more will come. */
    void fail() {
        lock.lock();
        try {
            failed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
