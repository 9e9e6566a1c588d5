package io.spangraph.server.bolt.transport;

import io.spangraph.server.bolt.message.BoltRequest;

/**
 * The conversation on one connection. Its methods are called on the connection's event loop, one after another, and
 * must not block.
 */
public interface BoltSession {
    /** Each request as it arrives, also while an earlier one is still being answered: RESET jumps the queue. */
    void received(BoltRequest request);

    /** The client has sent what is no message of its version; the session answers and closes. */
    void malformed(MalformedMessageException problem);

    /** The client reads again. */
    void writable();

    /** The connection is gone, whoever closed it; what runs for it is ended. */
    void closed();

    /** Makes a session for a connection whose version is agreed on. */
    @FunctionalInterface
    interface Factory {
        BoltSession open(BoltConnection connection);
    }
}
