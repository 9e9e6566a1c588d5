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
        List<Expression> staying = new ArrayList<>();
        LogicalPlan below = pushAll(filter.input(), Conjunction.split(filter.condition()), staying);
        if (below == filter.input()) {
            return Optional.empty();
        }
        return Optional.of(staying.isEmpty() ? below : new Filter(below, Conjunction.of(staying)));
    }

    /**
     * The node below the filter with all conjuncts taken in that it takes.
     *
     * @param staying gets the others
     */
    LogicalPlan pushAll(LogicalPlan below, List<Expression> conjuncts, List<Expression> staying) {
        LogicalPlan pushedInto = below;
        for (Expression conjunct : conjuncts) {
            Optional<LogicalPlan> pushed = Movable.isMovable(conjunct) ? push(pushedInto, conjunct) : Optional.empty();
            if (pushed.isPresent()) {
                pushedInto = pushed.get();
            } else {
                staying.add(conjunct);
            }
        }
        return pushedInto;
    }

    /** The node below the filter with the conjunct taken in, or empty where it has to stay above. */
    abstract Optional<LogicalPlan> push(LogicalPlan below, Expression conjunct);

    /** True if these variables are all that the expression reads. */
    static boolean readsOnly(Expression expression, Collection<Variable> variables) {
        return new HashSet<>(variables).containsAll(ExpressionTree.variables(expression));
    }

    /** The plan below the condition; joined with a filter that is there already. */
    static LogicalPlan filter(LogicalPlan plan, Expression conjunct) {
        return filter(plan, List.of(conjunct));
    }

    /** The plan below all of these; joined with a filter that is there already. */
    static LogicalPlan filter(LogicalPlan plan, List<Expression> moved) {
        List<Expression> conjuncts = new ArrayList<>(moved);
        if (plan instanceof Filter(LogicalPlan input, Expression condition)) {
            // In front, because what stays may rely on being guarded and what moves cannot fail.
            conjuncts.addAll(Conjunction.split(condition));
            return new Filter(input, Conjunction.of(conjuncts));
        }
        return new Filter(plan, Conjunction.of(conjuncts));
    }
}
