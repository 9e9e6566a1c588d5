package io.spangraph.iceberg.read;

/** A part of a file, to be opened and read by one thread. */
public interface FilePart {
    /** Reads what it takes to find the first batch. */
    FileBatches open();
}
