package io.spangraph.cypher.bind;

import io.spangraph.cypher.ast.AstExpression;
import java.util.Optional;

/**
 * What an expression already is in the row at hand: above a grouping, aggregates and grouping keys are columns and must
 * not be computed again.
 */
@FunctionalInterface
public interface Substitution {
    /** The column that holds the value of the expression, if there is one. */
    Optional<TypedExpression> of(AstExpression expression);

    /** Nothing has been computed yet. */
    static Substitution none() {
        return expression -> Optional.empty();
    }
}
