package io.spangraph.bench;

import io.spangraph.engine.context.Execution;
import io.spangraph.engine.context.SpillSpace;
import io.spangraph.engine.context.Workers;
import java.io.IOException;
import java.nio.file.Path;

/** What queries share while they run, as the server makes it: all processors, and room on disk beside the tables. */
final class Executions implements AutoCloseable {
    private static final long SPILL_BYTES = 24L << 30;

    private final Execution execution;

    private Executions(Execution execution) {
        this.execution = execution;
    }

    /** Spills to a folder below {@code data}, which is cleaned now. */
    static Executions open(Path data) throws IOException {
        return new Executions(new Execution(
                Workers.of(Runtime.getRuntime().availableProcessors() - 1),
                SpillSpace.open(data.resolve("spill"), SPILL_BYTES)));
    }

    Execution execution() {
        return execution;
    }

    @Override
    public void close() {
        execution.close();
    }
}
