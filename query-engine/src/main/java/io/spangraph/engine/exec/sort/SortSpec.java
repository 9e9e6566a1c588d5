package io.spangraph.engine.exec.sort;

import io.spangraph.engine.exec.expression.CompiledExpression;

/** What rows are ordered by; null is the largest value, so it comes last, or first when descending. */
public record SortSpec(CompiledExpression key, boolean descending) {}
