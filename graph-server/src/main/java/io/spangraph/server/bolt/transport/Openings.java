package io.spangraph.server.bolt.transport;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.spangraph.server.bolt.message.ProtocolVersion;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** What the connections of a server are opened with. */
record Openings(
        BoltSettings settings, Optional<SslContext> encryption, BoltSession.Factory sessions, AtomicLong opened) {

    ChannelConnection connection(Channel channel, ProtocolVersion version, boolean manifest, LoginGuard guard) {
        String id = "bolt-" + opened.incrementAndGet();
        return new ChannelConnection(channel, id, version, manifest, settings.messageBytes(), guard);
    }
}
