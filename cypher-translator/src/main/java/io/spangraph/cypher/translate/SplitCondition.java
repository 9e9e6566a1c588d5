package io.spangraph.cypher.translate;

import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstExpression.And;
import io.spangraph.cypher.ast.AstExpression.Exists;
import io.spangraph.cypher.ast.AstExpression.Not;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The conjuncts of a condition: those over a row, and those that ask whether patterns match, which are plans.
 *
 * @param existing patterns that must match, or must not
 */
record SplitCondition(List<AstExpression> plain, List<Existing> existing) {
    /** A pattern that must have a match, or with {@code negated} must have none. */
    record Existing(Exists exists, boolean negated) {}

    static SplitCondition of(Optional<AstExpression> condition) {
        SplitCondition split = new SplitCondition(new ArrayList<>(), new ArrayList<>());
        condition.ifPresent(split::add);
        return split;
    }

    private void add(AstExpression conjunct) {
        if (conjunct instanceof And and) {
            and.operands().forEach(this::add);
            return;
        }
        boolean negated = false;
        AstExpression inner = conjunct;
        while (inner instanceof Not not) {
            negated = !negated;
            inner = not.operand();
        }
        if (inner instanceof Exists exists) {
            existing.add(new Existing(exists, negated));
        } else {
            plain.add(conjunct);
        }
    }
}
