package io.spangraph.iceberg.parquet;

import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;

/** The values of one column in one row group: where they lie in the file, and what the footer says of them. */
public final class ColumnChunk {
    /** A stretch of bytes of the file; the length is 0 when there is none. */
    record Stretch(long start, long length) {
        static final Stretch NONE = new Stretch(0, 0);

        long end() {
            return start + length;
        }

        boolean exists() {
            return length > 0;
        }
    }

    private final Leaf leaf;
    private final int rowGroup;
    private final long rows;
    private final OptionalLong nulls;
    private final Optional<ChunkBounds> bounds;
    private final CompressionCodec codec;
    private final Set<Encoding> encodings;
    private final boolean allDictionary;
    private final long uncompressedBytes;
    private final Stretch pages;
    private final long firstDataPage;
    private final Stretch columnIndex;
    private final Stretch offsetIndex;
    private final Stretch bloom;

    ColumnChunk(
            Leaf leaf,
            int rowGroup,
            long rows,
            OptionalLong nulls,
            Optional<ChunkBounds> bounds,
            CompressionCodec codec,
            Set<Encoding> encodings,
            boolean allDictionary,
            long uncompressedBytes,
            Stretch pages,
            long firstDataPage,
            Stretch columnIndex,
            Stretch offsetIndex,
            Stretch bloom) {
        this.leaf = leaf;
        this.rowGroup = rowGroup;
        this.rows = rows;
        this.nulls = nulls;
        this.bounds = bounds;
        this.codec = codec;
        this.encodings = encodings.isEmpty() ? EnumSet.noneOf(Encoding.class) : EnumSet.copyOf(encodings);
        this.allDictionary = allDictionary;
        this.uncompressedBytes = uncompressedBytes;
        this.pages = pages;
        this.firstDataPage = firstDataPage;
        this.columnIndex = columnIndex;
        this.offsetIndex = offsetIndex;
        this.bloom = bloom;
    }

    public Leaf leaf() {
        return leaf;
    }

    /** Ordinal of the row group. */
    public int rowGroup() {
        return rowGroup;
    }

    /** Rows of the row group; of a flat column also its values, nulls included. */
    public long rows() {
        return rows;
    }

    /** How many values are null, where the writer counted. */
    public OptionalLong nulls() {
        return nulls;
    }

    /** Empty also when they say nothing: NaN as a bound, or an order of values that this reader does not know. */
    public Optional<ChunkBounds> bounds() {
        return bounds;
    }

    /** Whether every value that is not null stands in the dictionary, so that a value it lacks is not in the chunk. */
    public boolean allDictionary() {
        return allDictionary;
    }

    /** Whether the chunk starts with a dictionary. */
    public boolean hasDictionary() {
        return firstDataPage > pages.start();
    }

    public boolean hasPageIndex() {
        return offsetIndex.exists();
    }

    public boolean hasBloom() {
        return bloom.exists();
    }

    /** Position in the file of the first page, the dictionary's if there is one. */
    public long start() {
        return pages.start();
    }

    /** Bytes of all pages as stored. */
    public long length() {
        return pages.length();
    }

    /** Bytes of all pages when decompressed, as the footer tells. */
    public long uncompressedBytes() {
        return uncompressedBytes;
    }

    CompressionCodec codec() {
        return codec;
    }

    Set<Encoding> encodings() {
        return encodings;
    }

    Stretch pages() {
        return pages;
    }

    long firstDataPage() {
        return firstDataPage;
    }

    Stretch columnIndex() {
        return columnIndex;
    }

    Stretch offsetIndex() {
        return offsetIndex;
    }

    /** The length is that of all that may belong to the filter; its header tells the exact one. */
    Stretch bloom() {
        return bloom;
    }

    @Override
    public String toString() {
        return "column " + leaf.name() + " of row group " + rowGroup;
    }
}
