package io.spangraph.server.bolt.transport;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** Writes messages in chunks: a length of two bytes before each, and a length of zero at the end. */
final class Chunks {
    private static final int LARGEST = 0xFFFF;
    private static final int HEADER_BYTES = 2;

    private Chunks() {}

    /** Appends one message; nothing of it when the writer fails. */
    static void write(ByteBuf out, Consumer<ByteBuf> writer) {
        int start = out.writerIndex();
        out.writeShort(0);
        boolean whole = false;
        try {
            writer.accept(out);
            whole = true;
        } finally {
            if (!whole) {
                out.writerIndex(start);
            }
        }
        int length = out.writerIndex() - start - HEADER_BYTES;
        if (length <= LARGEST) {
            out.setShort(start, length);
        } else {
            split(out, start, length);
        }
        out.writeShort(0);
    }

    /** Makes room for the lengths within a message that is longer than a chunk, which is rare enough to copy it. */
    private static void split(ByteBuf out, int start, int length) {
        ByteBuf message = out.copy(start + HEADER_BYTES, length);
        try {
            out.writerIndex(start);
            while (message.isReadable()) {
                int size = Math.min(LARGEST, message.readableBytes());
                out.writeShort(size).writeBytes(message, size);
            }
        } finally {
            message.release();
        }
    }
}
