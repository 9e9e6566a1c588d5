package io.spangraph.engine.plan;

/** Direction of a relationship as seen from the node that a traversal comes from. */
public enum Direction {
    OUTGOING,
    INCOMING,
    BOTH;

    public Direction reverse() {
        return switch (this) {
            case OUTGOING -> INCOMING;
            case INCOMING -> OUTGOING;
            case BOTH -> BOTH;
        };
    }
}
