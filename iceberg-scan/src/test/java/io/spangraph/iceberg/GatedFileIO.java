package io.spangraph.iceberg;

import io.spangraph.iceberg.catalog.LocalFileIO;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.SeekableInputStream;

/**
 * A local disk whose data files stop answering once a gate is shut, as an object store does that hangs: a read waits until
 * its stream is closed. A catalog makes it by its name, so the gate is static.
 */
public final class GatedFileIO implements FileIO {
    private static final long serialVersionUID = 1L;
    private static volatile Gate gate = new Gate(false);

    private final LocalFileIO local = new LocalFileIO();

    /** Whether reads wait, and whether one does. */
    record Gate(boolean shut, CountDownLatch waiting) {
        Gate(boolean shut) {
            this(shut, new CountDownLatch(1));
        }
    }

    static Gate shut() {
        Gate shut = new Gate(true);
        gate = shut;
        return shut;
    }

    static void open() {
        gate = new Gate(false);
    }

    @Override
    public InputFile newInputFile(String path) {
        InputFile file = local.newInputFile(path);
        return path.endsWith(".parquet") ? new GatedFile(file) : file;
    }

    @Override
    public OutputFile newOutputFile(String path) {
        return local.newOutputFile(path);
    }

    @Override
    public void deleteFile(String path) {
        local.deleteFile(path);
    }

    private record GatedFile(InputFile file) implements InputFile {
        @Override
        public long getLength() {
            return file.getLength();
        }

        @Override
        public SeekableInputStream newStream() {
            return new GatedStream(file.newStream());
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

    private static final class GatedStream extends SeekableInputStream {
        private final SeekableInputStream stream;
        private final CountDownLatch closed = new CountDownLatch(1);

        GatedStream(SeekableInputStream stream) {
            this.stream = stream;
        }

        private void pass() throws IOException {
            Gate now = gate;
            if (!now.shut()) {
                return;
            }
            now.waiting().countDown();
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("stream closed while it was read");
        }

        @Override
        public long getPos() throws IOException {
            return stream.getPos();
        }

        @Override
        public void seek(long position) throws IOException {
            stream.seek(position);
        }

        @Override
        public int read() throws IOException {
            pass();
            return stream.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            pass();
            return stream.read(target, offset, length);
        }

        @Override
        public void close() throws IOException {
            closed.countDown();
            stream.close();
        }
    }
}
