package io.spangraph.server.cli;

import java.util.Arrays;

/**
 * Whether a person watches an output. The launcher tells by a system property: Java before 22 cannot say it of stdout
 * and stderr apart.
 */
final class Terminal {
    private static final String PROPERTY = "spangraph.terminal";

    private Terminal() {}

    static boolean watchesOutput() {
        return watches("stdout");
    }

    static boolean watchesErrors() {
        return watches("stderr");
    }

    private static boolean watches(String stream) {
        return Arrays.asList(System.getProperty(PROPERTY, "").split(" ")).contains(stream);
    }
}
