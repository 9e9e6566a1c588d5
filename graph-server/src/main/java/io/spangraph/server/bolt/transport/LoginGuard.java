package io.spangraph.server.bolt.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds what a client can make the server keep before it has logged in: so many bytes, after which nothing more is
 * read, and so much time, however busy it looks.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failure closes the connection, and that is seen
final class LoginGuard extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(LoginGuard.class);
    private static final int MOST_BYTES = 256 << 10;

    private final Channel channel;
    private final Duration time;
    private final Future<?> timer;
    private long bytes;

    LoginGuard(Channel channel, Duration time) {
        this.channel = channel;
        this.time = time;
        this.timer = channel.eventLoop().schedule(this::expire, time.toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> timer.cancel(false));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        bytes += ((ByteBuf) message).readableBytes();
        if (bytes > MOST_BYTES) {
            channel.config().setAutoRead(false);
        }
        context.fireChannelRead(message);
    }

    private void expire() {
        LOG.info(
                "Closed the connection of {}, which did not log in within {} (limits.login-time)",
                channel.remoteAddress(),
                time);
        channel.close();
    }

    /** The client has logged in; to be called once, on the channel's event loop. */
    void retire() {
        timer.cancel(false);
        if (channel.pipeline().context(this) != null) {
            channel.pipeline().remove(this);
        }
    }
}
