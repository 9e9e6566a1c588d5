package io.spangraph.cypher.parse;

import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstWalk;
import io.spangraph.cypher.error.CypherErrors;
import io.spangraph.model.SourcePosition;

/**
 * Counts what is written once and planned several times: the operand of a simple CASE, the middle of {@code a < b < c}.
 * Nested in each other they would make a huge plan of a short text.
 */
final class WrittenOut {
    private static final int MOST = 100_000;

    private int left = MOST;

    /** Notes that an expression is planned so many times. */
    void add(AstExpression operand, int times, SourcePosition position) {
        int most = left / Math.max(1, times);
        int size = AstWalk.size(operand, most + 1);
        if (size > most) {
            throw CypherErrors.complexity(
                            "The operands of CASE and of chained comparisons, written out once for each comparison, have"
                                    + " more than " + MOST + " parts",
                            position)
                    .withHint("Compute the operand in a WITH before, and compare its name.");
        }
        left -= size * times;
    }
}
