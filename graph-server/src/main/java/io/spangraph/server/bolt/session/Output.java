package io.spangraph.server.bolt.session;

import io.spangraph.server.bolt.message.BoltResponse;
import io.spangraph.server.bolt.transport.BoltConnection;
import io.spangraph.server.value.ElementIds;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * The way to the client. Keep-alives come from another thread than answers do, and have to fall between two messages.
 */
final class Output {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final BoltConnection connection;
    private boolean unsent;
    private OptionalLong patienceEndsNanos = OptionalLong.empty();
    private boolean over;
    private long lastNanos = System.nanoTime();

    Output(BoltConnection connection) {
        this.connection = connection;
    }

    synchronized void write(BoltResponse response) {
        if (!over) {
            connection.write(response);
            unsent = true;
        }
    }

    synchronized void flush() {
        if (unsent && !over) {
            connection.flush();
            unsent = false;
            lastNanos = System.nanoTime();
        }
    }

    synchronized void nameElements(ElementIds ids) {
        if (!over) {
            connection.nameElements(ids);
        }
    }

    /** Shows that somebody is still there, when nothing was sent for a while. */
    synchronized void keepAlive(Duration silence, long nowNanos) {
        if (!over && nowNanos - lastNanos > silence.toNanos() && connection.isWritable()) {
            connection.writeNoop();
            connection.flush();
            unsent = false;
            lastNanos = nowNanos;
        }
    }

    /** The last answer was sent, so a client that reads none of it is not waited for much longer. */
    synchronized void giveTimeToRead() {
        flush();
        patienceEndsNanos = connection.isWritable()
                ? OptionalLong.empty()
                : OptionalLong.of(System.nanoTime() + PATIENCE.toNanos());
    }

    synchronized void abortWhenStuck(long nowNanos) {
        if (patienceEndsNanos.isPresent() && nowNanos - patienceEndsNanos.getAsLong() > 0) {
            patienceEndsNanos = OptionalLong.empty();
            if (!connection.isWritable()) {
                connection.abort();
            }
        }
    }

    boolean isWritable() {
        return connection.isWritable();
    }

    /** Sends what was written, and nothing more. */
    synchronized void close() {
        if (!over) {
            flush();
            over = true;
            connection.close();
        }
    }

    /** The connection is gone. */
    synchronized void drop() {
        over = true;
    }

    void abort() {
        connection.abort();
    }
}
