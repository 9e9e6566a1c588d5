package io.spangraph.iceberg.parquet;

/** DELTA_BINARY_PACKED: numbers as differences from the one before, packed in blocks with the bits that each needs. */
final class DeltaNumbers extends ValueDecoder {
    private static final int LARGEST_BLOCK = 1 << 20;
    private static final int MOST_MINIBLOCKS = 1 << 12;

    private final boolean narrow;
    private final byte[] data;
    private final int end;
    private final int perMiniblock;
    private final int total;
    private final byte[] widths;
    private final long[] buffer;
    private int position;
    /** Numbers not yet decoded into the buffer or further. */
    private int left;

    private int bufferNext;
    private int bufferEnd;
    private int miniblock;
    private long minDelta;
    private long last;
    private boolean firstPending;

    /** @param narrow whether the numbers have 32 bits, and overflow so */
    DeltaNumbers(boolean narrow, byte[] data, int start, int end) {
        this.narrow = narrow;
        this.data = data;
        this.position = start;
        this.end = end;
        long block = unsigned();
        long miniblocks = unsigned();
        long values = unsigned();
        last = zigzag();
        if (block <= 0
                || block > LARGEST_BLOCK
                || miniblocks <= 0
                || miniblocks > MOST_MINIBLOCKS
                || block % (miniblocks * 8) != 0
                || values < 0
                || values > Integer.MAX_VALUE) {
            throw new Corrupt(
                    "blocks of " + block + " differences in " + miniblocks + " parts, for " + values + " values");
        }
        perMiniblock = (int) (block / miniblocks);
        widths = new byte[(int) miniblocks];
        miniblock = widths.length;
        total = (int) values;
        left = total;
        firstPending = total > 0;
        buffer = new long[perMiniblock];
    }

    int total() {
        return total;
    }

    /** The byte behind the last block, found without decoding; of a decoder that has given nothing yet. */
    static int endOf(byte[] data, int start, int end) {
        DeltaNumbers numbers = new DeltaNumbers(false, data, start, end);
        int left = numbers.total - 1;
        while (left > 0) {
            numbers.nextBlock();
            for (int i = 0; i < numbers.widths.length && left > 0; i++) {
                numbers.position += numbers.bytesOf(i);
                left -= numbers.perMiniblock;
            }
        }
        return numbers.position;
    }

    private void nextBlock() {
        minDelta = zigzag();
        if (widths.length > end - position) {
            throw new Corrupt("it ends before its last value");
        }
        System.arraycopy(data, position, widths, 0, widths.length);
        position += widths.length;
        miniblock = 0;
    }

    private int bytesOf(int index) {
        int width = widths[index];
        if (width < 0 || width > 64) {
            throw new Corrupt("differences of " + width + " bits");
        }
        int bytes = (int) ((long) width * perMiniblock / 8);
        if (bytes > end - position) {
            throw new Corrupt("it ends before its last value");
        }
        return bytes;
    }

    /** Decodes the next part of a block, or the first value, which stands alone. */
    private int decode(long[] out, int at) {
        if (left == 0) {
            throw new Corrupt("it has fewer numbers than values");
        }
        if (firstPending) {
            firstPending = false;
            left--;
            out[at] = narrow ? (int) last : last;
            return 1;
        }
        if (miniblock == widths.length) {
            nextBlock();
        }
        int count = Math.min(left, perMiniblock);
        int bytes = bytesOf(miniblock);
        Bits.unpackLongs(data, position, widths[miniblock], out, at, count);
        position += bytes;
        miniblock++;
        left -= count;
        long value = last;
        if (narrow) {
            for (int i = at; i < at + count; i++) {
                value = (int) (value + minDelta + out[i]);
                out[i] = value;
            }
        } else {
            for (int i = at; i < at + count; i++) {
                value += minDelta + out[i];
                out[i] = value;
            }
        }
        last = value;
        return count;
    }

    @Override
    void longs(long[] out, int at, int count) {
        int done = 0;
        while (done < count) {
            if (bufferNext < bufferEnd) {
                int piece = Math.min(count - done, bufferEnd - bufferNext);
                System.arraycopy(buffer, bufferNext, out, at + done, piece);
                bufferNext += piece;
                done += piece;
            } else if (count - done >= perMiniblock) {
                done += decode(out, at + done);
            } else {
                bufferEnd = decode(buffer, 0);
                bufferNext = 0;
            }
        }
    }

    @Override
    void skip(int count) {
        int done = 0;
        while (done < count) {
            if (bufferNext == bufferEnd) {
                bufferEnd = decode(buffer, 0);
                bufferNext = 0;
            }
            int piece = Math.min(count - done, bufferEnd - bufferNext);
            bufferNext += piece;
            done += piece;
        }
    }

    @Override
    boolean atEnd() {
        return left == 0 && bufferNext == bufferEnd;
    }

    private long zigzag() {
        long value = unsigned();
        return value >>> 1 ^ -(value & 1);
    }

    private long unsigned() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (position >= end) {
                throw new Corrupt("it ends before its last value");
            }
            byte next = data[position++];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new Corrupt("a number of more than ten bytes");
    }
}
