package io.spangraph.engine.exec.spill;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.SpillSpace;
import io.spangraph.engine.exec.Closing;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Rows of one operator on disk: written batch by batch, then read from the start as often as needed, and deleted when closed.
 *
 * <p>The file is a sequence of blocks. Each begins with three ints (bytes of its columns, rows, and a checksum over those
 * bytes); the columns follow one after the other.
 */
public final class SpillFile implements AutoCloseable {
    static final int HEADER_BYTES = 3 * Integer.BYTES;
    /** A batch whose block grows beyond this is written as several. */
    private static final int MAX_BLOCK = 4 << 20;

    private static final int MAX_BUFFER = 64 << 10;
    private static final int MIN_BUFFER = 2 << 10;

    private final QueryContext context;
    private final HeldMemory memory;
    private final SpillSpace space;
    private final int flushAt;
    private final FileChannel channel;
    private BlockOutput buffer;
    private long bufferBytes;
    private int width = -1;
    private long rows;
    private long bytes;
    private int longestBlock;
    private boolean closed;

    /**
     * An empty file.
     *
     * @param memory of the operator, for what is buffered while writing and reading
     */
    public SpillFile(QueryContext context, HeldMemory memory) {
        this.context = context;
        this.memory = memory;
        this.space = context.execution().spill();
        this.flushAt =
                (int) Math.max(MIN_BUFFER, Math.min(MAX_BUFFER, context.memory().maxBytes() / 1024));
        this.channel = space.newFile();
        this.buffer = new BlockOutput(0);
    }

    /** Writes the selected rows of a batch. */
    public void append(RowBatch batch) {
        append(batch.columns(), batch.selectedRows());
    }

    /** Writes these rows of vectors that lie side by side. */
    public void append(List<Vector> columns, int[] positions) {
        if (width >= 0 && width != columns.size()) {
            throw new IllegalArgumentException("a row of " + columns.size() + " columns in a file of " + width);
        }
        width = columns.size();
        for (int from = 0; from < positions.length; from += RowBatch.TARGET_ROWS) {
            writeBlock(columns, positions, from, Math.min(positions.length, from + RowBatch.TARGET_ROWS));
        }
        rows += positions.length;
    }

    private void writeBlock(List<Vector> columns, int[] positions, int from, int to) {
        context.cancellation().poll();
        int start = buffer.length();
        buffer.skip(HEADER_BYTES);
        boolean single = to - from == 1;
        VectorWriter writer = new VectorWriter(buffer, single ? Integer.MAX_VALUE : start + MAX_BLOCK);
        for (Vector column : columns) {
            if (!writer.write(column, positions, from, to)) {
                buffer.cutTo(start);
                int middle = (from + to) >>> 1;
                writeBlock(columns, positions, from, middle);
                writeBlock(columns, positions, middle, to);
                return;
            }
        }
        int length = buffer.length() - start - HEADER_BYTES;
        CRC32C checksum = new CRC32C();
        checksum.update(buffer.array(), start + HEADER_BYTES, length);
        buffer.setInt(start, length);
        buffer.setInt(start + Integer.BYTES, to - from);
        buffer.setInt(start + 2 * Integer.BYTES, (int) checksum.getValue());
        longestBlock = Math.max(longestBlock, length);
        account();
        if (buffer.length() >= flushAt) {
            flush();
        }
    }

    private void account() {
        if (buffer.capacity() > bufferBytes) {
            memory.reserve(buffer.capacity() - bufferBytes);
            bufferBytes = buffer.capacity();
        }
    }

    private void flush() {
        if (buffer.length() == 0) {
            return;
        }
        space.reserve(buffer.length(), context.memory());
        ByteBuffer source = ByteBuffer.wrap(buffer.array(), 0, buffer.length());
        long start = bytes;
        bytes += buffer.length();
        try {
            while (source.hasRemaining()) {
                channel.write(source, start + source.position());
            }
        } catch (IOException failed) {
            context.cancellation().poll();
            throw SpillSpace.failure("write", failed);
        }
        buffer.cutTo(0);
    }

    /** Ends writing; what was buffered goes to disk. */
    public void finish() {
        flush();
        buffer = new BlockOutput(0);
        memory.release(bufferBytes);
        bufferBytes = 0;
    }

    public long rows() {
        return rows;
    }

    /** What the file takes on disk, apart from what is still buffered. */
    public long bytes() {
        return bytes;
    }

    /** The rows from the first one on; the file was finished. Several readers may read at the same time. */
    public SpillReader read() {
        return new SpillReader(this, context, memory);
    }

    int longestBlock() {
        return longestBlock;
    }

    int width() {
        return Math.max(0, width);
    }

    /** Reads bytes of the file, all of which are there. */
    void read(byte[] target, int length, long position) {
        ByteBuffer buffered = ByteBuffer.wrap(target, 0, length);
        try {
            while (buffered.hasRemaining()) {
                if (channel.read(buffered, position + buffered.position()) < 0) {
                    throw SpillReader.damaged();
                }
            }
        } catch (IOException failed) {
            context.cancellation().poll();
            throw SpillSpace.failure("read", failed);
        }
    }

    /** Deletes the file. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        memory.release(bufferBytes);
        bufferBytes = 0;
        try {
            channel.close();
        } catch (IOException failed) {
            throw SpillSpace.failure("delete", failed);
        } finally {
            space.release(bytes);
        }
    }

    /** Closes all of these files, also if closing one of them fails. */
    public static void closeAll(List<SpillFile> files) {
        Closing.all(files.stream().<Runnable>map(file -> file::close).toList());
    }
}
