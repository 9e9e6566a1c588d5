package io.spangraph.server.bolt.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.spangraph.server.config.ServerConfiguration;
import io.spangraph.server.config.ServerConfiguration.Certificate;
import io.spangraph.server.config.ServerConfiguration.TlsUse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The Bolt port: takes connections in and gives each a session. A few threads serve all of them. */
@SuppressWarnings("FutureReturnValueIgnored") // a failure closes the connection, and that is seen
public final class BoltServer implements AutoCloseable {
    private static final int LEAST_THREADS = 2;
    private static final int BACKLOG = 1024;
    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(64 << 10, 256 << 10);
    private static final long PATIENCE_MILLIS = 2000;

    private final EventLoopGroup threads;
    private final ChannelGroup connections;
    private final ConnectionLimit limit;
    private final Channel listener;

    private BoltServer(EventLoopGroup threads, ChannelGroup connections, ConnectionLimit limit, Channel listener) {
        this.threads = threads;
        this.connections = connections;
        this.limit = limit;
        this.listener = listener;
    }

    /**
     * Starts to listen.
     *
     * @throws UncheckedIOException when the port is taken, or the certificate cannot be used
     */
    public static BoltServer start(BoltSettings settings, BoltSession.Factory sessions) {
        Optional<SslContext> encryption = encryption(settings);
        EventLoopGroup threads = new MultiThreadIoEventLoopGroup(
                Math.max(LEAST_THREADS, Runtime.getRuntime().availableProcessors()),
                new DefaultThreadFactory("bolt", true),
                NioIoHandler.newFactory());
        ChannelGroup connections = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
        ConnectionLimit limit = new ConnectionLimit(settings.connections());
        Openings openings = new Openings(settings, encryption, sessions, new AtomicLong());
        ChannelFuture bound = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                // Netty's default gives memory back at once, which on newer JVMs stops all threads for each buffer.
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS)
                .childHandler(new ConnectionInitializer(openings, connections, limit))
                .bind(settings.host(), settings.port())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            threads.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
            throw refusal(settings, bound.cause());
        }
        return new BoltServer(threads, connections, limit, bound.channel());
    }

    /** Starts to listen as the server's settings say. */
    public static BoltServer start(ServerConfiguration configuration, int port, BoltSession.Factory sessions) {
        return start(BoltSettings.of(configuration, port), sessions);
    }

    private static UncheckedIOException refusal(BoltSettings settings, Throwable cause) {
        String reason = String.valueOf(cause.getMessage());
        String message = "Cannot listen on " + settings.host() + ":" + settings.port() + ": "
                + (reason.contains("in use")
                        ? "the port is in use. Choose another as server.bolt-port, or 0 for any free one."
                        : reason + ".");
        return new UncheckedIOException(new IOException(message, cause));
    }

    private static Optional<SslContext> encryption(BoltSettings settings) {
        return settings.tls().bolt() == TlsUse.DISABLED
                ? Optional.empty()
                : settings.tls().certificate().map(BoltServer::encryption);
    }

    private static SslContext encryption(Certificate certificate) {
        try {
            return SslContextBuilder.forServer(
                            certificate.chain().toFile(), certificate.key().toFile())
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (IOException | IllegalArgumentException e) {
            String message = "The certificate " + certificate.chain() + " with the key " + certificate.key()
                    + " cannot be used: " + e.getMessage()
                    + ". Both must be PEM files, the key in the form PKCS#8 and without a password.";
            throw new UncheckedIOException(new IOException(message, e));
        }
    }

    /** The port on which it listens, whichever was asked for. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** How many connections are open. */
    public int connections() {
        return limit.open();
    }

    /** Takes no more connections, sends what was written to the open ones, and closes them. */
    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        connections.forEach(channel -> channel.eventLoop().execute(() -> end(channel)));
        connections.newCloseFuture().awaitUninterruptibly(PATIENCE_MILLIS);
        connections.close().awaitUninterruptibly(PATIENCE_MILLIS);
        threads.shutdownGracefully(0, PATIENCE_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }

    private static void end(Channel channel) {
        RequestHandler requests = channel.pipeline().get(RequestHandler.class);
        if (requests == null) {
            channel.close();
        } else {
            requests.end();
        }
    }

    /** Prepares each connection that was taken in. */
    private static final class ConnectionInitializer extends ChannelInitializer<SocketChannel> {
        private final Openings openings;
        private final ChannelGroup connections;
        private final ConnectionLimit limit;
        private final FailureHandler failures = new FailureHandler();

        ConnectionInitializer(Openings openings, ChannelGroup connections, ConnectionLimit limit) {
            this.openings = openings;
            this.connections = connections;
            this.limit = limit;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            if (limit.admit(channel)) {
                connections.add(channel);
                LoginGuard guard = new LoginGuard(channel, openings.settings().loginTime());
                channel.pipeline().addLast(guard, new OpeningHandler(openings, guard, false), failures);
            }
        }
    }
}
