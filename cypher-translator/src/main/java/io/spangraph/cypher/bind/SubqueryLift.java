package io.spangraph.cypher.bind;

import io.spangraph.cypher.ast.AstExpression.Subquery;
import io.spangraph.cypher.error.CypherErrors;

/**
 * Takes queries out of an expression: a query becomes a part of the plan below, and what is left in the expression is
 * the column with its value.
 */
@FunctionalInterface
public interface SubqueryLift {
    /** The value of a query over the row at hand, whose names it may use. */
    TypedExpression lift(Subquery subquery, Scope scope);

    /** For expressions that are evaluated where there is no row yet, or no place for a plan. */
    static SubqueryLift none() {
        return (subquery, scope) -> {
            throw CypherErrors.unsupported(
                            "A subquery at this place", false, subquery.place().position())
                    .withHint("Compute it in a WITH before, and use its name here.");
        };
    }
}
