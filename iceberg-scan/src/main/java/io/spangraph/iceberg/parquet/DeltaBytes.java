package io.spangraph.iceberg.parquet;

import java.util.Arrays;

/**
 * DELTA_LENGTH_BYTE_ARRAY, all lengths before all bytes, and DELTA_BYTE_ARRAY, which also leaves out what a value shares with
 * the start of the one before.
 */
final class DeltaBytes extends ValueDecoder {
    private static final int PIECE = 1024;
    private static final int LONGEST = 1 << 30;

    private final byte[] data;
    private final int end;
    private final int fixedLength;
    /** Shared starts; none in the encoding that has only lengths. */
    private final DeltaNumbers prefixes;

    private final boolean hasPrefixes;
    private final DeltaNumbers lengths;
    private final long[] prefixPiece;
    private final long[] lengthPiece = new long[PIECE];
    private int position;
    private byte[] previous = new byte[0];
    private int previousLength;

    private DeltaBytes(boolean hasPrefixes, int fixedLength, byte[] data, int start, int end) {
        this.data = data;
        this.end = end;
        this.fixedLength = fixedLength;
        this.hasPrefixes = hasPrefixes;
        int lengthsStart = hasPrefixes ? DeltaNumbers.endOf(data, start, end) : start;
        prefixes = new DeltaNumbers(true, data, start, end);
        lengths = new DeltaNumbers(true, data, lengthsStart, end);
        prefixPiece = new long[hasPrefixes ? PIECE : 0];
        position = DeltaNumbers.endOf(data, lengthsStart, end);
    }

    static DeltaBytes lengths(byte[] data, int start, int end) {
        return new DeltaBytes(false, 0, data, start, end);
    }

    /** @param fixedLength of each value, 0 if they differ */
    static DeltaBytes prefixes(int fixedLength, byte[] data, int start, int end) {
        return new DeltaBytes(true, fixedLength, data, start, end);
    }

    @Override
    void skip(int count) {
        for (int done = 0; done < count; done += PIECE) {
            int piece = Math.min(PIECE, count - done);
            nextLengths(piece);
            if (hasPrefixes) {
                for (int i = 0; i < piece; i++) {
                    restore((int) prefixPiece[i], (int) lengthPiece[i]);
                }
            } else {
                position += (int) sum(piece);
            }
        }
    }

    @Override
    void bytes(BytesSink out, int count) {
        for (int done = 0; done < count; done += PIECE) {
            int piece = Math.min(PIECE, count - done);
            nextLengths(piece);
            if (hasPrefixes) {
                addRestored(out, piece);
            } else {
                addAdjacent(out, piece);
            }
        }
    }

    private void nextLengths(int piece) {
        lengths.longs(lengthPiece, 0, piece);
        long sum = sum(piece);
        if (sum > end - position) {
            throw new Corrupt("values claim " + sum + " bytes, of at most " + (end - position));
        }
        if (hasPrefixes) {
            prefixes.longs(prefixPiece, 0, piece);
        }
    }

    private long sum(int piece) {
        long sum = 0;
        for (int i = 0; i < piece; i++) {
            if (lengthPiece[i] < 0) {
                throw new Corrupt("a value claims " + lengthPiece[i] + " bytes");
            }
            sum += lengthPiece[i];
        }
        return sum;
    }

    private void addAdjacent(BytesSink out, int piece) {
        int[] offsets = out.offsets();
        int used = out.used();
        long offset = offsets[used];
        for (int i = 0; i < piece; i++) {
            offset += lengthPiece[i];
            offsets[used + i + 1] = (int) offset;
        }
        out.addAdjacent(data, position, offset, piece);
        position += (int) (offset - offsets[used]);
    }

    private void addRestored(BytesSink out, int piece) {
        int[] offsets = out.offsets();
        int used = out.used();
        long offset = offsets[used];
        for (int i = 0; i < piece; i++) {
            offset += prefixPiece[i] + lengthPiece[i];
            offsets[used + i + 1] = (int) offset;
            if (prefixPiece[i] < 0) {
                throw new Corrupt("a value claims to share " + prefixPiece[i] + " bytes");
            }
        }
        int start = offsets[used];
        out.reserve(offset, piece);
        for (int i = 0; i < piece; i++) {
            restore((int) prefixPiece[i], (int) lengthPiece[i]);
            System.arraycopy(previous, 0, out.data(), start, previousLength);
            start += previousLength;
        }
    }

    /** Makes the next value the previous one. */
    private void restore(int prefix, int length) {
        if (prefix < 0 || prefix > previousLength || length > LONGEST - prefix) {
            throw new Corrupt("a value claims to share " + prefix + " bytes of " + previousLength);
        }
        if (fixedLength > 0 && prefix + length != fixedLength) {
            throw new Corrupt("a value of " + (prefix + length) + " bytes instead of " + fixedLength);
        }
        if (prefix + length > previous.length) {
            previous = Arrays.copyOf(previous, Math.max(prefix + length, 2 * previous.length));
        }
        System.arraycopy(data, position, previous, prefix, length);
        position += length;
        previousLength = prefix + length;
    }

    @Override
    boolean atEnd() {
        return position == end;
    }
}
