package io.spangraph.iceberg.cache;

import java.util.concurrent.atomic.LongAdder;

/** The running counts of one kind; many threads add, few read. */
final class KindCounts {
    final LongAdder hits = new LongAdder();
    final LongAdder misses = new LongAdder();
    final LongAdder evictions = new LongAdder();
    private final LongAdder entries = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    void came(long weight) {
        entries.increment();
        bytes.add(weight);
    }

    void left(long weight) {
        entries.decrement();
        bytes.add(-weight);
    }

    CacheStats.OfKind stats() {
        return new CacheStats.OfKind(hits.sum(), misses.sum(), evictions.sum(), entries.sum(), bytes.sum());
    }
}
