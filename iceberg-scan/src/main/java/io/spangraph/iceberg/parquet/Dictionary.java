package io.spangraph.iceberg.parquet;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The distinct values of a chunk that its pages refer to by position. Numbers lie in one array, texts in another with their
 * offsets, so that an entry costs no object until someone wants it.
 */
public final class Dictionary {
    private final int size;
    private final long[] longs;
    private final double[] doubles;
    private final byte[] data;
    private final int[] offsets;
    /** Open addressing: codes by hash, -1 where free. */
    private volatile int @Nullable [] codesByHash;

    private Dictionary(int size, long[] longs, double[] doubles, byte[] data, int[] offsets) {
        this.size = size;
        this.longs = longs;
        this.doubles = doubles;
        this.data = data;
        this.offsets = offsets;
    }

    static Dictionary ofLongs(long[] values) {
        return new Dictionary(values.length, values, new double[0], new byte[0], new int[0]);
    }

    static Dictionary ofDoubles(double[] values) {
        return new Dictionary(values.length, new long[0], values, new byte[0], new int[0]);
    }

    static Dictionary ofBytes(byte[] data, int[] offsets) {
        return new Dictionary(offsets.length - 1, new long[0], new double[0], data, offsets);
    }

    /** Reads the dictionary page; empty if the chunk has none. */
    public static Optional<Dictionary> read(RangeReader file, ColumnChunk chunk, Scratch scratch, DecodeCounts counts) {
        return DictionaryPage.read(file, chunk, scratch, counts);
    }

    /**
     * Reads dictionaries only to see that nothing is wrong in them, for another reader that does not look.
     *
     * @throws ParquetDamage when something is
     */
    public static void verify(RangeReader file, ParquetFile footer, Predicate<Leaf> wanted) {
        try (Scratch scratch = new Scratch()) {
            for (RowGroup group : footer.rowGroups()) {
                for (ColumnChunk chunk : group.chunks()) {
                    if (chunk.hasDictionary() && wanted.test(chunk.leaf())) {
                        DictionaryPage.read(file, chunk, scratch, new DecodeCounts());
                    }
                }
            }
        }
    }

    public int size() {
        return size;
    }

    /** The entries of a column of INT32, INT64 or INT96, else empty. Not to be changed. */
    public long[] longs() {
        return longs;
    }

    /** The entries of a column of FLOAT or DOUBLE, else empty. Not to be changed. */
    public double[] doubles() {
        return doubles;
    }

    /** The bytes of all entries of a column of bytes, one after the other, else empty. Not to be changed. */
    public byte[] data() {
        return data;
    }

    /** Entry i lies in {@link #data} from offsets[i] to offsets[i + 1]. Not to be changed. */
    public int[] offsets() {
        return offsets;
    }

    public int length(int code) {
        return offsets[code + 1] - offsets[code];
    }

    /** A copy of an entry's bytes. */
    public byte[] bytes(int code) {
        return Arrays.copyOfRange(data, offsets[code], offsets[code + 1]);
    }

    public ByteBuffer buffer(int code) {
        return ByteBuffer.wrap(data, offsets[code], length(code)).asReadOnlyBuffer();
    }

    /** The code of an entry of a column of bytes, -1 if it is not there. The first call hashes all entries. */
    public int find(byte[] value) {
        int[] table = codesByHash;
        if (table == null) {
            table = hashed();
            codesByHash = table;
        }
        int mask = table.length - 1;
        for (int slot = hash(value, 0, value.length) & mask; ; slot = slot + 1 & mask) {
            int code = table[slot];
            if (code < 0 || Arrays.equals(data, offsets[code], offsets[code + 1], value, 0, value.length)) {
                return code;
            }
        }
    }

    private int[] hashed() {
        int[] table = new int[Math.max(4, Integer.highestOneBit(Math.max(1, size)) * 4)];
        Arrays.fill(table, -1);
        int mask = table.length - 1;
        for (int code = 0; code < size; code++) {
            int slot = hash(data, offsets[code], offsets[code + 1]) & mask;
            while (table[slot] >= 0) {
                slot = slot + 1 & mask;
            }
            table[slot] = code;
        }
        return table;
    }

    private static int hash(byte[] bytes, int from, int to) {
        long hash = (long) to - from;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = (hash ^ LittleEndian.longAt(bytes, at)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        for (; at < to; at++) {
            hash = (hash ^ bytes[at]) * 0x9E3779B97F4A7C15L;
        }
        return (int) (hash >>> 32 ^ hash >>> 15);
    }

    /** About what this takes in memory, with the hashes that a first {@link #find} adds. */
    public long heapBytes() {
        long hashes = offsets.length == 0 ? 0 : 16L * size;
        return 160 + 8L * (longs.length + doubles.length) + data.length + 4L * offsets.length + hashes;
    }
}
