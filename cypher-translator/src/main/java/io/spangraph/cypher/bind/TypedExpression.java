package io.spangraph.cypher.bind;

import io.spangraph.engine.expr.Expression;

/** An expression of a plan and what is known about its value. */
public record TypedExpression(Expression expression, StaticType type) {}
