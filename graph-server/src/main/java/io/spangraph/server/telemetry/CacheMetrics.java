package io.spangraph.server.telemetry;

import io.spangraph.iceberg.cache.CacheStats.OfKind;
import io.spangraph.iceberg.cache.ScanCache;
import io.spangraph.iceberg.cache.ScanCache.Kind;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/** Shows what the cache for parts of data files does: an operator sizes it by its hits, misses and evictions. */
public final class CacheMetrics {
    private CacheMetrics() {}

    public static void show(ScanCache cache, QueryMetrics metrics) {
        for (Kind kind : Kind.values()) {
            metrics.count(
                    "spangraph.cache.hits",
                    "Uses of a cache that it answered.",
                    kind.text(),
                    of(cache, kind, OfKind::hits));
            metrics.count(
                    "spangraph.cache.misses",
                    "Uses of a cache that loaded.",
                    kind.text(),
                    of(cache, kind, OfKind::misses));
            metrics.count(
                    "spangraph.cache.evictions",
                    "Entries that left a cache because it was full.",
                    kind.text(),
                    of(cache, kind, OfKind::evictions));
            metrics.gauge(
                    "spangraph.cache.entries", "Entries of a cache.", kind.text(), of(cache, kind, OfKind::entries));
            metrics.gauge("spangraph.cache.bytes", "Heap of a cache.", kind.text(), of(cache, kind, OfKind::bytes));
        }
        metrics.gauge(
                "spangraph.cache.max.bytes",
                "Heap for all caches together.",
                () -> cache.stats().maxBytes());
        metrics.gauge(
                "spangraph.cache.reserved.bytes",
                "Heap in which something to be kept is being built.",
                () -> cache.stats().reservedBytes());
    }

    private static LongSupplier of(ScanCache cache, Kind kind, ToLongFunction<OfKind> number) {
        return () -> number.applyAsLong(cache.stats().of(kind));
    }
}
