package io.spangraph.cypher.ast;

import io.spangraph.engine.context.QueryContext;

/**
 * A literal whose value a plan leaves open, so that texts which differ in it share the plan: a parameter with a name that
 * no text can write.
 *
 * @param number counts the literals of a text
 * @param negative a minus before it is part of the value
 */
public record LiteralSlot(int number, boolean negative) {
    public String parameter() {
        return QueryContext.OPEN_LITERAL + (negative ? "-" : "") + number;
    }
}
