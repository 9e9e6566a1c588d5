package io.spangraph.model.schema;

import io.spangraph.model.SourcePosition;
import java.util.List;
import java.util.TreeSet;

/** Collects what is wrong in a mapping while it is read, each problem once. */
final class ProblemLog {
    private final TreeSet<SchemaProblem> problems = new TreeSet<>();

    void add(SourcePosition position, String message) {
        problems.add(new SchemaProblem(position, message));
    }

    /** How many there are, by which a reader tells whether a part of the file was sound. */
    int count() {
        return problems.size();
    }

    /** In the order of the file. */
    List<SchemaProblem> problems() {
        return List.copyOf(problems);
    }
}
