package io.spangraph.server.cli;

import io.spangraph.server.config.ConfigurationReader;
import io.spangraph.server.config.ServerConfiguration;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves a graph as the settings say, in the foreground. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Serves a graph, in the foreground, until it is stopped.")
final class ServeCommand implements Callable<Integer> {
    @Option(names = "--config", paramLabel = "FILE", description = "The settings: see docs/configuration.md.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of a local lake; $${data} in the mapping stands for it.")
    private Optional<Path> data = Optional.empty();

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        ServerConfiguration configuration = ConfigurationReader.read(config, System.getenv(), options.flags(data));
        Path mapping = configuration
                .server()
                .graph()
                .orElseThrow(() -> new NotStartedException(
                        "There is no graph to serve: name its mapping by 'server.graph' in the file of --config, or by"
                                + " --set server.graph=FILE."));
        return Foreground.serve(configuration, mapping, spec.commandLine().getOut(), SampleQueries::of)
                .code();
    }
}
