package io.spangraph.engine.context;

/** What the queries of a server share while they run. */
public record Execution(Workers workers, SpillSpace spill) {
    /** Everything on the query's own thread and in its memory. */
    public static final Execution SEQUENTIAL = new Execution(Workers.NONE, SpillSpace.NONE);
}
