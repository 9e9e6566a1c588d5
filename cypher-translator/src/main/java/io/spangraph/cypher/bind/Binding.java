package io.spangraph.cypher.bind;

import io.spangraph.engine.expr.LabelExpression;
import io.spangraph.engine.expr.Variable;
import java.util.Optional;

/**
 * What a name stands for.
 *
 * @param labels a condition that holds for the node, for patterns that meet it again
 * @param candidates what its properties are checked against; empty: nothing is known
 */
public record Binding(Variable variable, StaticType type, LabelExpression labels, Optional<Candidates> candidates) {
    /** A name for a value. */
    public static Binding value(Variable variable, StaticType type) {
        return new Binding(variable, type, new LabelExpression.Any(), Optional.empty());
    }

    /** The same thing under another variable. */
    public Binding as(Variable other) {
        return new Binding(other, type, labels, candidates);
    }

    public String name() {
        return variable.name();
    }
}
