package io.spangraph.engine.context;

/** Where operators put rows that do not fit into a query's memory. */
public final class SpillSpace {
    /** No room: an operator that outgrows the memory limit ends its query. */
    public static final SpillSpace NONE = new SpillSpace(0);

    private final long maxBytes;

    private SpillSpace(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** What all queries together may put here. */
    public long maxBytes() {
        return maxBytes;
    }
}
