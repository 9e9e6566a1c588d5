package io.spangraph.iceberg.read;

import io.spangraph.iceberg.parquet.RangeReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.RangeReadable;
import org.apache.iceberg.io.SeekableInputStream;

/** Ranges of a file from storage. The file is opened at the first read: what caches answer never opens it. */
public final class StorageRanges implements RangeReader, AutoCloseable {
    private final InputFile file;
    private final long length;
    private final int coalescedGap;
    private Optional<SeekableInputStream> stream = Optional.empty();

    /**
     * @param length as the table's metadata say
     * @param coalescedGap bytes between two ranges that are read with them
     */
    public StorageRanges(InputFile file, long length, int coalescedGap) {
        this.file = file;
        this.length = length;
        this.coalescedGap = coalescedGap;
    }

    @Override
    public int coalescedGap() {
        return coalescedGap;
    }

    @Override
    public String name() {
        return file.location();
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void readFully(long position, byte[] target, int offset, int length) {
        try {
            SeekableInputStream open = stream.orElseGet(this::open);
            if (open instanceof RangeReadable ranges) {
                ranges.readFully(position, target, offset, length);
            } else {
                open.seek(position);
                readFully(open, position, target, offset, length);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SeekableInputStream open() {
        SeekableInputStream opened = file.newStream();
        stream = Optional.of(opened);
        return opened;
    }

    private static void readFully(SeekableInputStream from, long position, byte[] target, int offset, int length)
            throws IOException {
        int done = 0;
        while (done < length) {
            int count = from.read(target, offset + done, length - done);
            if (count < 0) {
                throw new EOFException(
                        "Expected " + length + " bytes at " + position + ", the file ends at " + (position + done));
            }
            done += count;
        }
    }

    @Override
    public void close() {
        Optional<SeekableInputStream> open = stream;
        stream = Optional.empty();
        if (open.isPresent()) {
            try {
                open.get().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
