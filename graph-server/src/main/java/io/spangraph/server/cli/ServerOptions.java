package io.spangraph.server.cli;

import io.spangraph.server.config.Setting;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that start a server. */
final class ServerOptions {
    @Option(
            names = "--http-port",
            paramLabel = "N",
            description = "Port of the HTTP door; 0 takes any free one. Default: 7474.")
    private Optional<String> httpPort = Optional.empty();

    @Option(
            names = "--bolt-port",
            paramLabel = "N",
            description = "Port of the Bolt door; 0 takes any free one, off closes it. Default: 7687.")
    private Optional<String> boltPort = Optional.empty();

    @Mixin
    private SettingOptions settings = new SettingOptions();

    /** Texts of settings by their path. */
    Map<String, String> flags(Optional<Path> data) {
        Map<String, String> flags = settings.flags(data);
        httpPort.ifPresent(port -> flags.put(Setting.HTTP_PORT.path(), port));
        boltPort.ifPresent(port -> flags.put(Setting.BOLT_PORT.path(), port));
        return flags;
    }
}
