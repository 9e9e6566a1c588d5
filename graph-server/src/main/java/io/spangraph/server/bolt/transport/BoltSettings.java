package io.spangraph.server.bolt.transport;

import io.spangraph.server.config.ServerConfiguration;
import io.spangraph.server.config.ServerConfiguration.Tls;
import java.time.Duration;

/**
 * How the Bolt port is opened.
 *
 * @param port 0 takes any free one
 * @param connections how many may be open at the same time
 * @param messageBytes how long a message may be once the client has logged in
 * @param loginTime how long a client may take to log in
 * @param localPagesOnly whether a web page must come from this machine, because whoever connects is let in
 */
public record BoltSettings(
        String host, int port, Tls tls, int connections, int messageBytes, Duration loginTime, boolean localPagesOnly) {

    public static BoltSettings of(ServerConfiguration configuration, int port) {
        ServerConfiguration.Limits limits = configuration.limits();
        return new BoltSettings(
                configuration.server().host(),
                port,
                configuration.tls(),
                limits.connections(),
                limits.requestBytes(),
                limits.loginTime(),
                configuration.users().isOpen());
    }
}
