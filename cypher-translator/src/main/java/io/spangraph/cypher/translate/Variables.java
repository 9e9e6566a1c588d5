package io.spangraph.cypher.translate;

import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.expr.Variable.Kind;

/** Makes the variables of one plan, each with an id of its own. */
final class Variables {
    private int next;

    Variable named(String name, Kind kind) {
        return new Variable(name, next++, kind);
    }

    /** A variable that no name stands for. */
    Variable anonymous(Kind kind) {
        return new Variable("#" + next, next++, kind);
    }

    /** A second binding for what a variable already stands for. */
    Variable copyOf(Variable original) {
        return copyOf(original, original.kind());
    }

    Variable copyOf(Variable original, Kind kind) {
        String name = original.name().startsWith("#") ? "" : original.name();
        return new Variable(name + "#" + next, next++, kind);
    }
}
