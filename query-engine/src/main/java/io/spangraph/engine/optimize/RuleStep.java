package io.spangraph.engine.optimize;

import io.spangraph.engine.plan.LogicalPlan;

/** A rule that changed the plan, and the plan after it: what EXPLAIN VERBOSE shows. */
public record RuleStep(String rule, LogicalPlan plan) {}
