package io.spangraph.engine.run;

import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.engine.spi.ScanMonitor.ReaderCounts;
import java.util.Map;
import java.util.stream.Collectors;

/** How a profiled scan read its files, as further facts of its operator. */
final class ScanProfile {
    private ScanProfile() {}

    /**
     * Adds what was counted. What was skipped depends on the rows of others, and what a cache held on their queries: a
     * reader of one tenant is told neither.
     */
    static void add(ScanMonitor monitor, Pin pin, Map<String, Object> arguments) {
        ReaderCounts counts = monitor.counts().reader();
        boolean operator = !(pin instanceof Pin.Tenant);
        put(arguments, "thinFiles", counts.thinFiles());
        put(arguments, "genericFiles", counts.genericFiles());
        put(arguments, "pagesRead", counts.pagesRead());
        if (operator) {
            put(arguments, "pagesSkipped", counts.pagesSkipped());
            if (!counts.caches().isEmpty()) {
                arguments.put(
                        "cacheHits",
                        counts.caches().entrySet().stream()
                                .map(use -> use.getKey() + " " + use.getValue().hits() + "/"
                                        + (use.getValue().hits()
                                                + use.getValue().misses()))
                                .collect(Collectors.joining(", ")));
            }
        }
    }

    private static void put(Map<String, Object> arguments, String name, long count) {
        if (count > 0) {
            arguments.put(name, count);
        }
    }
}
