package io.spangraph.iceberg.parquet;

import java.util.Arrays;

/** Collects bytes of different lengths one after the other. */
final class BytesSink extends Sink {
    private static final int MOST = Integer.MAX_VALUE - 64;

    /** What is expected to be longer is not believed before its bytes are there. */
    private static final long MOST_EXPECTED = 16L << 20;

    private final RangeReader file;
    private final long bytesPerRow;
    /** Made with the first value: where a dictionary has them all, another sink takes over before. */
    private int[] made = new int[0];

    private byte[] data = new byte[0];
    /** Values taken so far; ahead of the rows while a piece with nulls is being taken. */
    private int used;

    /** @param bytesPerRow that are expected, so that the bytes of all rows are given room at once; 0 if nobody knows */
    BytesSink(int rows, long bytesPerRow, RangeReader file) {
        super(rows);
        this.file = file;
        this.bytesPerRow = bytesPerRow;
    }

    @Override
    Sink fresh(int rowsOfIt) {
        return new BytesSink(rowsOfIt, bytesPerRow, file);
    }

    /** The end of the last value taken is at {@link #used}; whoever adds values writes their ends behind it. */
    int[] offsets() {
        if (made.length == 0) {
            made = new int[rows() + 1];
        }
        return made;
    }

    int used() {
        return used;
    }

    byte[] data() {
        return data;
    }

    private void grow(long end) {
        if (end > MOST) {
            throw new UnsupportedParquet(file, "more than 2 GiB of bytes in " + rows() + " rows that are read at once");
        }
        if (end > data.length) {
            long more = data.length == 0 ? expected() : Math.min(MOST, 2L * data.length);
            data = Arrays.copyOf(data, (int) Math.max(end, more));
        }
    }

    private long expected() {
        return bytesPerRow > MOST_EXPECTED / Math.max(1, rows()) ? 0 : bytesPerRow * rows();
    }

    /** Makes room up to an end and counts the values whose ends are written. */
    void reserve(long end, int count) {
        grow(end);
        used += count;
    }

    /** Copies values whose ends are written, each of them behind some other bytes of the source. */
    void addSpaced(byte[] source, int start, int space, long end, int count) {
        int[] offsets = offsets();
        grow(end);
        byte[] target = data;
        int at = start;
        for (int i = used; i < used + count; i++) {
            int length = offsets[i + 1] - offsets[i];
            at += space;
            System.arraycopy(source, at, target, offsets[i], length);
            at += length;
        }
        used += count;
    }

    /** Copies values whose ends are written and that lie one after the other. */
    void addAdjacent(byte[] source, int start, long end, int count) {
        int[] offsets = offsets();
        grow(end);
        System.arraycopy(source, start, data, offsets[used], (int) end - offsets[used]);
        used += count;
    }

    void addFixed(byte[] source, int start, int length, int count) {
        int[] offsets = offsets();
        long end = offsets[used] + (long) count * length;
        grow(end);
        System.arraycopy(source, start, data, offsets[used], count * length);
        int offset = offsets[used];
        for (int i = used + 1; i <= used + count; i++) {
            offset += length;
            offsets[i] = offset;
        }
        used += count;
    }

    /** Copies entries of a dictionary; a code below 0 adds no bytes. */
    void addEntries(Dictionary dictionary, int[] codes, int count) {
        int[] offsets = offsets();
        int[] entries = dictionary.offsets();
        long end = offsets[used];
        for (int i = 0; i < count; i++) {
            end += codes[i] < 0 ? 0 : entries[codes[i] + 1] - entries[codes[i]];
            offsets[used + i + 1] = (int) end;
        }
        grow(end);
        for (int i = 0; i < count; i++) {
            if (codes[i] >= 0) {
                int start = offsets[used + i];
                System.arraycopy(dictionary.data(), entries[codes[i]], data, start, offsets[used + i + 1] - start);
            }
        }
        used += count;
    }

    @Override
    void take(ValueDecoder decoder, int at, int count) {
        decoder.bytes(this, count);
    }

    @Override
    void spread(long[] present, int at, int count, int set) {
        int[] offsets = offsets();
        int dense = at + set;
        int row = count - 1;
        while (dense > at && dense <= at + row) {
            int bit = (int) (present[row >> 6] >>> row & 1);
            offsets[at + row + 1] = offsets[dense];
            dense -= bit;
            row--;
        }
        if (dense == at) {
            Arrays.fill(offsets, at + 1, at + row + 2, offsets[at]);
        }
        used = at + count;
    }

    @Override
    void gather(Sink source, int[] chosen, int count) {
        int[] offsets = offsets();
        BytesSink from = (BytesSink) source;
        int[] ends = from.offsets();
        long end = offsets[used];
        for (int i = 0; i < count; i++) {
            end += ends[chosen[i] + 1] - ends[chosen[i]];
            offsets[used + i + 1] = (int) end;
        }
        grow(end);
        for (int i = 0; i < count; i++) {
            int start = offsets[used + i];
            System.arraycopy(from.data, ends[chosen[i]], data, start, offsets[used + i + 1] - start);
        }
        used += count;
    }

    @Override
    ColumnValues result() {
        return new ColumnValues.Bytes(data, offsets(), nulls());
    }
}
