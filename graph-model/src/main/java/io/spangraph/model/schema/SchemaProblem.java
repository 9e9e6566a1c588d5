package io.spangraph.model.schema;

import io.spangraph.model.SourcePosition;
import java.util.Comparator;

/**
 * One thing that is wrong in a mapping: what was found, what was expected and, where a name is close, what was meant.
 * Problems are collected, so that an author mends a file in one go.
 */
public record SchemaProblem(SourcePosition position, String message) implements Comparable<SchemaProblem> {
    private static final Comparator<SchemaProblem> BY_PLACE = Comparator.comparingInt(
                    (SchemaProblem problem) -> problem.position().offset())
            .thenComparing(SchemaProblem::message);

    @Override
    public int compareTo(SchemaProblem other) {
        return BY_PLACE.compare(this, other);
    }

    /** The problem as compilers print it: {@code graph.yaml:12:5: message}. */
    public String describe(String file) {
        return file + ":" + position.line() + ":" + position.column() + ": " + message;
    }

    /** A text of the author as a message quotes it: in one line, and not all of it when it is long. */
    static String excerpt(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= 60 ? line : line.substring(0, 57) + "...";
    }
}
