package io.spangraph.engine.physical;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.DistinctRelationships;
import io.spangraph.engine.expr.Expression.FieldRef;
import io.spangraph.engine.expr.Expression.Property;
import io.spangraph.engine.expr.Expression.SameRow;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.ExpressionTree;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.row.ColumnId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which columns of given rows an expression may read: of a node that is used as a whole, all of them. */
public final class ColumnUse {
    private final Set<ColumnId> columns = new LinkedHashSet<>();
    private final Set<Variable> whole = new LinkedHashSet<>();

    private ColumnUse() {}

    /** The column that an expression stands for, if it is no more than that. */
    static Optional<ColumnId> passedOn(Expression expression) {
        return switch (expression) {
            case FieldRef(Variable variable, var field) -> Optional.of(new ColumnId(variable, field));
            case Property(VariableRef(Variable variable), String name)
            when variable.isEntity() -> Optional.of(ColumnId.property(variable, name));
            case Expression other -> Optional.empty();
        };
    }

    static Set<ColumnId> of(Expression expression, Collection<ColumnId> rows) {
        return of(List.of(expression), rows);
    }

    /** Of several expressions. */
    public static Set<ColumnId> of(Collection<Expression> expressions, Collection<ColumnId> rows) {
        ColumnUse use = new ColumnUse();
        expressions.forEach(use::collect);
        Set<ColumnId> used = new LinkedHashSet<>();
        for (ColumnId column : rows) {
            if (use.columns.contains(column) || use.whole.contains(column.variable())) {
                used.add(column);
            }
        }
        return used;
    }

    private void collect(Expression expression) {
        switch (expression) {
            case FieldRef(Variable variable, var field) -> columns.add(new ColumnId(variable, field));
            case Property(VariableRef(Variable variable), String name)
            when variable.isEntity() -> columns.add(ColumnId.property(variable, name));
            case VariableRef(Variable variable) -> whole.add(variable);
            case SameRow(Variable left, Variable right) -> whole.addAll(List.of(left, right));
            case DistinctRelationships distinct -> whole.addAll(distinct.relationships());
            case Expression other -> ExpressionTree.children(other).forEach(this::collect);
        }
    }
}
