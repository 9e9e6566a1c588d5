package io.spangraph.cypher.translate;

import io.spangraph.cypher.ast.AstExpression;
import io.spangraph.cypher.ast.AstExpression.And;
import io.spangraph.cypher.ast.AstExpression.Comparison;
import io.spangraph.cypher.ast.AstExpression.CountSubquery;
import io.spangraph.cypher.ast.AstExpression.Exists;
import io.spangraph.cypher.ast.AstExpression.Literal;
import io.spangraph.cypher.ast.AstExpression.Not;
import io.spangraph.cypher.ast.AstSubquery;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.model.value.Value.IntegerValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The conjuncts of a condition: those over a row, and those that ask whether queries have rows, which are plans.
 *
 * @param existing queries that must have rows, or must not
 */
record SplitCondition(List<AstExpression> plain, List<Existing> existing) {
    /** A query that must have a row, or with {@code negated} must have none. */
    record Existing(AstSubquery query, boolean negated) {}

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
        Optional<Existing> found = existing(inner, negated);
        found.ifPresentOrElse(existing::add, () -> plain.add(conjunct));
    }

    private static Optional<Existing> existing(AstExpression test, boolean negated) {
        return switch (test) {
            case Exists exists -> Optional.of(new Existing(exists.query(), negated));
            case Comparison comparison -> counted(comparison, negated);
            case AstExpression other -> Optional.empty();
        };
    }

    /** {@code COUNT {...} > 0} asks for no number. */
    private static Optional<Existing> counted(Comparison comparison, boolean negated) {
        if (comparison.operands().size() != 2) {
            return Optional.empty();
        }
        AstExpression left = comparison.operands().getFirst();
        AstExpression right = comparison.operands().getLast();
        CompareOperator operator = comparison.operators().getFirst();
        return left instanceof CountSubquery count
                ? counted(count, operator, right, negated)
                : right instanceof CountSubquery count
                        ? counted(count, operator.flip(), left, negated)
                        : Optional.empty();
    }

    private static Optional<Existing> counted(
            CountSubquery count, CompareOperator operator, AstExpression bound, boolean negated) {
        if (!(bound instanceof Literal(IntegerValue(long number), var place)) || number != 0 && number != 1) {
            return Optional.empty();
        }
        Optional<Boolean> none = switch (operator) {
            case GREATER, NOT_EQUAL -> number == 0 ? Optional.of(false) : Optional.empty();
            case GREATER_OR_EQUAL -> number == 1 ? Optional.of(false) : Optional.empty();
            case EQUAL, LESS_OR_EQUAL -> number == 0 ? Optional.of(true) : Optional.empty();
            case LESS -> number == 1 ? Optional.of(true) : Optional.empty();
        };
        return none.map(empty -> new Existing(count.query(), empty != negated));
    }
}
