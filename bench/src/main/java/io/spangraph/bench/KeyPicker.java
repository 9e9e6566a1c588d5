package io.spangraph.bench;

import io.spangraph.bench.lake.SpanRow;
import io.spangraph.bench.lake.TraceHead;
import io.spangraph.bench.lake.TraceSpans;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Picks keys with a seed of its own, from what the tables were made of and without reading them. */
final class KeyPicker {
    private static final long SEED = 99;

    private final List<TraceHead> heads;

    KeyPicker(List<TraceHead> heads) {
        this.heads = heads;
    }

    /** As many keys as asked for, all different, or as many as there are. A row without a key has one empty key. */
    List<String> pick(KeyKind kind, int count) {
        if (kind == KeyKind.NONE) {
            return Collections.nCopies(1, "");
        }
        SplittableRandom random = new SplittableRandom(SEED);
        Set<String> keys = new LinkedHashSet<>();
        for (int draws = 0; keys.size() < count && draws < 20 * count; draws++) {
            TraceHead trace = heads.get(random.nextInt(heads.size()));
            keys.add(
                    switch (kind) {
                        case TRACE -> trace.traceId();
                        case SPAN -> spanOf(trace, random);
                        case AGENT -> trace.agentId();
                        case TENANT, PERSON, NONE -> trace.tenantId();
                    });
        }
        return List.copyOf(keys);
    }

    private static String spanOf(TraceHead trace, SplittableRandom random) {
        List<SpanRow> spans = TraceSpans.of(trace);
        return spans.get(random.nextInt(spans.size())).spanId();
    }
}
