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

    /** Which nodes of a plan the optimizer gives to the rule, and in which order. */
    default Order order() {
        return Order.TOP_DOWN;
    }

    /** The plan rewritten, or empty where the rule does not apply at this node. */
    Optional<LogicalPlan> apply(LogicalPlan plan, RuleContext context);

    /** True for rules without which no plan can run; all others can be switched off in tests. */
    default boolean required() {
        return false;
    }

    /** How the optimizer walks a plan with a rule. */
    enum Order {
        /** Every node, a node before its inputs: what a rule moves down goes all the way in one walk. */
        TOP_DOWN,
        /** Every node, inputs first: what a rule learns below is known above. */
        BOTTOM_UP,
        /** The whole plan at once, for what depends on everything above or beside a node. */
        WHOLE_PLAN
    }
}
