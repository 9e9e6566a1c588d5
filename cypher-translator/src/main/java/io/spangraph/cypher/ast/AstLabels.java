package io.spangraph.cypher.ast;

import io.spangraph.engine.expr.LabelExpression;
import java.util.List;

/** A label or relationship type expression, with the place of every name in it. */
public record AstLabels(LabelExpression expression, List<LabelName> names, Place place) {
    public AstLabels {
        names = List.copyOf(names);
    }

    /** A name in the expression. */
    public record LabelName(String name, Place place) {}
}
