package io.spangraph.iceberg.read;

import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.RangeReadable;
import org.apache.iceberg.io.SeekableInputStream;

/** A file whose reads are counted; its streams can read ranges where the storage's can. */
record CountingInputFile(InputFile file, CountingFileIO io) implements InputFile {

    @Override
    public long getLength() {
        io.poll();
        return file.getLength();
    }

    @Override
    public SeekableInputStream newStream() {
        io.poll();
        SeekableInputStream stream = file.newStream();
        SeekableInputStream counting = stream instanceof RangeReadable ranges
                ? new CountingRangeStream(stream, ranges, io)
                : new CountingStream(stream, io);
        io.opened(counting);
        return counting;
    }

    @Override
    public String location() {
        return file.location();
    }

    @Override
    public boolean exists() {
        return file.exists();
    }
}
