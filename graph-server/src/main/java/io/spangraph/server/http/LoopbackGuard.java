package io.spangraph.server.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import java.util.Locale;

/**
 * Refuses requests that name another host than this machine, while the server is open to all. A web page can make a
 * browser send requests to loopback under the page's own name (DNS rebinding); without passwords nothing else would stop
 * it from reading the answers.
 */
final class LoopbackGuard implements Handler {
    @Override
    public void handle(Context context) {
        String host = context.host();
        if (host != null && !isLoopback(withoutPort(host).toLowerCase(Locale.ROOT))) {
            throw QueryException.of(
                            QueryErrorCode.FORBIDDEN,
                            "Requests for host '" + host + "' are forbidden while no users are configured.")
                    .withHint("Address the server as localhost or 127.0.0.1, or configure users.");
        }
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }

    private static boolean isLoopback(String name) {
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.matches("127(\\.\\d{1,3}){3}")
                || name.equals("[::1]");
    }
}
