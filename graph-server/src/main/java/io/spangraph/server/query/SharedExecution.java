package io.spangraph.server.query;

import io.spangraph.engine.context.Execution;
import io.spangraph.engine.context.SpillSpace;
import io.spangraph.engine.context.Workers;
import io.spangraph.server.config.ConfigurationException;
import io.spangraph.server.config.ConfigurationProblem;
import io.spangraph.server.config.ServerConfiguration;
import io.spangraph.server.config.ServerConfiguration.Spill;
import io.spangraph.server.config.Setting;
import io.spangraph.server.telemetry.QueryMetrics;
import java.io.IOException;
import java.util.List;

/** Opens what all queries of a server share while they run, and shows it in the metrics. */
public final class SharedExecution {
    private SharedExecution() {}

    /** What a {@link QueryService} closes when it is closed. */
    public static Execution open(ServerConfiguration configuration, QueryMetrics metrics) {
        SpillSpace spill = openSpill(configuration.spill());
        // A query's own thread always works too.
        Workers workers = Workers.of(configuration.threads() - 1);
        metrics.gauge(
                "spangraph.workers.busy", "Threads beside the queries' own that read and compute.", workers::busy);
        metrics.gauge(
                "spangraph.spill.bytes", "Disk taken by rows that running queries have put aside.", spill::bytesInUse);
        metrics.count(
                "spangraph.spill.written.bytes",
                "Bytes of rows that queries have put aside on disk.",
                spill::bytesWritten);
        metrics.count("spangraph.spill.queries", "Queries that have put rows aside on disk.", spill::queries);
        return new Execution(workers, spill);
    }

    private static SpillSpace openSpill(Spill settings) {
        try {
            return SpillSpace.open(settings.directory(), settings.bytes());
        } catch (IOException failed) {
            throw new ConfigurationException(List.of(new ConfigurationProblem(
                    "'" + Setting.SPILL_DIRECTORY.path() + "'",
                    "'" + settings.directory() + "' cannot be used: " + failed.getMessage()
                            + ". Name another folder, or set spill.bytes to 0.")));
        }
    }
}
