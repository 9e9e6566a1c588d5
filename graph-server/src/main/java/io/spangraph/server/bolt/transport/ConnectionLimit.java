package io.spangraph.server.bolt.transport;

import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts connections and refuses those beyond the limit, before anything is kept for them. */
@SuppressWarnings("FutureReturnValueIgnored") // a failure closes the connection, and that is seen
final class ConnectionLimit {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimit.class);
    private static final long BETWEEN_WARNINGS = TimeUnit.SECONDS.toNanos(10);

    private final int most;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong nextWarning = new AtomicLong(System.nanoTime());

    ConnectionLimit(int most) {
        this.most = most;
    }

    /** Whether the connection may stay; one that may not is closed. */
    boolean admit(Channel channel) {
        int count = open.incrementAndGet();
        channel.closeFuture().addListener(closed -> open.decrementAndGet());
        if (count <= most) {
            return true;
        }
        warn(channel);
        channel.close();
        return false;
    }

    int open() {
        return open.get();
    }

    /** Now and then: whoever connects too often must not fill the log as well. */
    private void warn(Channel channel) {
        long due = nextWarning.get();
        long now = System.nanoTime();
        if (now - due >= 0 && nextWarning.compareAndSet(due, now + BETWEEN_WARNINGS)) {
            LOG.warn(
                    "Refused a connection from {}: {} are open, as many as limits.connections allows",
                    channel.remoteAddress(),
                    most);
        }
    }
}
