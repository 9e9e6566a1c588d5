package io.spangraph.cypher.bind;

import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.expr.Variable.Kind;

/** Makes the variables of one plan, each with an id of its own. */
public final class Variables {
    private int next;

    public Variable named(String name, Kind kind) {
        return new Variable(name, next++, kind);
    }

    /** A variable that no name stands for. */
    public Variable anonymous(Kind kind) {
        return new Variable("#" + next, next++, kind);
    }

    /** A second binding for what a variable already stands for. */
    public Variable copyOf(Variable original) {
        return copyOf(original, original.kind());
    }

    public Variable copyOf(Variable original, Kind kind) {
        String name = original.name().startsWith("#") ? "" : original.name();
        return new Variable(name + "#" + next, next++, kind);
    }
}
