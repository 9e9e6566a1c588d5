package io.spangraph.engine.exec.scan;

/** Something that reads from storage and can be ended from another thread. */
public interface StorageReads extends AutoCloseable {
    /** Ends all reads, so that whoever waits for one wakes up; idempotent. */
    @Override
    void close();
}
