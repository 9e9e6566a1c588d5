package io.spangraph.iceberg.catalog;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.apache.iceberg.io.RangeReadable;
import org.apache.iceberg.io.SeekableInputStream;

/** Reads a local file by position, so that ranges may be read from several threads without moving the stream. */
final class LocalInputStream extends SeekableInputStream implements RangeReadable {

    private final FileChannel channel;
    private long position;

    LocalInputStream(FileChannel channel) {
        this.channel = channel;
    }

    @Override
    public long getPos() {
        return position;
    }

    @Override
    public void seek(long newPosition) throws IOException {
        if (newPosition < 0) {
            throw new EOFException("Cannot seek to " + newPosition);
        }
        position = newPosition;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = channel.read(ByteBuffer.wrap(target, offset, length), position);
        if (count > 0) {
            position += count;
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = Math.clamp(count, 0, Math.max(0, channel.size() - position));
        position += skipped;
        return skipped;
    }

    @Override
    public int available() throws IOException {
        return Math.clamp(channel.size() - position, 0, Integer.MAX_VALUE);
    }

    @Override
    public void readFully(long from, byte[] target, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(target, offset, length);
        long at = from;
        while (buffer.hasRemaining()) {
            int count = channel.read(buffer, at);
            if (count < 0) {
                throw new EOFException("Expected " + length + " bytes at " + from + ", the file ends at " + at);
            }
            at += count;
        }
    }

    @Override
    public int readTail(byte[] target, int offset, int length) throws IOException {
        int count = (int) Math.min(length, channel.size());
        readFully(channel.size() - count, target, offset, count);
        return count;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
