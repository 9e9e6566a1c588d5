package io.spangraph.server.bolt.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/** Bolt within a WebSocket: frames follow what a client flushes, so they are taken as a stream of bytes. */
@SuppressWarnings("FutureReturnValueIgnored") // a failure closes the connection, and that is seen
final class WebSocketFrames extends ChannelDuplexHandler {
    private static final int ROOM_FOR_MORE = 64 << 10;

    /** How frames are read: one holds at least a message of the greatest length. */
    static WebSocketDecoderConfig decoding(int messageBytes) {
        return WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(messageBytes + ROOM_FOR_MORE)
                .allowExtensions(false)
                .build();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof WebSocketFrame frame)) {
            ReferenceCountUtil.release(message); // sent before the server agreed to a WebSocket
            context.close();
            return;
        }
        switch (frame) {
            case BinaryWebSocketFrame binary -> context.fireChannelRead(binary.content());
            case ContinuationWebSocketFrame more -> context.fireChannelRead(more.content());
            case PingWebSocketFrame ping -> answer(context, ping);
            case PongWebSocketFrame pong -> pong.release();
            case CloseWebSocketFrame close -> {
                close.release();
                GracefulClose.start(context.channel());
            }
            default -> {
                frame.release();
                context.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.INVALID_MESSAGE_TYPE));
                context.close();
            }
        }
    }

    /** Not while the client does not read: it could ask for ever. */
    private static void answer(ChannelHandlerContext context, PingWebSocketFrame ping) {
        if (context.channel().isWritable()) {
            context.writeAndFlush(new PongWebSocketFrame(ping.content()));
        } else {
            ReferenceCountUtil.release(ping);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        boolean bytes = message instanceof ByteBuf;
        if (bytes && ((ByteBuf) message).isReadable()) {
            context.write(new BinaryWebSocketFrame((ByteBuf) message), promise);
        } else {
            context.write(message, promise);
        }
    }
}
