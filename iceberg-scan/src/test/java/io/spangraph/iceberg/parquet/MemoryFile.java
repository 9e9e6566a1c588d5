package io.spangraph.iceberg.parquet;

import java.io.ByteArrayOutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A file in memory, that parquet-java writes and that counts what is read of it. */
final class MemoryFile implements OutputFile, RangeReader {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private byte[] content = new byte[0];
    private long reads;
    private long bytesRead;

    static MemoryFile of(byte[] content) {
        MemoryFile file = new MemoryFile();
        file.content = content;
        return file;
    }

    byte[] content() {
        return content;
    }

    long reads() {
        return reads;
    }

    long bytesRead() {
        return bytesRead;
    }

    void forget() {
        reads = 0;
        bytesRead = 0;
    }

    @Override
    public PositionOutputStream create(long blockSize) {
        return new PositionOutputStream() {
            @Override
            public long getPos() {
                return written.size();
            }

            @Override
            public void write(int value) {
                written.write(value);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                written.write(bytes, offset, length);
            }

            @Override
            public void close() {
                content = written.toByteArray();
            }
        };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSize) {
        return create(blockSize);
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }

    @Override
    public String name() {
        return "memory.parquet";
    }

    @Override
    public long length() {
        return content.length;
    }

    @Override
    public int coalescedGap() {
        return 64;
    }

    @Override
    public void readFully(long position, byte[] target, int offset, int length) {
        reads++;
        bytesRead += length;
        System.arraycopy(content, Math.toIntExact(position), target, offset, length);
    }
}
