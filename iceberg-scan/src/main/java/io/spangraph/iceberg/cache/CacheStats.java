package io.spangraph.iceberg.cache;

import io.spangraph.iceberg.cache.ScanCache.Kind;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a {@link ScanCache} did and holds, by kind; operators size it by this.
 *
 * @param reservedBytes of the budget for what is being built
 */
public record CacheStats(Map<Kind, OfKind> kinds, long maxBytes, long reservedBytes) {
    /**
     * Of one kind.
     *
     * @param hits answers without a load, also those that another thread's load gave
     * @param misses loads
     * @param evictions entries that left because the cache was full
     */
    public record OfKind(long hits, long misses, long evictions, long entries, long bytes) {}

    public CacheStats {
        kinds = Map.copyOf(new EnumMap<>(kinds));
    }

    public OfKind of(Kind kind) {
        return kinds.getOrDefault(kind, new OfKind(0, 0, 0, 0, 0));
    }

    /** Of all kinds together, without what is being built. */
    public long bytes() {
        return kinds.values().stream().mapToLong(OfKind::bytes).sum();
    }
}
