package io.spangraph.server.cli;

import io.spangraph.model.schema.GraphSchema;
import io.spangraph.server.SpangraphServer;
import io.spangraph.server.config.ServerConfiguration;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** Runs a server until somebody stops it, and tells on stdout how to ask it. */
final class Foreground {
    private Foreground() {}

    /** Returns when the process was told to end, with the code to end with. */
    static ExitCode serve(
            ServerConfiguration configuration,
            Path mapping,
            PrintWriter out,
            Function<GraphSchema, List<String>> sampleQueries) {
        TerminationSignal signal = TerminationSignal.install();
        try (SpangraphServer server = SpangraphServer.start(configuration, mapping, System.getenv())) {
            GraphSchema schema = server.service().graph().schema();
            out.println("Spangraph " + Version.text() + " serves the graph '" + schema.name() + "' of " + mapping
                    + ". Ctrl-C stops it.");
            out.println();
            Invitation.of(server.url(), configuration.users().list()).print(sampleQueries.apply(schema), out);
            out.println("Spangraph is ready: " + server.url()
                    + server.boltUrl().map(bolt -> " and " + bolt).orElse(""));
            out.flush();
            return signal.await();
        } catch (InterruptedException | ExecutionException e) {
            return ExitCode.INTERRUPTED;
        }
    }
}
