package io.spangraph.cypher.ast;

import io.spangraph.model.SourcePosition;

/**
 * Where a piece of syntax stands. All places are equal, so that two pieces of syntax are equal when they say the same:
 * this is how {@code ORDER BY count(*)} finds the {@code count(*)} that is returned.
 */
public final class Place {
    private final SourcePosition position;

    public Place(SourcePosition position) {
        this.position = position;
    }

    public SourcePosition position() {
        return position;
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
