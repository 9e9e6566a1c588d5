package io.spangraph.server.bolt.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.spangraph.server.bolt.message.BoltRequest;
import io.spangraph.server.bolt.message.RequestReader;
import io.spangraph.server.bolt.packstream.PackStreamException;
import io.spangraph.server.bolt.packstream.PackStreamReader;

/** The end of what Netty knows: turns messages into requests and tells the session of all that happens. */
final class RequestHandler extends ChannelInboundHandlerAdapter {
    private final ChannelConnection connection;
    private final RequestReader reader;
    private final BoltSession session;

    RequestHandler(ChannelConnection connection, BoltSession.Factory sessions) {
        this.connection = connection;
        this.reader = new RequestReader(connection.version());
        this.session = sessions.open(connection);
        connection.onClosed(session::closed);
        connection.onWritable(session::writable);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            if (connection.takesRequests()) {
                receive(new PackStreamReader(bytes));
            }
        } finally {
            bytes.release();
        }
    }

    private void receive(PackStreamReader bytes) {
        BoltRequest request;
        try {
            request = reader.read(bytes, connection.form());
        } catch (PackStreamException e) {
            refuse(new MalformedMessageException(e.getMessage()));
            return;
        }
        if (request instanceof BoltRequest.Hello hello && !hello.patches().isEmpty()) {
            connection.useUtcDateTimes();
        }
        session.received(request);
    }

    private void refuse(MalformedMessageException problem) {
        connection.stopIntake();
        session.malformed(problem);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (failure instanceof MalformedMessageException problem) {
            refuse(problem);
        } else if (failure.getCause() instanceof MalformedMessageException problem) {
            refuse(problem);
        } else {
            context.fireExceptionCaught(failure);
        }
    }

    /** The server stops. */
    void end() {
        connection.close();
    }

    /** Told later: the change may come up while the session itself is writing. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            connection.onEventLoop(connection::tellWritable);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connection.ended();
    }
}
