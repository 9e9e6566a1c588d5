package io.spangraph.server.bolt.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.spangraph.server.bolt.message.ProtocolVersion;
import java.util.List;
import java.util.Optional;

/**
 * Agrees with the client on a version, then hands over to the messages. Clients send their first messages directly
 * behind the last bytes of the handshake.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failure closes the connection, and that is seen
final class HandshakeHandler extends ByteToMessageDecoder {
    static final int MAGIC = 0x6060_B017;

    private static final int SLOTS = 4;
    private static final int PREAMBLE_BYTES = 4 + SLOTS * 4;
    private static final int LONGEST_CAPABILITIES = 8;

    private final Openings openings;
    private final LoginGuard guard;
    private boolean manifestSent;

    HandshakeHandler(Openings openings, LoginGuard guard) {
        this.openings = openings;
        this.guard = guard;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (manifestSent) {
            readChoice(context, in);
        } else if (in.readableBytes() >= PREAMBLE_BYTES) {
            readSlots(context, in);
        }
    }

    private void readSlots(ChannelHandlerContext context, ByteBuf in) {
        boolean bolt = in.readInt() == MAGIC;
        for (int i = 0; i < SLOTS && bolt; i++) {
            int slot = in.readInt();
            if (slot == VersionOffer.MANIFEST_V1) {
                in.skipBytes((SLOTS - 1 - i) * 4);
                sendManifest(context);
                return;
            }
            Optional<ProtocolVersion> version = VersionOffer.ofSlot(slot);
            if (version.isPresent()) {
                in.skipBytes((SLOTS - 1 - i) * 4);
                context.writeAndFlush(context.alloc().buffer(4).writeInt(slotOf(version.get())));
                agree(context, version.get(), false);
                return;
            }
        }
        in.skipBytes(in.readableBytes());
        context.write(context.alloc().buffer(4).writeInt(0));
        GracefulClose.start(context.channel());
    }

    private static int slotOf(ProtocolVersion version) {
        return version.minor() << 8 | version.major();
    }

    private void sendManifest(ChannelHandlerContext context) {
        ByteBuf manifest = context.alloc().buffer();
        VersionOffer.writeManifest(manifest);
        context.writeAndFlush(manifest);
        manifestSent = true;
    }

    /** The version, then the set of capabilities as groups of 7 bits with a mark on all but the last. */
    private void readChoice(ChannelHandlerContext context, ByteBuf in) {
        int start = in.readerIndex() + 4;
        int end = start;
        while (end < in.writerIndex() && end - start < LONGEST_CAPABILITIES && in.getByte(end) < 0) {
            end++;
        }
        if (end >= in.writerIndex()) {
            return;
        }
        boolean plain = end - start < LONGEST_CAPABILITIES;
        int choice = in.readInt();
        while (in.readerIndex() <= end) {
            plain &= (in.readByte() & Byte.MAX_VALUE) == 0;
        }
        Optional<ProtocolVersion> version = VersionOffer.ofChoice(choice);
        if (version.isPresent() && plain) {
            agree(context, version.get(), true);
        } else {
            in.skipBytes(in.readableBytes());
            GracefulClose.start(context.channel());
        }
    }

    private void agree(ChannelHandlerContext context, ProtocolVersion version, boolean manifest) {
        ChannelConnection connection = openings.connection(context.channel(), version, manifest, guard);
        ChunkDecoder chunks = new ChunkDecoder(connection);
        connection.onResume(chunks::resume);
        RequestHandler requests = new RequestHandler(connection, openings.sessions());
        context.pipeline().addAfter(context.name(), null, requests);
        context.pipeline().addAfter(context.name(), null, chunks);
        context.pipeline().remove(this);
    }
}
