package io.spangraph.server.cli;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;

/**
 * Starts {@code Main}, or says in one sentence that the Java at hand is too old.
 *
 * <p>It is compiled for Java 17 while all else needs 21; without it an older JVM would answer with
 * {@code UnsupportedClassVersionError}, which tells nobody what to do.
 */
public final class Launcher {
    static final int MINIMUM_JAVA = 21;
    static final int EXIT_JAVA_TOO_OLD = 3;

    /** By name, because a compiler for 17 must not read classes that are compiled for 21. */
    private static final String MAIN = "io.spangraph.server.cli.Main";

    private Launcher() {}

    public static void main(String[] arguments) throws Throwable {
        Optional<String> complaint = complaint(Runtime.version().feature(), System.getProperty("java.home"));
        if (complaint.isPresent()) {
            System.err.println(complaint.get());
            System.exit(EXIT_JAVA_TOO_OLD);
        }
        try {
            Class.forName(MAIN).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    static Optional<String> complaint(int feature, String javaHome) {
        if (feature >= MINIMUM_JAVA) {
            return Optional.empty();
        }
        return Optional.of("Spangraph needs Java " + MINIMUM_JAVA + " or newer and this is Java " + feature + " ("
                + javaHome + "); start it with bin/spangraph, which looks for a newer one, or install one.");
    }
}
