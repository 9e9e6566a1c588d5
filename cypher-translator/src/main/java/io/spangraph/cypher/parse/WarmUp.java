package io.spangraph.cypher.parse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Parses a list of typical queries once, so that the first user of a server does not wait for the grammar's tables to
 * fill: they are built as texts are parsed, and shared by all threads.
 */
public final class WarmUp {
    private static final String QUERIES = "warm-up.cypher";

    private WarmUp() {}

    /** Parses them all, and says how many they were. */
    public static int run() {
        List<String> queries = queries();
        queries.forEach(query -> CypherFrontEnd.parse(query, ParseLimits.DEFAULT));
        return queries.size();
    }

    /** The queries, one to a line. */
    static List<String> queries() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(WarmUp.class.getResourceAsStream(QUERIES), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("//"))
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
