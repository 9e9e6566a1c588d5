package io.spangraph.clients;

import java.nio.file.Path;

/** The Java that runs this test, for the processes that it starts. */
final class JavaCommand {
    private JavaCommand() {}

    static String path() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
