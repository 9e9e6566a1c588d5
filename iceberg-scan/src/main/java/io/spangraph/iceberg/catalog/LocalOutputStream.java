package io.spangraph.iceberg.catalog;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.iceberg.io.PositionOutputStream;

/** Counts what is written and buffers it: Parquet writes its footer byte by byte. */
final class LocalOutputStream extends PositionOutputStream {

    private static final int BUFFER_BYTES = 1 << 16;

    private final OutputStream stream;
    private long position;

    LocalOutputStream(OutputStream file) {
        this.stream = new BufferedOutputStream(file, BUFFER_BYTES);
    }

    @Override
    public long getPos() {
        return position;
    }

    @Override
    public void write(int value) throws IOException {
        stream.write(value);
        position++;
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        stream.write(source, offset, length);
        position += length;
    }

    @Override
    public void flush() throws IOException {
        stream.flush();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
