package io.spangraph.cypher.ast;

import io.spangraph.model.SourcePosition;
import java.util.Optional;

/**
 * Where a piece of syntax stands. All places are equal, so that two pieces of syntax are equal when they say the same:
 * this is how {@code ORDER BY count(*)} finds the {@code count(*)} that is returned.
 */
public final class Place {
    private final SourcePosition position;
    private final Optional<LiteralSlot> slot;

    public Place(SourcePosition position) {
        this(position, Optional.empty());
    }

    private Place(SourcePosition position, Optional<LiteralSlot> slot) {
        this.position = position;
        this.slot = slot;
    }

    /** The same place, of a literal that the plan leaves open. */
    public Place of(LiteralSlot literal) {
        return new Place(position, Optional.of(literal));
    }

    public SourcePosition position() {
        return position;
    }

    /** What stands for the literal here in a plan, if its value is left open. */
    public Optional<LiteralSlot> slot() {
        return slot;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Place;
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return position.toString();
    }
}
