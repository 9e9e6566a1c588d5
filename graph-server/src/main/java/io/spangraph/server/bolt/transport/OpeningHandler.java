package io.spangraph.server.bolt.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.spangraph.server.config.ServerConfiguration.TlsUse;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the first bytes of a connection, and puts in its own place what they ask for: Bolt, TLS, or HTTP for Bolt in
 * a WebSocket. The bytes stay where they are, for whoever comes next.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failure closes the connection, and that is seen
final class OpeningHandler extends ByteToMessageDecoder {
    private static final Logger LOG = LoggerFactory.getLogger(OpeningHandler.class);
    private static final int PREFIX_BYTES = 4;
    private static final int TLS_HANDSHAKE = 0x16;
    private static final int HTTP_GET = 0x4745_5420;
    private static final int HTTP_REQUEST_BYTES = 16 << 10;

    private final Openings openings;
    private final LoginGuard guard;
    private final boolean encrypted;

    OpeningHandler(Openings openings, LoginGuard guard, boolean encrypted) {
        this.openings = openings;
        this.guard = guard;
        this.encrypted = encrypted;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (in.getUnsignedByte(in.readerIndex()) == TLS_HANDSHAKE && !encrypted) {
            openTls(context, in);
        } else if (!encrypted && openings.settings().tls().bolt() == TlsUse.REQUIRED) {
            refuse(context, in, "it is not encrypted, as server.bolt-tls requires");
        } else if (in.readableBytes() >= PREFIX_BYTES) {
            int prefix = in.getInt(in.readerIndex());
            switch (prefix) {
                case HandshakeHandler.MAGIC -> replace(context, new HandshakeHandler(openings, guard));
                case HTTP_GET ->
                    replace(
                            context,
                            new HttpServerCodec(),
                            new HttpObjectAggregator(HTTP_REQUEST_BYTES),
                            new HttpOpening(openings, guard));
                default -> refuse(context, in, "it opens neither Bolt nor TLS nor a WebSocket");
            }
        }
    }

    private void openTls(ChannelHandlerContext context, ByteBuf in) {
        openings.encryption()
                .ifPresentOrElse(
                        tls -> replace(
                                context, tls.newHandler(context.alloc()), new OpeningHandler(openings, guard, true)),
                        () -> refuse(context, in, "it opens TLS, which is not set up; see server.tls.certificate"));
    }

    private void replace(ChannelHandlerContext context, ChannelHandler... successors) {
        String place = context.name();
        for (ChannelHandler successor : successors) {
            context.pipeline().addAfter(place, null, successor);
            place = context.pipeline().context(successor).name();
        }
        context.pipeline().remove(this);
    }

    private static void refuse(ChannelHandlerContext context, ByteBuf in, String reason) {
        LOG.info("Closed the connection of {}: {}", context.channel().remoteAddress(), reason);
        in.skipBytes(in.readableBytes());
        context.close();
    }
}
