package io.spangraph.cypher.bind;

import io.spangraph.cypher.ast.AstExpression.Exists;
import io.spangraph.cypher.ast.AstExpression.Form;
import io.spangraph.cypher.ast.AstExpression.Subquery;
import io.spangraph.cypher.error.CypherErrors;

/** Binds queries that stand where a value is expected. */
final class SubqueryBinder {
    private SubqueryBinder() {}

    static TypedExpression bind(Subquery subquery, Scope scope, SubqueryLift lift) {
        if (subquery instanceof Exists exists && exists.form() == Form.PATTERN) {
            throw CypherErrors.semantic(
                            "A pattern expression should only be used in order to test the existence of a pattern,"
                                    + " and is no value by itself",
                            subquery.place().position())
                    .withHint("Write EXISTS { ... } for whether it matches, COUNT { ... } for how often,"
                            + " or [(a)-->(b) | b] for a list of what it matches.");
        }
        return lift.lift(subquery, scope);
    }
}
