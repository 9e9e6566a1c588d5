package io.spangraph.server.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.engine.run.QueryRunner.PinScope;
import io.spangraph.engine.run.QueryRunner.PreparedQuery;
import io.spangraph.server.config.ServerConfiguration.UnknownNames;
import java.util.function.Supplier;

/**
 * Prepared queries by their text. The key holds all that a plan depends on, the tenant not among it: that is bound when
 * the plan runs. Explained queries stay out, their plans are looked at and not run.
 */
final class PlanCache {
    /** In characters of query text; a plan takes a multiple of it. */
    private static final long MOST_CHARACTERS = 4 << 20;

    private static final int WEIGHT_OF_A_PLAN = 1024;

    private final Cache<Key, PreparedQuery> plans = Caffeine.newBuilder()
            .maximumWeight(MOST_CHARACTERS)
            .weigher((Key key, PreparedQuery plan) -> WEIGHT_OF_A_PLAN + key.text.length())
            .build();

    record Key(String text, PinScope scope, UnknownNames unknownNames) {}

    PreparedQuery get(Key key, Supplier<PreparedQuery> prepare) {
        PreparedQuery known = plans.getIfPresent(key);
        if (known != null) {
            return known;
        }
        PreparedQuery prepared = prepare.get();
        if (prepared.query().mode() == QueryPlan.Mode.RUN) {
            plans.put(key, prepared);
        }
        return prepared;
    }

    long size() {
        return plans.estimatedSize();
    }
}
