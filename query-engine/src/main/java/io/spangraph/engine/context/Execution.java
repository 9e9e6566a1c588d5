package io.spangraph.engine.context;

/** What the queries of a server share while they run; closed when none of them runs any more. */
public record Execution(Workers workers, SpillSpace spill) implements AutoCloseable {
    /** Everything on the query's own thread and in its memory. */
    public static final Execution SEQUENTIAL = new Execution(Workers.NONE, SpillSpace.NONE);

    @Override
    public void close() {
        workers.close();
        spill.close();
    }
}
