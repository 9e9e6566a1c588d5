package io.spangraph.server.cli;

import io.spangraph.model.schema.GraphSchema;
import io.spangraph.server.config.ConfigurationReader;
import io.spangraph.server.config.ServerConfiguration;
import io.spangraph.server.query.GraphOpener;
import io.spangraph.server.query.ServedGraph;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a mapping against its tables, without serving it. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Checks a mapping against its tables and lists everything that is wrong, each with its line.")
final class ValidateCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "graph.yaml",
            arity = "0..1",
            description = "The mapping. Default: that of the settings, else the sample mapping.")
    private Optional<Path> mapping = Optional.empty();

    @Option(names = "--config", paramLabel = "FILE", description = "The settings: see docs/configuration.md.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of a local lake; $${data} in the mapping stands for it. Default: the demo's.")
    private Optional<Path> data = Optional.empty();

    @Mixin
    private SettingOptions settings = new SettingOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        ServerConfiguration configuration =
                ConfigurationReader.read(config, System.getenv(), new HashMap<>(settings.flags(data)));
        Path file = mapping.or(() -> configuration.server().graph()).orElseGet(Places::sampleMapping);
        if (!Files.isRegularFile(file)) {
            throw new NotStartedException("There is no mapping at " + file + ".");
        }
        Path lake = configuration.server().data().orElseGet(Places::demoLake);
        Map<String, String> variables = GraphOpener.variables(System.getenv(), Optional.of(lake));
        try (ServedGraph graph = GraphOpener.open(file, variables, configuration)) {
            GraphSchema schema = graph.schema();
            spec.commandLine()
                    .getOut()
                    .println(file + " is valid: graph '" + schema.name() + "' with "
                            + count(schema.vertexTypes().size(), "vertex type") + " and "
                            + count(schema.edgeTypes().size(), "edge type") + " over "
                            + count(graph.tables().size(), "table") + ".");
        }
        return ExitCode.DONE.code();
    }

    private static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
