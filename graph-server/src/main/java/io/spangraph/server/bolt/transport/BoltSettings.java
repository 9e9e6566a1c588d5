package io.spangraph.server.bolt.transport;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the Bolt port is opened.
 *
 * @param port 0 takes any free one
 * @param encryption which openings are taken
 * @param certificate without one no TLS is spoken
 * @param connections how many may be open at the same time
 * @param messageBytes how long a message may be once the client has logged in
 * @param loginTime how long a client may take to log in
 * @param localPagesOnly whether a web page must come from this machine, because whoever connects is let in
 */
public record BoltSettings(
        String host,
        int port,
        Encryption encryption,
        Optional<Certificate> certificate,
        int connections,
        int messageBytes,
        Duration loginTime,
        boolean localPagesOnly) {
    public BoltSettings {
        if (encryption == Encryption.REQUIRED && certificate.isEmpty()) {
            throw new IllegalArgumentException("TLS cannot be required without a certificate");
        }
    }

    /** Whether connections are encrypted; one port takes both kinds. */
    public enum Encryption {
        OPTIONAL,
        REQUIRED,
        DISABLED
    }

    /** A chain of certificates and its private key, both as PEM. */
    public record Certificate(Path chain, Path key) {}
}
