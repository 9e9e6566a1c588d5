package io.spangraph.model;

/**
 * A place in a text that a person wrote, so that an error can point at it.
 *
 * @param line one-based line
 * @param column one-based column, in characters as an editor counts them
 * @param offset zero-based offset from the start of the text
 */
public record SourcePosition(int line, int column, int offset) {
    /** The start of a text. */
    public static final SourcePosition START = new SourcePosition(1, 1, 0);

    public SourcePosition {
        if (line < 1 || column < 1 || offset < 0) {
            throw new IllegalArgumentException("no such position: line " + line + ", column " + column);
        }
    }

    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
