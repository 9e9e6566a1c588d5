package io.spangraph.iceberg.read;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.Supplier;

/**
 * Delete files that were read: one that covers a partition applies to each of its data files and would be read as often.
 * Delete files never change, so entries only leave when the cache is full.
 */
public final class DeleteCache {
    private final long maxBytes;
    private final Cache<String, Entry> entries;

    private record Entry(Object value, long bytes) {}

    public DeleteCache(long maxBytes) {
        this.maxBytes = maxBytes;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((String key, Entry entry) -> Math.clamp(entry.bytes(), 1, Integer.MAX_VALUE))
                .executor(Runnable::run)
                .build();
    }

    boolean fits(long bytes) {
        return bytes <= maxBytes / 2;
    }

    @SuppressWarnings("unchecked")
    <V> V getOrLoad(String key, Supplier<V> load, long bytes) {
        return (V) entries.get(key, unused -> new Entry(load.get(), bytes)).value();
    }
}
