package io.spangraph.server.auth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Where a client sits, as far as guessing is concerned: an IPv4 address, or the first half of an IPv6 address, because
 * everybody with IPv6 has as many addresses as the other half can tell apart.
 */
record ClientNetwork(String prefix) {
    private static final int NETWORK_BYTES = 8;

    static ClientNetwork of(InetAddress client) {
        byte[] address = client.getAddress();
        return new ClientNetwork(HexFormat.of()
                .formatHex(client instanceof Inet6Address ? Arrays.copyOf(address, NETWORK_BYTES) : address));
    }
}
