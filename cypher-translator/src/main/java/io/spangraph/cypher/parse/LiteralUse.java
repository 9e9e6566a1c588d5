package io.spangraph.cypher.parse;

import io.spangraph.cypher.ast.LiteralSlot;
import java.util.HashSet;
import java.util.Set;

/**
 * What a plan leaves open of the text that it was made of, and what it does not: enough to tell whether the plan serves
 * another text of the same shape.
 *
 * @param open literals whose values come with each run
 * @param kept what names a column as it is written, white space included
 * @param whole the plan speaks of places in its text, and serves that one only
 */
public record LiteralUse(Set<LiteralSlot> open, Set<Words> kept, boolean whole) {
    /** From one token to another, both by their index. */
    public record Words(int first, int last) {}

    public LiteralUse {
        open = Set.copyOf(open);
        kept = Set.copyOf(kept);
    }

    /** For a plan that serves its own text only. */
    public LiteralUse wholeText() {
        return new LiteralUse(open, kept, true);
    }

    /** What both leave open, and all that one of them keeps. */
    public LiteralUse with(LiteralUse other) {
        Set<LiteralSlot> both = new HashSet<>(open);
        both.retainAll(other.open);
        Set<Words> either = new HashSet<>(kept);
        either.addAll(other.kept);
        return new LiteralUse(both, either, whole || other.whole);
    }
}
