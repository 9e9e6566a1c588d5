package io.spangraph.bench.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** All traces of a lake of a given size, the same ones each time. */
public final class TraceHeads {
    static final int LEAST_DAYS = 8;
    static final int MOST_DAYS = 64;
    static final long FIRST_DAY_MS = 1_762_646_400_000L;
    static final long DAY_MS = 86_400_000L;

    private static final long SEED = 42;
    private static final int SPANS_PER_TRACE = 25;
    /** Lakes of more than 10,000,000 spans have more days, not longer ones: that is how lakes grow. */
    private static final long MOST_SPANS_PER_DAY = 1_250_000;
    /** No trace is so long that it would reach the next day. */
    private static final int LATEST_START_MS = 86_000_000;

    private TraceHeads() {}

    /** About {@code spans} spans in traces of 25 on average; the tables hold what {@link TraceSpans#count} adds up to. */
    public static List<TraceHead> of(long spans) {
        int traces = Math.toIntExact(Math.max(LEAST_DAYS, spans / SPANS_PER_TRACE));
        int days = Math.toIntExact(Math.clamp(spans / MOST_SPANS_PER_DAY, LEAST_DAYS, MOST_DAYS));
        SplittableRandom random = new SplittableRandom(SEED);
        List<TraceHead> heads = new ArrayList<>(traces);
        for (int i = 0; i < traces; i++) {
            int day = random.nextInt(days);
            int tenant = Names.skewed(random, Names.TENANTS, 2);
            int agent = random.nextInt(Names.AGENTS);
            heads.add(new TraceHead(
                    day,
                    tenant,
                    agent,
                    Names.id(random),
                    random.nextLong(),
                    FIRST_DAY_MS + day * DAY_MS + random.nextInt(LATEST_START_MS)));
        }
        return List.copyOf(heads);
    }
}
