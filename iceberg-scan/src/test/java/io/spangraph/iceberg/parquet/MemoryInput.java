package io.spangraph.iceberg.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A file in memory, as parquet-java reads it. */
record MemoryInput(byte[] content) implements InputFile {
    private static final class Stream extends ByteArrayInputStream {
        Stream(byte[] content) {
            super(content);
        }

        long position() {
            return pos;
        }

        void position(long position) {
            pos = Math.toIntExact(position);
        }
    }

    @Override
    public long getLength() {
        return content.length;
    }

    @Override
    public SeekableInputStream newStream() {
        Stream stream = new Stream(content);
        return new DelegatingSeekableInputStream(stream) {
            @Override
            public long getPos() {
                return stream.position();
            }

            @Override
            public void seek(long position) throws IOException {
                stream.position(position);
            }
        };
    }
}
