package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.Conjunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.And;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.FunctionCall;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Expression.Or;
import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.optimize.RuleContext;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Filter;
import io.spangraph.model.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * Makes a condition on the date of a time stamp one on the time stamp itself, which moves into the scan and skips files.
 *
 * <pre>
 *   Filter datetime({epochMillis: s.start_ms}) >= datetime('2026-04-01T00:00Z')
 * becomes
 *   Filter s.start_ms >= epochFrom(datetime('2026-04-01T00:00Z'), 'DATE_TIME', 'MILLISECONDS')
 *
 *   Filter date(datetime({epochMillis: s.start_ms})) = date('2026-04-01')
 * becomes
 *   Filter s.start_ms >= epochFrom(date('2026-04-01'), 'DATE', 'MILLISECONDS')
 *     AND s.start_ms &lt; epochAfter(date('2026-04-01'), 'DATE', 'MILLISECONDS')
 * </pre>
 *
 * The other side must be a value of the query: a literal, a parameter, {@code datetime() - duration('P7D')}. Null on
 * either side stays unknown, and so does a value that the left side is not compared with. Only a property of an entity is
 * taken: what it holds is a number, or the query was an error. A condition on an aggregate stays one on the aggregate.
 */
public final class InvertEpochConditions implements Rule {
    @Override
    public String summary() {
        return "Makes a condition on the date of a time stamp one on the time stamp, which can skip files.";
    }

    @Override
    public Optional<LogicalPlan> apply(LogicalPlan plan, RuleContext context) {
        if (!(plan instanceof Filter filter)) {
            return Optional.empty();
        }
        Expression inverted = inverted(filter.condition());
        return inverted.equals(filter.condition())
                ? Optional.empty()
                : Optional.of(new Filter(filter.input(), Conjunction.of(Conjunction.split(inverted))));
    }

    /** Under AND and OR only: there, what is false and what is unknown drop the same rows. */
    private static Expression inverted(Expression condition) {
        if (condition instanceof And(List<Expression> operands)) {
            return new And(
                    operands.stream().map(InvertEpochConditions::inverted).toList());
        }
        if (condition instanceof Or(List<Expression> operands)) {
            return new Or(operands.stream().map(InvertEpochConditions::inverted).toList());
        }
        if (!(condition instanceof Compare compare)) {
            return condition;
        }
        return range(compare)
                .or(() -> range(new Compare(compare.operator().flip(), compare.right(), compare.left())))
                .orElse(condition);
    }

    private static Optional<Expression> range(Compare compare) {
        return Movable.isConstantOfQuery(compare.right())
                ? EpochImage.of(compare.left()).flatMap(image -> range(image, compare))
                : Optional.empty();
    }

    private static Optional<Expression> range(EpochImage image, Compare compare) {
        Expression from = bound("epochFrom", image, compare.right());
        Expression after = bound("epochAfter", image, compare.right());
        Expression count = image.count();
        return switch (compare.operator()) {
            case GREATER_OR_EQUAL -> Optional.of(new Compare(CompareOperator.GREATER_OR_EQUAL, count, from));
            case GREATER -> Optional.of(new Compare(CompareOperator.GREATER_OR_EQUAL, count, after));
            case LESS -> Optional.of(new Compare(CompareOperator.LESS, count, from));
            case LESS_OR_EQUAL -> Optional.of(new Compare(CompareOperator.LESS, count, after));
            case EQUAL ->
                Optional.of(new And(List.of(
                        new Compare(CompareOperator.GREATER_OR_EQUAL, count, from),
                        new Compare(CompareOperator.LESS, count, after))));
            case NOT_EQUAL -> Optional.empty();
        };
    }

    private static Expression bound(String function, EpochImage image, Expression value) {
        return new FunctionCall(
                function,
                List.of(
                        value,
                        new Literal(Value.of(image.image().name())),
                        new Literal(Value.of(image.unit().name()))));
    }
}
