package io.spangraph.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.iceberg.cache.CacheMode;
import io.spangraph.iceberg.cache.ScanCache;
import io.spangraph.iceberg.cache.ScanCache.Cached;
import io.spangraph.iceberg.cache.ScanCache.Key;
import io.spangraph.iceberg.cache.ScanCache.Kind;
import org.junit.jupiter.api.Test;

class CacheMetricsTest {
    private record Footer(long heapBytes) implements Cached {}

    @Test
    void hitsMissesAndBytesAreShownByKind() {
        ScanCache cache = ScanCache.of(CacheMode.ALL, 1 << 20);
        QueryMetrics metrics = new QueryMetrics();
        CacheMetrics.show(cache, metrics);
        Key key = new Key(Kind.FOOTER, "file", -1, -1);
        for (int i = 0; i < 3; i++) {
            cache.get(key, () -> new Footer(1_000));
        }

        assertThat(metrics.scrape().lines())
                .contains(
                        "spangraph_cache_hits_total{kind=\"footer\"} 2.0",
                        "spangraph_cache_misses_total{kind=\"footer\"} 1.0",
                        "spangraph_cache_evictions_total{kind=\"footer\"} 0.0",
                        "spangraph_cache_entries{kind=\"footer\"} 1.0",
                        "spangraph_cache_bytes{kind=\"footer\"} 1200.0",
                        "spangraph_cache_misses_total{kind=\"key-index\"} 0.0",
                        "spangraph_cache_max_bytes 1048576.0",
                        "spangraph_cache_reserved_bytes 0.0");
    }
}
