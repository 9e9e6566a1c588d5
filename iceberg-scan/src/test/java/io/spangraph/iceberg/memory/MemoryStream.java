package io.spangraph.iceberg.memory;

import java.io.EOFException;
import java.io.IOException;
import org.apache.iceberg.io.SeekableInputStream;

/** A stream over a file in memory that tells its storage what is asked of it, and refuses reads once it is closed. */
class MemoryStream extends SeekableInputStream {
    private final MemoryStorage storage;
    private final String location;
    private final byte[] content;
    private int position;
    private boolean closed;

    MemoryStream(MemoryStorage storage, String location, byte[] content) {
        this.storage = storage;
        this.location = location;
        this.content = content;
        storage.opened();
    }

    final byte[] content() {
        return content;
    }

    final void count(long read) throws IOException {
        if (closed) {
            throw new IOException("Stream of " + location + " is closed");
        }
        storage.count(location, read);
    }

    @Override
    public long getPos() {
        return position;
    }

    @Override
    public void seek(long newPosition) throws IOException {
        if (newPosition < 0 || newPosition > content.length) {
            throw new EOFException("Cannot seek to " + newPosition + " of " + content.length);
        }
        position = (int) newPosition;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = Math.min(length, content.length - position);
        count(read);
        if (read == 0 && length > 0) {
            return -1;
        }
        System.arraycopy(content, position, target, offset, read);
        position += read;
        return read;
    }

    @Override
    public int available() {
        return content.length - position;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            storage.closed();
        }
    }
}
