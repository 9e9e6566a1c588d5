package io.spangraph.iceberg.read;

import java.io.IOException;
import org.apache.iceberg.io.SeekableInputStream;

/** Counts what is read from a stream. */
class CountingStream extends SeekableInputStream {
    private final SeekableInputStream stream;
    private final CountingFileIO io;

    CountingStream(SeekableInputStream stream, CountingFileIO io) {
        this.stream = stream;
        this.io = io;
    }

    @Override
    public long getPos() throws IOException {
        return stream.getPos();
    }

    @Override
    public void seek(long newPosition) throws IOException {
        stream.seek(newPosition);
    }

    @Override
    public int read() throws IOException {
        io.poll();
        int read = io.attempt(stream::read);
        if (read >= 0) {
            io.count(1);
        }
        return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        io.poll();
        int read = io.attempt(() -> stream.read(target, offset, length));
        if (read > 0) {
            io.count(read);
        }
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        return stream.skip(count);
    }

    @Override
    public int available() throws IOException {
        return stream.available();
    }

    @Override
    public void close() throws IOException {
        io.closed(this);
        stream.close();
    }
}
