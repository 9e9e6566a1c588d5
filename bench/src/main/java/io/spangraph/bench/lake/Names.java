package io.spangraph.bench.lake;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;

/** The names in the tables: 40 tenants with 5 agents each and 60 labels. Numbers are padded, so index order is text order. */
final class Names {
    static final int TENANTS = 40;
    static final int AGENTS = 5;
    static final String ROOT = "agent_session";
    static final List<String> MODELS = numbered("model-%02d", 12);
    static final List<String> TOOLS = numbered("tool_%02d_call", 47);

    private static final List<String> TENANT_NAMES = numbered("tenant-%02d", TENANTS);
    private static final List<String> AGENT_NAMES = IntStream.range(0, TENANTS * AGENTS)
            .mapToObj(i -> String.format(Locale.ROOT, "agent-%02d-%d", i / AGENTS, i % AGENTS))
            .toList();

    private static final long VERSION_4 = 0x4000L;
    private static final long VERSION_MASK = 0xF000L;
    private static final long VARIANT = 1L << 63;
    private static final long VARIANT_MASK = 3L << 62;

    private Names() {}

    static String tenant(int index) {
        return TENANT_NAMES.get(index);
    }

    static String agent(int tenant, int index) {
        return AGENT_NAMES.get(tenant * AGENTS + index);
    }

    /** A UUID of version 4. Random ids are what defeats naive pruning in real tables. */
    static UUID id(SplittableRandom random) {
        long high = random.nextLong();
        long low = random.nextLong();
        return new UUID((high & ~VERSION_MASK) | VERSION_4, (low & ~VARIANT_MASK) | VARIANT);
    }

    /** An index below {@code bound}, the first ones more often. */
    static int skewed(SplittableRandom random, int bound, double power) {
        return (int) (bound * Math.pow(random.nextDouble(), power));
    }

    private static List<String> numbered(String pattern, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.format(Locale.ROOT, pattern, i))
                .toList();
    }
}
