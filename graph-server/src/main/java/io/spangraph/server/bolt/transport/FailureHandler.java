package io.spangraph.server.bolt.transport;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CodecException;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of each pipeline: closes a connection on which something went wrong, and logs it if it was the server. */
@Sharable
@SuppressWarnings("FutureReturnValueIgnored") // a failure closes the connection, and that is seen
final class FailureHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(FailureHandler.class);

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        Throwable cause =
                failure instanceof CodecException && failure.getCause() != null ? failure.getCause() : failure;
        // Broken connections, wrong TLS records, wrong frames: all of it a client can cause at will.
        if (cause instanceof IOException || cause instanceof CodecException) {
            LOG.debug("The connection of {} failed", context.channel().remoteAddress(), failure);
        } else {
            LOG.error(
                    "An error in Spangraph on the connection of {}",
                    context.channel().remoteAddress(),
                    failure);
        }
        context.close();
    }

    /** What arrives for a connection that is about to be closed. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        ReferenceCountUtil.release(event);
    }
}
