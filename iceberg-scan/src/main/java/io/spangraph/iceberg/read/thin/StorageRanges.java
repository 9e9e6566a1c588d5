package io.spangraph.iceberg.read.thin;

import io.spangraph.iceberg.parquet.RangeReader;
import io.spangraph.iceberg.read.FileScan;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.iceberg.io.RangeReadable;
import org.apache.iceberg.io.SeekableInputStream;

/** Ranges of a file from storage. The file is opened at the first read: what caches answer never opens it. */
final class StorageRanges implements RangeReader, AutoCloseable {
    private final FileScan scan;
    private final int coalescedGap;
    private Optional<SeekableInputStream> stream = Optional.empty();

    StorageRanges(FileScan scan, int coalescedGap) {
        this.scan = scan;
        this.coalescedGap = coalescedGap;
    }

    @Override
    public int coalescedGap() {
        return coalescedGap;
    }

    @Override
    public String name() {
        return scan.file().location();
    }

    @Override
    public long length() {
        return scan.file().file().fileSizeInBytes();
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
        SeekableInputStream opened = scan.io().newInputFile(name(), length()).newStream();
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
