package io.spangraph.engine.exec.scan;

/** What is read part by part by several operators side by side.. */
public interface PartSource extends StorageReads {
    /** How many rows are expected to be read, before keys narrow that. */
    long estimatedRows();

    /** Whether there is something to read beside the first part. */
    boolean hasManyParts();
}
