package io.spangraph.engine.spi;

/**
 * A row of a table's snapshot as one long: the ordinal of its file in the snapshot (files in the order of their paths)
 * above, the position in the file below.
 */
public final class RowReference {
    private static final int POSITION_BITS = 40;
    private static final long MAX_POSITION = (1L << POSITION_BITS) - 1;
    private static final int MAX_FILE = (1 << (63 - POSITION_BITS)) - 1;

    private RowReference() {}

    public static long of(int fileOrdinal, long position) {
        if (fileOrdinal < 0 || fileOrdinal > MAX_FILE || position < 0 || position > MAX_POSITION) {
            throw new IllegalArgumentException("no row reference for file " + fileOrdinal + ", position " + position);
        }
        return ((long) fileOrdinal << POSITION_BITS) | position;
    }

    public static int fileOrdinal(long reference) {
        return (int) (reference >>> POSITION_BITS);
    }

    public static long position(long reference) {
        return reference & MAX_POSITION;
    }
}
