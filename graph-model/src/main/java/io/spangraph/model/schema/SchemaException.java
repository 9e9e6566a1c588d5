package io.spangraph.model.schema;

import java.util.List;
import java.util.stream.Collectors;

/** A mapping that cannot be used, with everything that is wrong in it; its message has one line for each problem. */
public final class SchemaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final transient List<SchemaProblem> problems;

    public SchemaException(String file, List<SchemaProblem> problems) {
        super(problems.stream()
                .sorted()
                .map(problem -> problem.describe(file))
                .collect(Collectors.joining(System.lineSeparator())));
        this.file = file;
        this.problems = problems.stream().sorted().toList();
    }

    /** The file as it is named in the message. */
    public String file() {
        return file;
    }

    /** In the order of the file. */
    public List<SchemaProblem> problems() {
        return problems;
    }
}
