package io.spangraph.engine.optimize;

import io.spangraph.engine.plan.LogicalPlan;
import java.util.Optional;

/**
 * One rewrite of a plan, which never changes the rows that the plan gives.
 */
public interface Rule {
    /** Verb and object, as EXPLAIN VERBOSE and {@code docs/rules.md} call it. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** One sentence for {@code docs/rules.md}. */
    String summary();

    /** The plan rewritten, or empty where the rule does not apply. */
    Optional<LogicalPlan> apply(LogicalPlan plan, RuleContext context);

    /** True for rules without which no plan can run; all others can be switched off in tests. */
    default boolean required() {
        return false;
    }
}
