package io.spangraph.iceberg.memory;

import java.io.EOFException;
import java.io.IOException;
import org.apache.iceberg.io.RangeReadable;

/** A stream that reads ranges by position, as those of object stores do. */
final class MemoryRangeStream extends MemoryStream implements RangeReadable {
    MemoryRangeStream(MemoryStorage storage, String location, byte[] content) {
        super(storage, location, content);
    }

    @Override
    public void readFully(long position, byte[] target, int offset, int length) throws IOException {
        if (position < 0 || position > content().length - length) {
            throw new EOFException("Expected " + length + " bytes at " + position + " of " + content().length);
        }
        count(length);
        System.arraycopy(content(), (int) position, target, offset, length);
    }

    @Override
    public int readTail(byte[] target, int offset, int length) throws IOException {
        int read = Math.min(length, content().length);
        readFully(content().length - read, target, offset, read);
        return read;
    }
}
