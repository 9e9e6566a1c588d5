package io.spangraph.server.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where things are when nobody says otherwise. */
final class Places {
    private static final String HOME_PROPERTY = "spangraph.home";

    private Places() {}

    /** The root of the installation, as the launcher tells it. */
    static Path home() {
        return Path.of(System.getProperty(HOME_PROPERTY, "")).toAbsolutePath();
    }

    /** The mapping of sample lakes. */
    static Path sampleMapping() {
        Path mapping = home().resolve("schema").resolve("graph.yaml");
        if (!Files.isRegularFile(mapping)) {
            throw new NotStartedException("There is no mapping at " + mapping
                    + "; start Spangraph with bin/spangraph from its own folder tree.");
        }
        return mapping;
    }

    /** The folder of the demo's lake: among the caches of the user, because it can be made again. */
    static Path demoLake() {
        Path cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(path -> !path.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
        return cache.resolve("spangraph").resolve("demo-lake").toAbsolutePath();
    }

    /** The launcher as one would type it here. */
    static String launcher() {
        Path here = Path.of("").toAbsolutePath();
        Path launcher = home().resolve("bin").resolve("spangraph");
        return launcher.startsWith(here) ? here.relativize(launcher).toString() : launcher.toString();
    }
}
