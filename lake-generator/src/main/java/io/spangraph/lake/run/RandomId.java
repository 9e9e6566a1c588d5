package io.spangraph.lake.run;

import java.util.SplittableRandom;
import java.util.UUID;

/** Ids as text of UUID version 4, drawn from a seed: random ids are what defeats naive pruning in real lakes. */
public final class RandomId {

    private static final long VERSION_4 = 0x0000_0000_0000_4000L;
    private static final long VERSION_MASK = 0x0000_0000_0000_F000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long VARIANT_MASK = 0xC000_0000_0000_0000L;

    private RandomId() {}

    static String next(SplittableRandom random) {
        return of(random.nextLong(), random.nextLong());
    }

    /** The id of the {@code ordinal}-th thing that belongs to another id, such as an event of a span. */
    public static String derived(String id, int ordinal) {
        UUID base = UUID.fromString(id);
        return of(
                Draw.seed(base.getMostSignificantBits(), ordinal), Draw.seed(base.getLeastSignificantBits(), ordinal));
    }

    private static String of(long high, long low) {
        return new UUID((high & ~VERSION_MASK) | VERSION_4, (low & ~VARIANT_MASK) | VARIANT).toString();
    }
}
