package io.spangraph.iceberg.parquet;

import java.util.Arrays;

/**
 * Parquet's hybrid of repeated and bit-packed numbers, in which it stores dictionary codes, levels and some booleans. Keeps
 * its place, so that values are taken in pieces of any length.
 */
final class Runs {
    private static final int MOST_GROUPS = Integer.MAX_VALUE / 8;

    private final byte[] data;
    private final int end;
    private final int width;
    private int position;
    /** Numbers of the current run that are not yet taken. */
    private int left;

    private boolean packed;
    private int repeated;
    private int packedStart;
    private int packedTaken;

    /** @param width bits of a number, 0 to 32 */
    Runs(byte[] data, int start, int end, int width) {
        if (width < 0 || width > 32) {
            throw new Corrupt("numbers of " + width + " bits");
        }
        this.data = data;
        this.position = start;
        this.end = end;
        this.width = width;
    }

    /** One bit-packed run of a bitmap whose lowest bits come first. */
    static Runs ofBitmap(byte[] data, int start, int end) {
        Runs runs = new Runs(data, start, end, 1);
        runs.packed = true;
        runs.packedStart = start;
        runs.left = (int) Math.min(Integer.MAX_VALUE, (end - start) * 8L);
        runs.position = end;
        return runs;
    }

    void read(int[] out, int at, int count) {
        int done = 0;
        while (done < count) {
            int piece = piece(count - done);
            if (packed) {
                Bits.unpack(data, packedStart, packedTaken, width, out, at + done, piece);
            } else {
                Arrays.fill(out, at + done, at + done + piece, repeated);
            }
            taken(piece);
            done += piece;
        }
    }

    /** Takes numbers of one bit into a bitmap from its first bit on; gives how many are 1. */
    int readBitmap(long[] out, int count) {
        Arrays.fill(out, 0, (count + 63) / 64, 0);
        int done = 0;
        while (done < count) {
            int piece = piece(count - done);
            if (packed) {
                Bits.copy(data, packedStart * 8L + packedTaken, out, done, piece);
            } else if (repeated == 1) {
                if (piece == count) {
                    Bits.set(out, 0, count);
                    taken(piece);
                    return count;
                }
                Bits.set(out, done, done + piece);
            }
            taken(piece);
            done += piece;
        }
        return Bits.count(out, count);
    }

    void skip(int count) {
        int done = 0;
        while (done < count) {
            int piece = piece(count - done);
            taken(piece);
            done += piece;
        }
    }

    /** Whether no run is left; the last one may have been longer than what was taken, to fill its last byte. */
    boolean atEnd() {
        return position >= end;
    }

    private int piece(int wanted) {
        while (left == 0) {
            nextRun();
        }
        return Math.min(left, wanted);
    }

    private void taken(int count) {
        left -= count;
        packedTaken += count;
    }

    private void nextRun() {
        int header = header();
        packed = (header & 1) != 0;
        int length = header >>> 1;
        if (!packed) {
            left = length;
            repeated = repeated();
            return;
        }
        if (length > MOST_GROUPS) {
            throw new Corrupt("a run of " + length + " groups");
        }
        packedStart = position;
        packedTaken = 0;
        long bytes = (long) length * width;
        if (bytes > end - position) {
            // Some writers leave out the unused bytes of the last group.
            left = (int) ((end - position) * 8L / width);
            if (left == 0) {
                throw new Corrupt("a run of numbers ends too early");
            }
            position = end;
        } else {
            left = length * 8;
            position += (int) bytes;
        }
    }

    private int header() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            if (position >= end) {
                throw new Corrupt("there are fewer numbers than values");
            }
            byte next = data[position++];
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new Corrupt("the header of a run is too long");
    }

    private int repeated() {
        int bytes = width + 7 >>> 3;
        if (bytes > end - position) {
            throw new Corrupt("a run of numbers ends too early");
        }
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (data[position++] & 0xFF) << 8 * i;
        }
        if (width < 32 && value >>> width != 0) {
            throw new Corrupt("a repeated number of more than " + width + " bits");
        }
        return value;
    }
}
