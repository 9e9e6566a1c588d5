package io.spangraph.server.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.spangraph.cypher.CypherTranslator.Translation;
import io.spangraph.cypher.parse.LiteralUse;
import io.spangraph.cypher.parse.QueryShape;
import io.spangraph.engine.plan.QueryPlan;
import io.spangraph.engine.run.QueryRunner;
import io.spangraph.engine.run.QueryRunner.PinScope;
import io.spangraph.engine.run.QueryRunner.PreparedQuery;
import io.spangraph.model.value.Value;
import io.spangraph.server.config.ServerConfiguration.UnknownNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Prepared queries by the pattern of their text, so that texts which differ in literals alone are planned once. Texts of
 * one pattern agree in which literals their plan leaves open; the values of the others, and all else that a plan depends
 * on, are its key. The tenant is not among it: it is bound when the plan runs, and plans for readers of one tenant are
 * never those for readers of all. Parameters have no types until then, and the schema is the same for as long as there is
 * a service. Explained and profiled queries stay out: their plans show the literals.
 */
final class PlanCache {
    /** What a plan takes, beside the multiple of its text: about what the workload's plans were seen to take. */
    private static final int BYTES_OF_A_PLAN = 8 << 10;

    private static final int BYTES_OF_A_CHARACTER = 40;

    private final Cache<Form, LiteralUse> uses;
    private final Cache<Key, Entry> plans;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /** @param bytes of heap for plans, about */
    PlanCache(long bytes) {
        uses = Caffeine.newBuilder()
                .maximumWeight(Math.max(1, bytes / 8))
                .weigher((Form form, LiteralUse use) -> weight(
                        256 + 2L * form.pattern.length() + 64L * use.open().size()))
                .build();
        plans = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((Key key, Entry entry) -> weight(key.bytes()))
                .build();
    }

    /** Texts that parse alike, asked by readers who may be served alike. */
    record Form(String pattern, PinScope scope, UnknownNames unknownNames) {}

    /** @param fixed what the plan does not leave open of a text */
    private record Key(Form form, List<String> fixed) {
        long bytes() {
            long characters = form.pattern.length();
            for (String part : fixed) {
                characters += part.length();
            }
            return BYTES_OF_A_PLAN + BYTES_OF_A_CHARACTER * characters;
        }
    }

    private record Entry(PreparedQuery prepared, LiteralUse literals) {}

    /**
     * A plan for a text.
     *
     * @param literals the values that the plan leaves open, by the names of parameters that stand for them in it
     */
    record Plan(PreparedQuery prepared, Map<String, Value> literals) {
        /** All values that the plan needs. */
        Map<String, Value> values(Map<String, Value> parameters) {
            if (literals.isEmpty()) {
                return parameters;
            }
            Map<String, Value> all = new HashMap<>(parameters);
            all.putAll(literals);
            return all;
        }
    }

    Plan get(String text, PinScope scope, UnknownNames unknownNames, QueryTranslator translator, QueryRunner runner) {
        QueryShape shape = translator.shape(text);
        Form form = new Form(shape.pattern(), scope, unknownNames);
        LiteralUse known = uses.getIfPresent(form);
        if (known != null) {
            Entry entry = plans.getIfPresent(new Key(form, shape.fixed(known)));
            if (entry != null) {
                hits.increment();
                return new Plan(entry.prepared, shape.values(entry.literals));
            }
        }
        Translation translation = translator.translate(shape, unknownNames);
        PreparedQuery prepared = runner.prepare(translation.plan(), scope);
        LiteralUse literals = translation.literals();
        if (prepared.query().mode() == QueryPlan.Mode.RUN) {
            misses.increment();
            LiteralUse use = uses.asMap().merge(form, literals, LiteralUse::with);
            plans.put(new Key(form, shape.fixed(use)), new Entry(prepared, literals));
        }
        return new Plan(prepared, shape.values(literals));
    }

    private static int weight(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, bytes);
    }

    long size() {
        return plans.estimatedSize();
    }

    long hits() {
        return hits.sum();
    }

    long misses() {
        return misses.sum();
    }
}
