package io.spangraph.iceberg.cache;

import io.spangraph.iceberg.cache.ScanCache.Cached;
import io.spangraph.iceberg.parquet.ColumnValues;
import io.spangraph.iceberg.parquet.ColumnValues.Bytes;
import io.spangraph.iceberg.parquet.ColumnValues.Codes;
import io.spangraph.iceberg.parquet.ColumnValues.Longs;
import io.spangraph.iceberg.parquet.Dictionary;
import io.spangraph.iceberg.parquet.RowGroup;
import io.spangraph.iceberg.parquet.RowRanges;
import java.util.Arrays;

/**
 * The rows of a file by the values of one column, for columns that neither order nor bloom filters help to search: 8 bytes
 * a row, where the column itself would have to be read whole. An entry is the upper bits of a value's hash and, in as many
 * lower bits as the file's number of rows needs, the row; sorted, one array is all there is. It gives candidates: the
 * values of their rows still decide.
 */
public final class KeyIndex implements Cached {
    private final KeyHash hash;
    private final long[] entries;
    private final int rowBits;

    private KeyIndex(KeyHash hash, long[] entries, int rowBits) {
        this.hash = hash;
        this.entries = entries;
        this.rowBits = rowBits;
    }

    /** What an index of so many rows weighs, while it is built and afterwards. */
    public static long heapBytes(long rows) {
        return 64 + Long.BYTES * rows;
    }

    @Override
    public long heapBytes() {
        return heapBytes(entries.length);
    }

    /** How the keys of a look-up are to be hashed. */
    public KeyHash hash() {
        return hash;
    }

    /** The rows of a row group that may hold one of the keys, counted from its first row. */
    public RowRanges candidates(long[] keyHashes, RowGroup group) {
        long[] rows = new long[16];
        int found = 0;
        for (long key : keyHashes) {
            // Rows of one key lie side by side and ascend, so those of a row group are a run.
            long prefix = key & -1L << rowBits;
            for (int at = firstAtLeast(prefix | group.firstRow()); at < entries.length; at++) {
                long entry = entries[at];
                long row = entry - prefix - group.firstRow();
                if ((entry & -1L << rowBits) != prefix || row >= group.rows()) {
                    break;
                }
                if (found == rows.length) {
                    rows = Arrays.copyOf(rows, 2 * found);
                }
                rows[found++] = row;
            }
        }
        Arrays.sort(rows, 0, found);
        RowRanges.Builder ranges = RowRanges.builder();
        for (int i = 0; i < found; i++) {
            ranges.add(rows[i], rows[i] + 1);
        }
        return ranges.build();
    }

    private int firstAtLeast(long wanted) {
        int at = Arrays.binarySearch(entries, wanted);
        return at < 0 ? -at - 1 : at;
    }

    /** Collects the values of a file's rows in their order. */
    static final class Builder {
        private final KeyHash hash;
        private final long[] entries;
        private final int rowBits;
        private int used;
        private long row;

        /** @param rows of the file */
        Builder(KeyHash hash, int rows) {
            this.hash = hash;
            this.entries = new long[rows];
            this.rowBits = Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, rows));
        }

        /** Adds the next rows. Null is no key: nothing equals it. */
        void add(ColumnValues values) {
            switch (values) {
                case Longs longs -> {
                    for (int i = 0; i < longs.rows(); i++) {
                        if (!longs.isNull(i)) {
                            put(i, hash.of(longs.values()[i]));
                        }
                    }
                }
                case Codes codes -> addCodes(codes);
                case Bytes bytes -> {
                    for (int i = 0; i < bytes.rows(); i++) {
                        if (!bytes.isNull(i)) {
                            put(i, hash.of(bytes.data(), bytes.offsets()[i], bytes.offsets()[i + 1]));
                        }
                    }
                }
                case ColumnValues.Doubles doubles -> throw new IllegalArgumentException("no keys: doubles");
                case ColumnValues.Booleans booleans -> throw new IllegalArgumentException("no keys: booleans");
            }
            row += values.rows();
        }

        private void addCodes(Codes codes) {
            Dictionary dictionary = codes.dictionary();
            byte[] data = dictionary.data();
            int[] offsets = dictionary.offsets();
            if (dictionary.size() > codes.rows()) {
                for (int i = 0; i < codes.rows(); i++) {
                    int code = codes.codes()[i];
                    if (code >= 0) {
                        put(i, hash.of(data, offsets[code], offsets[code + 1]));
                    }
                }
                return;
            }
            long[] hashes = new long[dictionary.size()];
            for (int code = 0; code < hashes.length; code++) {
                hashes[code] = hash.of(data, offsets[code], offsets[code + 1]);
            }
            for (int i = 0; i < codes.rows(); i++) {
                int code = codes.codes()[i];
                if (code >= 0) {
                    put(i, hashes[code]);
                }
            }
        }

        private void put(int at, long keyHash) {
            entries[used++] = keyHash & -1L << rowBits | row + at;
        }

        KeyIndex build() {
            Arrays.sort(entries, 0, used);
            long[] sorted = used == entries.length ? entries : Arrays.copyOf(entries, used);
            return new KeyIndex(hash, sorted, rowBits);
        }
    }
}
