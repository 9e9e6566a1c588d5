/** Connections: openings, handshake, chunks, TLS and WebSocket on one port. The only home of Netty. */
@NullMarked
package io.spangraph.server.bolt.transport;

import org.jspecify.annotations.NullMarked;
