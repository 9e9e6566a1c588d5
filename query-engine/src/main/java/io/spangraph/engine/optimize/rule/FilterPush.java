package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.Conjunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.ExpressionTree;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.optimize.Rule;
import io.spangraph.engine.optimize.RuleContext;
import io.spangraph.engine.plan.LogicalPlan;
import io.spangraph.engine.plan.LogicalPlan.Filter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * What all rules have in common that move conjuncts of a filter to where fewer rows are: which conjuncts may move (see
 * {@link Movable}) and that the others stay.
 */
abstract class FilterPush implements Rule {
    @Override
    public final Optional<LogicalPlan> apply(LogicalPlan plan, RuleContext context) {
        if (!(plan instanceof Filter filter)) {
            return Optional.empty();
        }
        LogicalPlan below = filter.input();
        List<Expression> staying = new ArrayList<>();
        for (Expression conjunct : Conjunction.split(filter.condition())) {
            Optional<LogicalPlan> pushed = Movable.isMovable(conjunct) ? push(below, conjunct) : Optional.empty();
            if (pushed.isPresent()) {
                below = pushed.get();
            } else {
                staying.add(conjunct);
            }
        }
        if (below == filter.input()) {
            return Optional.empty();
        }
        return Optional.of(staying.isEmpty() ? below : new Filter(below, Conjunction.of(staying)));
    }

    /** The node below the filter with the conjunct taken in, or empty where it has to stay above. */
    abstract Optional<LogicalPlan> push(LogicalPlan below, Expression conjunct);

    /** True if these variables are all that the expression reads. */
    static boolean readsOnly(Expression expression, Collection<Variable> variables) {
        return new HashSet<>(variables).containsAll(ExpressionTree.variables(expression));
    }

    /** The plan below the condition; joined with a filter that is there already. */
    static LogicalPlan filter(LogicalPlan plan, Expression conjunct) {
        if (plan instanceof Filter(LogicalPlan input, Expression condition)) {
            List<Expression> conjuncts = new ArrayList<>(Conjunction.split(condition));
            // In front, because what stays may rely on being guarded and what moves cannot fail.
            conjuncts.add(0, conjunct);
            return new Filter(input, Conjunction.of(conjuncts));
        }
        return new Filter(plan, conjunct);
    }
}
