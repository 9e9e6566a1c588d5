package io.spangraph.server.bolt.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection so that the client receives what was sent last. To close a socket while the client still sends
 * makes its system drop what it has received but not yet read; so the server stops sending first, and waits for the
 * client to close.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failure closes the connection, and that is seen
final class GracefulClose {
    private static final long PATIENCE_SECONDS = 5;

    private GracefulClose() {}

    /** To be called on the channel's event loop; what still arrives is dropped. */
    static void start(Channel channel) {
        if (!channel.isActive() || channel.pipeline().get(Drop.class) != null) {
            return;
        }
        channel.pipeline().addFirst(new Drop());
        channel.config().setAutoRead(true);
        if (channel.pipeline().get(WebSocketFrames.class) != null) {
            channel.write(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
        }
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> endOutput(channel));
        Future<?> timer = channel.eventLoop().schedule(() -> channel.close(), PATIENCE_SECONDS, TimeUnit.SECONDS);
        channel.closeFuture().addListener(closed -> timer.cancel(false));
    }

    private static void endOutput(Channel channel) {
        SslHandler encryption = channel.pipeline().get(SslHandler.class);
        if (encryption == null) {
            shutDownOutput(channel);
        } else {
            encryption.closeOutbound().addListener(told -> shutDownOutput(channel));
        }
    }

    private static void shutDownOutput(Channel channel) {
        ((SocketChannel) channel).shutdownOutput();
    }

    private static final class Drop extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }
    }
}
