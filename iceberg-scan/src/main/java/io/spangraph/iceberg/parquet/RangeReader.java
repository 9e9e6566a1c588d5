package io.spangraph.iceberg.parquet;

/**
 * Positional reads of one file. The decoder sees storage only through this, so that whoever implements it can count every
 * byte and stop a cancelled query between two reads.
 */
public interface RangeReader {
    /** How messages name the file. */
    String name();

    long length();

    /** Bytes between two wanted stretches that are cheaper to read along than to leave out by a second read. */
    default int coalescedGap() {
        return 64 << 10;
    }

    /** Fills a part of an array from a position of the file; fails if the file ends before. */
    void readFully(long position, byte[] target, int offset, int length);
}
