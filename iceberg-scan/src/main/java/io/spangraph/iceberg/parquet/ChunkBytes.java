package io.spangraph.iceberg.parquet;

/** The stretch of a chunk that is in memory: some pages, read at once, replaced by the next ones when these are used up. */
final class ChunkBytes implements AutoCloseable {
    private final RangeReader file;
    private final ColumnChunk chunk;
    private final Scratch scratch;
    private byte[] buffer;
    private long start;
    private int length;
    private long wantedEnd;

    ChunkBytes(RangeReader file, ColumnChunk chunk, Scratch scratch) {
        this.file = file;
        this.chunk = chunk;
        this.scratch = scratch;
        this.buffer = scratch.take(0);
    }

    /** Tells up to where the next read should go, if it reads at all. */
    void want(long end) {
        wantedEnd = Math.min(end, chunk.pages().end());
    }

    /** Makes bytes of the file available; gives where they start in the {@link #buffer}. */
    int require(long position, int count) {
        if (position >= start && position + count <= start + length) {
            return (int) (position - start);
        }
        long end = Math.max(position + count, wantedEnd);
        int wanted = Math.toIntExact(end - position);
        int kept = 0;
        byte[] old = buffer;
        if (position >= start && position < start + length) {
            kept = (int) (start + length - position);
        }
        int from = (int) (position - start);
        if (wanted + Bits.PADDING > old.length) {
            buffer = scratch.take(wanted + Bits.PADDING);
        }
        if (kept > 0) {
            System.arraycopy(old, from, buffer, 0, kept);
        }
        if (buffer != old) {
            scratch.give(old);
        }
        start = position;
        length = kept;
        file.readFully(position + kept, buffer, kept, wanted - kept);
        length = wanted;
        return 0;
    }

    /** Bytes in memory from a position on. */
    int available(long position) {
        return position < start ? 0 : (int) Math.max(0, start + length - position);
    }

    byte[] buffer() {
        return buffer;
    }

    @Override
    public void close() {
        scratch.give(buffer);
        buffer = new byte[0];
        length = 0;
    }
}
