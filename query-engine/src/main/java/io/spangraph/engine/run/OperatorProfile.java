package io.spangraph.engine.run;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the operators of one part of a plan did: one operator, or the copies of it that several threads ran. */
final class OperatorProfile {
    private final LongAdder rows = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAdder spilledBytes = new LongAdder();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    void called(long tookNanos) {
        nanos.add(tookNanos);
        threads.add(Thread.currentThread());
    }

    void gave(int rowsOfBatch) {
        rows.add(rowsOfBatch);
        batches.increment();
    }

    void spilled(long furtherBytes) {
        spilledBytes.add(furtherBytes);
    }

    long rows() {
        return rows.sum();
    }

    long batches() {
        return batches.sum();
    }

    /** The time of all threads together. */
    long nanos() {
        return nanos.sum();
    }

    /** Of rows that were put aside on disk. */
    long spilledBytes() {
        return spilledBytes.sum();
    }

    int threads() {
        return threads.size();
    }
}
