package io.spangraph.server.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;

/**
 * The connection a request came by. Servlets learn that a client has gone only when they write; a query that computes
 * for a minute writes nothing, so this looks at the socket itself.
 */
final class ClientConnection {
    private static final int PEEKED_BYTES = 4096;

    private final EndPoint endPoint;
    private boolean moreRequests;

    private ClientConnection(EndPoint endPoint) {
        this.endPoint = endPoint;
    }

    static ClientConnection of(HttpServletRequest request) {
        return new ClientConnection(ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint());
    }

    /** Where the client sits. */
    static InetAddress address(HttpServletRequest request) {
        return ServletContextRequest.getServletContextRequest(request)
                                .getConnectionMetaData()
                                .getRemoteSocketAddress()
                        instanceof InetSocketAddress socket
                ? socket.getAddress()
                : InetAddress.getLoopbackAddress();
    }

    /**
     * Whether the client has closed its side. To be called only after the body has been read and by the thread that
     * serves the request: until that returns nobody else reads the socket.
     */
    boolean isGone() {
        if (!endPoint.isOpen()) {
            return true;
        }
        if (moreRequests) {
            return false;
        }
        ByteBuffer peeked = BufferUtil.allocate(PEEKED_BYTES);
        try {
            int read = endPoint.fill(peeked);
            if (read > 0) {
                giveBack(peeked);
            }
            return read < 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** A client may send its next request early; those bytes go where the server looks for them first. */
    private void giveBack(ByteBuffer bytes) {
        moreRequests = true;
        if (endPoint.getConnection() instanceof Connection.UpgradeTo connection) {
            connection.onUpgradeTo(bytes);
        }
    }

    /** Breaks the connection, so that a client cannot take half an answer for a whole one. */
    void abort() {
        endPoint.close(new IOException("the answer could not be completed"));
    }
}
