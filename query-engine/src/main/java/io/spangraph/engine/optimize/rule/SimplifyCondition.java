package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.Conjunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.And;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.IsNull;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Expression.Not;
import io.spangraph.engine.expr.Expression.Or;
import io.spangraph.engine.expr.ExpressionTree;
import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.optimize.RuleContext;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Filter;
import io.spangraph.model.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * Moves NOT inwards, drops what is always true and puts constants on the right, so that other rules find the conditions
 * that they know and each only once.
 *
 * <pre>
 *   Filter NOT (s.status = 'ok' OR s.name IS NULL) AND true AND 10 > s.duration
 * becomes
 *   Filter s.status &lt;> 'ok' AND s.name IS NOT NULL AND s.duration &lt; 10
 * </pre>
 *
 * NOT stays before {@code <} and its like: NaN is neither less than a number nor not less.
 */
public final class SimplifyCondition implements Rule {
    @Override
    public String summary() {
        return "Moves NOT inwards, drops what is always true and puts constants on the right.";
    }

    @Override
    public Optional<LogicalPlan> apply(LogicalPlan plan, RuleContext context) {
        if (!(plan instanceof Filter filter)) {
            return Optional.empty();
        }
        Expression inward = ExpressionTree.rewrite(filter.condition(), SimplifyCondition::simplify);
        List<Expression> conjuncts = Conjunction.split(inward).stream()
                .filter(conjunct -> !conjunct.equals(new Literal(Value.TRUE)))
                .toList();
        if (conjuncts.isEmpty()) {
            return Optional.of(filter.input());
        }
        Expression simpler = Conjunction.of(conjuncts);
        return simpler.equals(filter.condition()) ? Optional.empty() : Optional.of(new Filter(filter.input(), simpler));
    }

    private static Expression simplify(Expression expression) {
        if (expression instanceof Not(Expression operand)) {
            return negation(operand);
        }
        if (expression instanceof Compare compare
                && Movable.isConstantOfQuery(compare.left())
                && !Movable.isConstantOfQuery(compare.right())) {
            return new Compare(compare.operator().flip(), compare.right(), compare.left());
        }
        return expression;
    }

    private static Expression negation(Expression operand) {
        if (operand instanceof And and) {
            return new Or(negations(and.operands()));
        }
        if (operand instanceof Or or) {
            return new And(negations(or.operands()));
        }
        if (operand instanceof IsNull isNull) {
            return new IsNull(isNull.operand(), !isNull.negated());
        }
        if (operand instanceof Not(Expression twice) && Movable.isMovable(twice)) {
            return twice;
        }
        if (operand instanceof Compare compare && compare.operator() == CompareOperator.EQUAL) {
            return new Compare(CompareOperator.NOT_EQUAL, compare.left(), compare.right());
        }
        if (operand instanceof Compare compare && compare.operator() == CompareOperator.NOT_EQUAL) {
            return new Compare(CompareOperator.EQUAL, compare.left(), compare.right());
        }
        return new Not(operand);
    }

    private static List<Expression> negations(List<Expression> operands) {
        return operands.stream().map(SimplifyCondition::negation).toList();
    }
}
