package io.spangraph.bench;

import io.spangraph.engine.context.Execution;

/** What queries share while they run, as the server makes it. */
final class Executions {
    private Executions() {}

    /** As many threads as there are processors. */
    static Execution all() {
        return Execution.SEQUENTIAL;
    }
}
