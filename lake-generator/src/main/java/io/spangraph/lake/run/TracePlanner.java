package io.spangraph.lake.run;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Decides which traces a lake holds. Only the row counts are kept, four bytes a trace, because they must add up to the
 * number of spans that was asked for; everything else follows from the seed of each trace.
 */
public final class TracePlanner {

    /** How far the runs reach back from the last moment of the lake. */
    public static final Duration HISTORY = Duration.ofDays(8);

    private static final Duration RECENT = Duration.ofDays(3);

    private static final int LARGEST = 0;
    private static final int CYCLIC = 1;
    private static final int EMPTY = 2;
    private static final int FIRST_ORDINARY = 3;

    private static final int LARGEST_ROWS = 5_000;
    private static final int LEAST_DAMAGED = 10;
    private static final int DAMAGED_ONE_IN = 100;
    private static final List<Damage> ORDINARY_DAMAGE =
            List.of(Damage.ORPHANS, Damage.MISSING_ROOT, Damage.TWO_ROOTS, Damage.LATE_CHILD, Damage.DUPLICATE_ROWS);

    private static final double MEAN_WEIGHT = 25;
    private static final double DAMAGED_WEIGHT = 40;
    private static final int[] WEIGHT_OF_HOUR = {1, 1, 1, 1, 1, 2, 3, 4, 6, 8, 8, 8, 7, 8, 8, 8, 8, 7, 5, 4, 3, 3, 2, 2
    };
    private static final int BUSIEST_HOUR = 8;
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();

    private final RunSettings settings;
    private final int damagedStride;
    private final int damagedOffset;
    private final int largestRows;
    private final double greatestWeight;
    private final int[] rows;

    public TracePlanner(RunSettings settings) {
        this.settings = settings;
        this.damagedStride = Math.max(2, Math.min(DAMAGED_ONE_IN, settings.traces() / LEAST_DAMAGED));
        this.damagedOffset = (int) Math.floorMod(Draw.seed(settings.seed(), -2), (long) damagedStride);
        double meanRows = (double) settings.spans() / settings.traces();
        this.largestRows = (int) Math.max(Math.min(settings.spans() / 40, LARGEST_ROWS), Math.ceil(8 * meanRows));
        this.greatestWeight = Math.min(600, 0.4 * largestRows * MEAN_WEIGHT / meanRows);
        this.rows = shareOut();
    }

    public int traceCount() {
        return settings.traces();
    }

    /** The plan of one trace; the same for the same settings, whichever traces were asked for before. */
    public TracePlan plan(int index) {
        return draw(index).plan(rows[index]);
    }

    /** The id of one trace, without the rest of its plan. */
    public String traceId(int index) {
        return RandomId.next(random(index));
    }

    /** How many traces are broken in which way. */
    public Map<Damage, Integer> damagedTraces() {
        Map<Damage, Integer> counts = new EnumMap<>(Damage.class);
        for (int index = 0; index < settings.traces(); index++) {
            Damage damage = damage(index);
            if (damage != Damage.NONE) {
                counts.merge(damage, 1, Integer::sum);
            }
        }
        return counts;
    }

    /** Every trace has a row, and the rest is shared by weight so that rounding neither adds nor loses a row. */
    private int[] shareOut() {
        double weights = 0;
        for (int index = 0; index < settings.traces(); index++) {
            weights += weight(index);
        }
        int[] result = new int[settings.traces()];
        result[LARGEST] = largestRows;
        long shared = settings.spans() - largestRows - (settings.traces() - 2L);
        double before = 0;
        for (int index = 0; index < settings.traces(); index++) {
            double weight = weight(index);
            if (weight > 0) {
                long upTo = (long) (shared * Math.min(1, (before + weight) / weights));
                result[index] = (int) (1 + upTo - (long) (shared * Math.min(1, before / weights)));
                before += weight;
            }
        }
        return result;
    }

    private double weight(int index) {
        return index == LARGEST || index == EMPTY ? 0 : draw(index).weight();
    }

    private Damage damage(int index) {
        if (index < FIRST_ORDINARY) {
            return index == CYCLIC ? Damage.CYCLE : Damage.NONE;
        }
        int shifted = index + damagedOffset;
        return shifted % damagedStride == 0
                ? ORDINARY_DAMAGE.get(shifted / damagedStride % ORDINARY_DAMAGE.size())
                : Damage.NONE;
    }

    private SplittableRandom random(int index) {
        return new SplittableRandom(Draw.seed(settings.seed(), index));
    }

    private Drawn draw(int index) {
        SplittableRandom random = random(index);
        String traceId = RandomId.next(random);
        boolean ofFirstTenant = index < FIRST_ORDINARY;
        int tenantRank = Draw.skewed(random, settings.tenants().size(), 2);
        Agent agent =
                Draw.pick(random, Vocabulary.activeAgents(settings.tenants().get(ofFirstTenant ? 0 : tenantRank)), 1.7);
        Damage damage = damage(index);
        Category drawn = category(random.nextDouble());
        Category category = ofFirstTenant || damage != Damage.NONE ? Category.WORK : drawn;
        double weight = weight(random, category);
        double soundWeight = damage == Damage.NONE ? weight : Math.max(weight, DAMAGED_WEIGHT);
        return new Drawn(
                index,
                random,
                traceId,
                ofFirstTenant ? 0 : tenantRank,
                agent,
                category,
                damage,
                Math.min(soundWeight, greatestWeight));
    }

    private static Category category(double share) {
        if (share < 0.28) {
            return Category.HEARTBEAT;
        }
        return share < 0.35 ? Category.COMPACT_MEMORY : Category.WORK;
    }

    private static double weight(SplittableRandom random, Category category) {
        return switch (category) {
            case HEARTBEAT -> Draw.between(random, 1, 5);
            case COMPACT_MEMORY -> Draw.between(random, 3, 9);
            case WORK -> Draw.logNormal(random, 22, 1.0, 2, Integer.MAX_VALUE);
        };
    }

    /** The first half of the draws of a trace: what its row count depends on. */
    private final class Drawn {

        private final int index;
        private final SplittableRandom random;
        private final String traceId;
        private final int tenantRank;
        private final Agent agent;
        private final Category category;
        private final Damage damage;
        private final double weight;

        Drawn(
                int index,
                SplittableRandom random,
                String traceId,
                int tenantRank,
                Agent agent,
                Category category,
                Damage damage,
                double weight) {
            this.index = index;
            this.random = random;
            this.traceId = traceId;
            this.tenantRank = tenantRank;
            this.agent = agent;
            this.category = category;
            this.damage = damage;
            this.weight = weight;
        }

        double weight() {
            return weight;
        }

        TracePlan plan(int rowCount) {
            boolean largest = index == LARGEST;
            boolean crossesMidnight = Draw.chance(random, 0.005);
            boolean oversized = Draw.chance(random, 0.03);
            boolean caches = Draw.chance(random, 0.6) && !oversized;
            long context = oversized
                    ? Draw.between(random, 110_000, 165_000)
                    : Draw.logNormal(random, 5_000, 0.7, 1_200, 60_000);
            long start = start();
            return new TracePlan(
                    index,
                    random.nextLong(),
                    traceId,
                    tenantRank,
                    settings.tenants().get(tenantRank),
                    agent,
                    sessionKey(),
                    category,
                    damage == Damage.CYCLE || largest ? ErrorStory.RECOVERED : story(),
                    damage,
                    rowCount,
                    start,
                    start >= settings.until().minus(RECENT).toEpochMilli(),
                    crossesMidnight,
                    caches || largest,
                    largest ? 110_000 : context,
                    largest);
        }

        private Optional<String> sessionKey() {
            if (Draw.chance(random, 0.03)) {
                return Optional.empty();
            }
            String prefix = "agent:" + agent.name() + ":";
            if (category != Category.WORK) {
                return Optional.of(prefix + "main");
            }
            String channel = Draw.pick(random, Vocabulary.CHANNELS, 1.5);
            int peer = Draw.skewed(random, 12, 1.5);
            return Optional.of(prefix + channel + (channel.equals("main") ? "" : ":" + (48_151_623 + 7_919 * peer)));
        }

        private ErrorStory story() {
            double share = random.nextDouble() * (category == Category.WORK ? 1 : 8);
            if (share < 0.08) {
                return ErrorStory.RECOVERED;
            }
            if (share < 0.15) {
                return ErrorStory.PROPAGATED;
            }
            return share < 0.18 ? ErrorStory.SILENT : ErrorStory.CLEAN;
        }

        /** Uniform over the days, weighted over the hours: moments of quiet hours are mostly drawn again. */
        private long start() {
            long until = settings.until().toEpochMilli();
            long moment = until - random.nextLong(HISTORY.toMillis());
            while (random.nextInt(BUSIEST_HOUR) >= WEIGHT_OF_HOUR[hour(moment)]) {
                moment = until - random.nextLong(HISTORY.toMillis());
            }
            return moment;
        }

        private static int hour(long moment) {
            return (int) (moment / HOUR_MS % 24);
        }
    }
}
