package io.spangraph.lake.run;

import java.time.Instant;
import java.util.List;

/**
 * What shapes the invented runs, separated from where and how they are stored so that the same settings always tell the
 * same story.
 *
 * @param seed the only source of chance
 * @param spans rows of the span table, exactly
 * @param traces rows of the trace table, exactly; one of them has no spans
 * @param tenants tenant ids, the busiest first
 * @param until no trace ends later
 * @param payloadMedianBytes half of the payloads are shorter
 * @param payloadP99Bytes one payload in a hundred is longer
 */
public record RunSettings(
        long seed,
        long spans,
        int traces,
        List<String> tenants,
        Instant until,
        int payloadMedianBytes,
        int payloadP99Bytes) {

    public RunSettings {
        tenants = List.copyOf(tenants);
    }
}
