package io.spangraph.server.config;

/**
 * One thing that is wrong with the settings.
 *
 * @param where file and line, environment variable or flag
 */
public record ConfigurationProblem(String where, String message) {
    @Override
    public String toString() {
        return where + ": " + message;
    }
}
