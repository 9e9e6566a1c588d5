package io.spangraph.engine.expr;

/**
 * A name that a plan binds. The id tells apart variables of the same name in different scopes; names are for people.
 *
 * @param id unique within one plan
 */
public record Variable(String name, int id, Kind kind) {
    /** What a variable holds, which decides how it lies in a row. */
    public enum Kind {
        /** A vertex, held as columns: its identity and the properties that were asked for. */
        NODE,
        /** A relationship, held as columns like a vertex. */
        RELATIONSHIP,
        /** Any value, held as one column; lists of relationships and paths too. */
        VALUE
    }

    /** True for what lies in a row as several columns. */
    public boolean isEntity() {
        return kind != Kind.VALUE;
    }

    @Override
    public String toString() {
        return name;
    }
}
