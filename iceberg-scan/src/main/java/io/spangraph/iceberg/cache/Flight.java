package io.spangraph.iceberg.cache;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.iceberg.cache.ScanCache.Cached;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A load that is under way, and those who wait for it. */
final class Flight {
    /** Between two looks at whether the waiting query still runs. */
    private static final long POLL_MILLIS = 20;

    private final Thread loader = Thread.currentThread();
    private final CountDownLatch landed = new CountDownLatch(1);
    private volatile Optional<Cached> value = Optional.empty();

    void land(Optional<Cached> loaded) {
        value = loaded;
        landed.countDown();
    }

    /** The value when it is there; empty if the load failed. */
    Optional<Cached> await(Optional<ScanMonitor> monitor) {
        if (Thread.currentThread() == loader) {
            throw new IllegalStateException("a load that needs its own value");
        }
        try {
            while (!landed.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                monitor.ifPresent(scan -> scan.cancellation().poll());
            }
            return value;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw QueryException.of(QueryErrorCode.CANCELLED, "The query was interrupted while it was reading.");
        }
    }
}
