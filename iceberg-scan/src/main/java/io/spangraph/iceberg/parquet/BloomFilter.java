package io.spangraph.iceberg.parquet;

import io.spangraph.iceberg.parquet.ColumnChunk.Stretch;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.values.bloomfilter.XxHash;
import org.apache.parquet.format.BloomFilterHeader;

/**
 * The bloom filter of a chunk: where its blocks of 32 bytes lie. Only the block that a value belongs to is read, since a
 * whole filter is mostly larger than the answer.
 */
public final class BloomFilter {
    private static final int BLOCK = 32;
    private static final int LARGEST_HEADER = 64;
    private static final int LARGEST_FILTER = 128 << 20;
    private static final int[] SALT = {
        0x47b6137b, 0x44974d91, 0x8824ad5b, 0xa2b7289d, 0x705495c7, 0x2df1424b, 0x9efc4947, 0x5c6bfb31
    };
    private static final XxHash HASH = new XxHash();

    private final long start;
    private final int blocks;

    private BloomFilter(long start, int blocks) {
        this.start = start;
        this.blocks = blocks;
    }

    /** Reads the header; empty if the chunk has no filter, or one of a kind that this reader does not know. */
    public static Optional<BloomFilter> header(RangeReader file, ColumnChunk chunk) {
        Stretch stretch = chunk.bloom();
        if (!stretch.exists()) {
            return Optional.empty();
        }
        byte[] bytes = new byte[(int) Math.min(LARGEST_HEADER, stretch.length())];
        file.readFully(stretch.start(), bytes, 0, bytes.length);
        BloomFilterHeader header = new BloomFilterHeader();
        int headerBytes;
        try {
            headerBytes = Thrift.read(header, bytes, 0, bytes.length, file, stretch.start());
        } catch (Thrift.TooShort tooShort) {
            throw new ParquetDamage(file, stretch.start(), "unreadable header of a bloom filter", tooShort);
        }
        if (!header.getAlgorithm().isSetBLOCK()
                || !header.getHash().isSetXXHASH()
                || !header.getCompression().isSetUNCOMPRESSED()) {
            return Optional.empty();
        }
        int size = header.getNumBytes();
        long end = stretch.start() + headerBytes + size;
        if (size < BLOCK || size > LARGEST_FILTER || size % BLOCK != 0 || end > file.length()) {
            throw new ParquetDamage(
                    file, stretch.start(), "the bloom filter of " + chunk + " claims " + size + " bytes");
        }
        return Optional.of(new BloomFilter(stretch.start() + headerBytes, size / BLOCK));
    }

    /** False only if the chunk does not hold the value, given in plain encoding without a length. */
    public boolean mightContain(RangeReader file, byte[] value) {
        return mightContainAny(file, List.of(value), 0);
    }

    /** False only if the chunk holds none of the values; blocks at most a gap apart come in one read. */
    public boolean mightContainAny(RangeReader file, Collection<byte[]> values, long gap) {
        long[] hashes = values.stream().mapToLong(HASH::hashBytes).toArray();
        Stretches blocksRead =
                Stretches.read(file, Arrays.stream(hashes).mapToObj(this::block).toList(), gap);
        for (long hash : hashes) {
            Stretches.Place place = blocksRead.place(block(hash));
            if (contains(place.bytes(), place.offset(), (int) hash)) {
                return true;
            }
        }
        return false;
    }

    private Stretch block(long hash) {
        long block = (hash >>> 32) * blocks >>> 32;
        return new Stretch(start + block * BLOCK, BLOCK);
    }

    private static boolean contains(byte[] bytes, int offset, int hash) {
        for (int word = 0; word < SALT.length; word++) {
            int bit = 1 << (hash * SALT[word] >>> 27);
            if ((LittleEndian.intAt(bytes, offset + word * Integer.BYTES) & bit) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Bytes of the filter in the file. */
    public long bytes() {
        return (long) blocks * BLOCK;
    }

    /** About what this takes in memory. */
    public long heapBytes() {
        return 32;
    }
}
