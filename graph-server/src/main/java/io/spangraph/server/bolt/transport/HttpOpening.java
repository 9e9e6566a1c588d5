package io.spangraph.server.bolt.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** One HTTP request: it becomes a WebSocket for Bolt, or is told what this port is. */
@SuppressWarnings("FutureReturnValueIgnored") // a failure closes the connection, and that is seen
final class HttpOpening extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final String HINT = "This port speaks Bolt. Connect to it with a Neo4j driver, by bolt:// and its"
            + " address; the HTTP interface has a port of its own.\n";

    private static final String ANY_PROTOCOL = "*";
    private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Openings openings;
    private final LoginGuard guard;

    HttpOpening(Openings openings, LoginGuard guard) {
        this.openings = openings;
        this.guard = guard;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            answer(context, HttpResponseStatus.BAD_REQUEST, "This is no HTTP request.\n");
        } else if (!request.headers().contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
            answer(context, HttpResponseStatus.OK, HINT);
        } else if (!isTrusted(request)) {
            answer(
                    context,
                    HttpResponseStatus.FORBIDDEN,
                    "A server without users serves web pages of this machine only. Configure users to allow others.\n");
        } else {
            upgrade(context, request);
        }
    }

    /** A browser lets any web page open a WebSocket to any server, and says which page it is. */
    private boolean isTrusted(FullHttpRequest request) {
        String origin = request.headers().get(HttpHeaderNames.ORIGIN);
        if (origin == null || !openings.settings().localPagesOnly()) {
            return true;
        }
        try {
            return LOCAL_HOSTS.contains(String.valueOf(URI.create(origin).getHost()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void upgrade(ChannelHandlerContext context, FullHttpRequest request) {
        String version = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION);
        if (!WebSocketVersion.V13.toHttpHeaderValue().equals(version)) {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(context.channel());
            GracefulClose.start(context.channel());
            return;
        }
        WebSocketServerHandshaker handshaker = new WebSocketServerHandshaker13(
                "", ANY_PROTOCOL, WebSocketFrames.decoding(openings.settings().messageBytes()));
        try {
            ChannelFuture upgraded = handshaker.handshake(context.channel(), request);
            upgraded.addListener(done -> {
                if (!done.isSuccess()) {
                    context.close();
                }
            });
        } catch (WebSocketHandshakeException e) {
            answer(context, HttpResponseStatus.BAD_REQUEST, "The WebSocket cannot be opened: " + e.getMessage() + "\n");
            return;
        }
        context.pipeline().addAfter(context.name(), null, new HandshakeHandler(openings, guard));
        context.pipeline().replace(this, null, new WebSocketFrames());
    }

    private static void answer(ChannelHandlerContext context, HttpResponseStatus status, String text) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.write(response);
        GracefulClose.start(context.channel());
    }
}
