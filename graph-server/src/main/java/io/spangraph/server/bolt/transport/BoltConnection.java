package io.spangraph.server.bolt.transport;

import io.spangraph.server.bolt.message.BoltResponse;
import io.spangraph.server.bolt.message.ProtocolVersion;
import io.spangraph.server.value.ElementIds;
import java.net.InetAddress;

/**
 * The server's end of a connection, as its session uses it. One thread at a time may write; a response is encoded on
 * the thread that writes it, into a buffer that goes out with the next flush.
 */
public interface BoltConnection {
    /** Unique among the connections of this server, such as {@code bolt-17}. */
    String id();

    ProtocolVersion version();

    /** Whether the version was agreed on by the manifest handshake: then HELLO's answer names it. */
    boolean isManifestHandshake();

    /** For logs. */
    String remoteAddress();

    /** From where the client connects: wrong passwords slow down further log-ins from there. */
    InetAddress clientAddress();

    /** How nodes, relationships and paths are named from now on: that depends on who is asking. */
    void nameElements(ElementIds ids);

    /** The client has logged in for the first time: the limits on time and message length for strangers end. */
    void authenticated();

    void write(BoltResponse response);

    void flush();

    /** Keeps the connection alive while nothing can be answered yet. */
    void writeNoop();

    /** False while the client does not read fast enough; {@link BoltSession#writable()} tells of the change. */
    boolean isWritable();

    /**
     * Stops or goes on taking requests in, when more are waiting than a session likes to hold. While it is off, neither
     * RESET nor the end of the connection is seen.
     */
    void readRequests(boolean on);

    /** Sends what was written and closes; requests that still arrive are dropped. Harmless when called again. */
    void close();

    /** Closes at once. */
    void abort();
}
