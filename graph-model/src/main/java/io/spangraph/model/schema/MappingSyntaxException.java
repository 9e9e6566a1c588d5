package io.spangraph.model.schema;

import io.spangraph.model.SourcePosition;

/** A mapping expression that cannot be read, with the place of the first token that does not fit. */
public final class MappingSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient SchemaProblem problem;

    public MappingSyntaxException(SourcePosition position, String message) {
        super(message);
        this.problem = new SchemaProblem(position, message);
    }

    public SchemaProblem problem() {
        return problem;
    }
}
