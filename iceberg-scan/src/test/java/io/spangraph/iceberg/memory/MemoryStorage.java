package io.spangraph.iceberg.memory;

import java.util.Arrays;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;

/**
 * Files in memory. It counts the bytes and reads that are asked of data and delete files, and the streams that are open;
 * beyond a number of reads it ends the test, so that a reader that never ends is noticed.
 */
public final class MemoryStorage implements FileIO {
    private static final long serialVersionUID = 1L;
    private static final String METADATA = "/metadata/";

    private final transient Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final transient AtomicLong bytes = new AtomicLong();
    private final transient AtomicLong reads = new AtomicLong();
    private final transient AtomicInteger open = new AtomicInteger();
    private final boolean ranges;
    private volatile long mostReads = Long.MAX_VALUE;

    /** @param ranges whether its streams can read ranges by position, as those of object stores do */
    public MemoryStorage(boolean ranges) {
        this.ranges = ranges;
    }

    public byte[] file(String location) {
        byte[] content = files.get(location);
        if (content == null) {
            throw new NoSuchElementException(location);
        }
        return content;
    }

    public void put(String location, byte[] content) {
        files.put(location, content);
    }

    public void remove(String location) {
        files.remove(location);
    }

    /** Bytes that were asked of data and delete files. */
    public long bytes() {
        return bytes.get();
    }

    /** Reads of data and delete files. */
    public long reads() {
        return reads.get();
    }

    /** Streams that nobody closed yet. */
    public int open() {
        return open.get();
    }

    /** From now on that many reads may come; one more ends the test. */
    public void allowReads(long more) {
        mostReads = reads.get() + more;
    }

    void count(String location, long read) {
        if (location.contains(METADATA)) {
            return;
        }
        bytes.addAndGet(Math.max(0, read));
        if (reads.incrementAndGet() > mostReads) {
            throw new AssertionError("more reads of " + location + " than any answer needs");
        }
    }

    void opened() {
        open.incrementAndGet();
    }

    void closed() {
        open.decrementAndGet();
    }

    @Override
    public InputFile newInputFile(String location) {
        return new Input(location);
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return new Output(location);
    }

    @Override
    public void deleteFile(String location) {
        files.remove(location);
    }

    private final class Input implements InputFile {
        private final String location;

        Input(String location) {
            this.location = location;
        }

        private byte[] content() {
            byte[] content = files.get(location);
            if (content == null) {
                throw new NotFoundException("No such file: %s", location);
            }
            return content;
        }

        @Override
        public long getLength() {
            return content().length;
        }

        @Override
        public SeekableInputStream newStream() {
            byte[] content = content();
            return ranges
                    ? new MemoryRangeStream(MemoryStorage.this, location, content)
                    : new MemoryStream(MemoryStorage.this, location, content);
        }

        @Override
        public String location() {
            return location;
        }

        @Override
        public boolean exists() {
            return files.containsKey(location);
        }
    }

    private final class Output implements OutputFile {
        private final String location;

        Output(String location) {
            this.location = location;
        }

        @Override
        public PositionOutputStream create() {
            return createOrOverwrite();
        }

        @Override
        public PositionOutputStream createOrOverwrite() {
            return new Target(location);
        }

        @Override
        public String location() {
            return location;
        }

        @Override
        public InputFile toInputFile() {
            return new Input(location);
        }
    }

    private final class Target extends PositionOutputStream {
        private final String location;
        private byte[] content = new byte[4096];
        private int size;

        Target(String location) {
            this.location = location;
        }

        @Override
        public long getPos() {
            return size;
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            if (size + length > content.length) {
                content = Arrays.copyOf(content, Math.max(size + length, 2 * content.length));
            }
            System.arraycopy(source, offset, content, size, length);
            size += length;
        }

        @Override
        public void close() {
            files.put(location, Arrays.copyOf(content, size));
        }
    }
}
