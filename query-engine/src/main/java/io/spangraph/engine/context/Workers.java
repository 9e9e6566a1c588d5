package io.spangraph.engine.context;

/**
 * Threads that queries share for reading and computing beside their own. A query never waits for one: its own thread does
 * what no worker has taken, so short look-ups go on while a long scan has all workers.
 */
public final class Workers {
    /** No further threads: each query does everything on its own. */
    public static final Workers NONE = new Workers(0);

    private final int threads;

    private Workers(int threads) {
        this.threads = threads;
    }

    /** How many threads there are beside a query's own. */
    public int threads() {
        return threads;
    }
}
