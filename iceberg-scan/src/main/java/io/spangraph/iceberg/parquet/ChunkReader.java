package io.spangraph.iceberg.parquet;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decodes rows of one chunk, window by window from its start to its end. A page is read and decoded at most once, however
 * many windows and ranges touch it, and only some megabytes of the chunk are in memory at a time.
 */
public final class ChunkReader implements AutoCloseable {
    private final RangeReader file;
    private final ColumnChunk chunk;

    /**
     * @param index lets the reader jump over pages; without it every page is read up to the last one needed
     * @param dictionary asked at most once, when the first page that refers to it is met
     */
    public ChunkReader(
            RangeReader file,
            ColumnChunk chunk,
            Optional<PageIndex> index,
            Supplier<Optional<Dictionary>> dictionary,
            Scratch scratch,
            DecodeCounts counts) {
        this.file = file;
        this.chunk = chunk;
    }

    /** What keeps this decoder from reading a chunk, if anything; known from the footer alone. */
    public static Optional<String> unsupported(ColumnChunk chunk) {
        if (!chunk.leaf().flat()) {
            return Optional.of("a nested or repeated column");
        }
        return Codec.known(chunk.codec()) ? Optional.empty() : Optional.of("compression by " + chunk.codec());
    }

    /**
     * Announces rows that later calls of {@link #read} will want, so that neighbouring pages come in one read of up to some
     * megabytes. Without it no byte is read but for the rows of the call.
     */
    public void readAhead(RowRanges ranges) {
        throw new UnsupportedParquet(file, chunk + " is not yet decoded here");
    }

    /**
     * The values of some rows of the row group, in order and without gaps. Ranges of a later call start at or behind the end
     * of those before.
     *
     * @throws ParquetDamage when the file contradicts itself
     * @throws UnsupportedParquet when a page uses an encoding that is not known here
     */
    public ColumnValues read(RowRanges ranges) {
        throw new UnsupportedParquet(file, chunk + " is not yet decoded here");
    }

    /** Gives the buffers back. */
    @Override
    public void close() {
        // Holds nothing yet.
    }
}
