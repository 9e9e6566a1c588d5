package io.spangraph.server.cli;

import io.spangraph.lake.LakeGenerator;
import io.spangraph.lake.LakeSpec;
import io.spangraph.lake.ProgressBar;
import io.spangraph.lake.SampleLake;
import io.spangraph.server.config.ConfigurationReader;
import io.spangraph.server.config.ServerConfiguration;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a sample lake, unless there is one, and serves it: the shortest way to a first answer. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Makes a lake of about 200,000 spans on first use and serves it, until it is stopped.")
final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the lake, reused when it holds one. Default: spangraph/demo-lake in "
                    + "XDG_CACHE_HOME or ~/.cache.")
    private Optional<Path> data = Optional.empty();

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Path lake = data.map(Path::toAbsolutePath).orElseGet(Places::demoLake);
        Path mapping = Places.sampleMapping();
        ServerConfiguration configuration =
                ConfigurationReader.read(Optional.empty(), System.getenv(), options.flags(Optional.of(lake)));
        if (!SampleLake.exists(lake)) {
            System.err.println("Making a sample lake in " + lake + " ...");
            LakeGenerator.generate(
                    LakeSpec.demo(lake, Instant.now().truncatedTo(ChronoUnit.DAYS)),
                    new ProgressBar("Spans", System.err, Terminal.watchesErrors()));
        }
        return Foreground.serve(configuration, mapping, spec.commandLine().getOut(), schema -> SampleQueries.DEMO)
                .code();
    }
}
