package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.DistinctRelationships;
import io.spangraph.engine.expr.Expression.FieldRef;
import io.spangraph.engine.expr.Expression.SameRow;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.ExpressionTree;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.plan.LogicalPlan.Item;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says a condition in terms of what its variables were computed from, so that it can move below the computation. */
final class Substitution {
    private final Map<Variable, Expression> definitions = new HashMap<>();

    private Substitution() {}

    static Substitution of(List<Item> items) {
        Substitution substitution = new Substitution();
        items.forEach(item -> substitution.definitions.put(item.variable(), item.expression()));
        return substitution;
    }

    /** Each of the first variables stands for the one at its place among the others. */
    static Substitution renaming(List<Variable> variables, List<Variable> others) {
        Substitution substitution = new Substitution();
        for (int i = 0; i < variables.size(); i++) {
            substitution.definitions.put(variables.get(i), new VariableRef(others.get(i)));
        }
        return substitution;
    }

    boolean defines(Variable variable) {
        return definitions.containsKey(variable);
    }

    /** Empty where a variable that must stay a variable is computed. */
    Optional<Expression> apply(Expression expression) {
        boolean[] failed = {false};
        Expression substituted = ExpressionTree.rewrite(expression, part -> {
            Optional<Expression> other = applyToLeaf(part);
            failed[0] |= other.isEmpty();
            return other.orElse(part);
        });
        return failed[0] ? Optional.empty() : Optional.of(substituted);
    }

    private Optional<Expression> applyToLeaf(Expression part) {
        if (part instanceof VariableRef(Variable variable)) {
            return Optional.of(definitions.getOrDefault(variable, part));
        }
        if (part instanceof FieldRef field) {
            return renamed(field.variable()).map(other -> new FieldRef(other, field.field()));
        }
        if (part instanceof SameRow same) {
            return renamed(same.left()).flatMap(left -> renamed(same.right()).map(right -> new SameRow(left, right)));
        }
        if (part instanceof DistinctRelationships distinct) {
            List<Variable> others = distinct.relationships().stream()
                    .flatMap(variable -> renamed(variable).stream())
                    .toList();
            return others.size() == distinct.relationships().size()
                    ? Optional.of(new DistinctRelationships(others))
                    : Optional.empty();
        }
        return Optional.of(part);
    }

    private Optional<Variable> renamed(Variable variable) {
        Expression definition = definitions.getOrDefault(variable, new VariableRef(variable));
        return definition instanceof VariableRef(Variable other) ? Optional.of(other) : Optional.empty();
    }
}
