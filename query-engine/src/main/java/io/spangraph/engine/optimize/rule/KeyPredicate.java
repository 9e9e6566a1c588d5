package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.EntityField.PropertyField;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.FieldRef;
import io.spangraph.engine.expr.Expression.In;
import io.spangraph.engine.expr.Expression.Property;
import io.spangraph.engine.expr.Expression.TextMatch;
import io.spangraph.engine.expr.Expression.TextOperator;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.ExpressionTree;
import io.spangraph.engine.expr.Variable;
import java.util.Optional;

/**
 * A predicate on one column of an entity against a constant of the query, which holds for everything that equals the
 * column: a comparison, an IN, or STARTS WITH.
 *
 * @param predicate with the column on the left
 */
record KeyPredicate(Variable variable, EntityField column, Expression predicate) {

    /** The expression that reads a column. */
    static Expression read(Variable variable, EntityField column) {
        return column instanceof PropertyField(String name)
                ? new Property(new VariableRef(variable), name)
                : new FieldRef(variable, column);
    }

    static Optional<KeyPredicate> of(Expression predicate) {
        if (predicate instanceof Compare compare) {
            return column(compare.left(), compare.right(), predicate)
                    .or(() -> column(
                            compare.right(),
                            compare.left(),
                            new Compare(compare.operator().flip(), compare.right(), compare.left())));
        }
        if (predicate instanceof In in) {
            return column(in.operand(), in.list(), predicate);
        }
        if (predicate instanceof TextMatch match && match.operator() == TextOperator.STARTS_WITH) {
            return column(match.text(), match.pattern(), predicate);
        }
        return Optional.empty();
    }

    /** The same predicate on another column. */
    Expression on(Variable otherVariable, EntityField otherColumn) {
        Expression own = read(variable, column);
        Expression other = read(otherVariable, otherColumn);
        return ExpressionTree.rewrite(predicate, part -> part.equals(own) ? other : part);
    }

    /** True if it leaves one value of the column, or a list of them. */
    boolean isEquality() {
        return predicate instanceof In
                || (predicate instanceof Compare compare && compare.operator() == CompareOperator.EQUAL);
    }

    private static Optional<KeyPredicate> column(Expression column, Expression value, Expression predicate) {
        if (!Movable.isMovable(predicate) || !ExpressionTree.variables(value).isEmpty()) {
            return Optional.empty();
        }
        if (column instanceof Property(VariableRef(Variable variable), String name) && variable.isEntity()) {
            return Optional.of(new KeyPredicate(variable, new PropertyField(name), predicate));
        }
        return column instanceof FieldRef field
                ? Optional.of(new KeyPredicate(field.variable(), field.field(), predicate))
                : Optional.empty();
    }
}
