package io.spangraph.iceberg.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.iceberg.io.FileRange;
import org.apache.iceberg.io.RangeReadable;
import org.apache.iceberg.io.SeekableInputStream;

/** Counts what is read from a stream that can read ranges, several at once if the storage does that. */
final class CountingRangeStream extends CountingStream implements RangeReadable {
    private final RangeReadable ranges;
    private final CountingFileIO io;

    CountingRangeStream(SeekableInputStream stream, RangeReadable ranges, CountingFileIO io) {
        super(stream, io);
        this.ranges = ranges;
        this.io = io;
    }

    @Override
    public void readFully(long position, byte[] target, int offset, int length) throws IOException {
        io.poll();
        io.attempt(() -> {
            ranges.readFully(position, target, offset, length);
            return length;
        });
        io.count(length);
    }

    @Override
    public int readTail(byte[] target, int offset, int length) throws IOException {
        io.poll();
        int read = io.attempt(() -> ranges.readTail(target, offset, length));
        io.count(read);
        return read;
    }

    @Override
    public void readVectored(List<FileRange> wanted, IntFunction<ByteBuffer> allocate) throws IOException {
        io.poll();
        io.attempt(() -> {
            ranges.readVectored(wanted, allocate);
            return wanted.size();
        });
        for (FileRange range : wanted) {
            io.count(range.length());
        }
    }
}
