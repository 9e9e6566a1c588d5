package io.spangraph.server.cli;

import io.spangraph.server.config.Setting;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option by which the command line overrides any setting. */
final class SettingOptions {
    @Option(
            names = "--set",
            paramLabel = "SETTING=VALUE",
            description = "Any setting of docs/configuration.md, such as limits.timeout=30s. May be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /** Texts of settings by their path. */
    Map<String, String> flags(Optional<Path> data) {
        Map<String, String> flags = new LinkedHashMap<>(settings);
        data.ifPresent(
                folder -> flags.put(Setting.DATA.path(), folder.toAbsolutePath().toString()));
        return flags;
    }
}
