package io.spangraph.server.bolt.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts messages together from their chunks. Chunks are copied into one buffer rather than strung together, so that a
 * client which sends chunks of a byte costs no more than one that does not.
 */
final class ChunkDecoder extends ByteToMessageDecoder {
    private static final int HEADER_BYTES = 2;

    private final ChannelConnection connection;
    private @Nullable ChannelHandlerContext place;
    private @Nullable ByteBuf message;
    private int leftOfChunk;

    ChunkDecoder(ChannelConnection connection) {
        this.connection = connection;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        place = context;
    }

    /** Goes on with the bytes that have arrived before reading was stopped. */
    void resume() {
        if (place != null && !place.isRemoved()) {
            try {
                channelRead(place, Unpooled.EMPTY_BUFFER);
            } catch (Exception e) {
                place.fireExceptionCaught(e);
            }
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        switch (connection.intake()) {
            case ON -> {
                if (leftOfChunk > 0) {
                    append(context, in);
                } else if (in.readableBytes() >= HEADER_BYTES) {
                    beginChunk(in.readUnsignedShort(), out);
                }
            }
            case PAUSED -> {}
            case OFF -> in.skipBytes(in.readableBytes());
        }
    }

    /** A chunk of no bytes ends a message; between messages it says that the client is alive. */
    private void beginChunk(int size, List<Object> out) {
        ByteBuf soFar = message;
        if (size > 0) {
            connection.checkMessageBytes((soFar == null ? 0L : soFar.readableBytes()) + size);
            leftOfChunk = size;
        } else if (soFar != null) {
            message = null;
            out.add(soFar);
        }
    }

    private void append(ChannelHandlerContext context, ByteBuf in) {
        ByteBuf whole = message;
        int size = Math.min(leftOfChunk, in.readableBytes());
        if (whole == null) {
            whole = context.alloc().buffer(size);
            message = whole;
        }
        whole.writeBytes(in, size);
        leftOfChunk -= size;
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        if (message != null) {
            message.release();
            message = null;
        }
    }
}
