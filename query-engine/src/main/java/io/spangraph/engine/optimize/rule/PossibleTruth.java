package io.spangraph.engine.optimize.rule;

import io.spangraph.engine.expr.EntityField.TypeName;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.And;
import io.spangraph.engine.expr.Expression.Arithmetic;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.FieldRef;
import io.spangraph.engine.expr.Expression.HasLabels;
import io.spangraph.engine.expr.Expression.In;
import io.spangraph.engine.expr.Expression.IsNull;
import io.spangraph.engine.expr.Expression.Literal;
import io.spangraph.engine.expr.Expression.Not;
import io.spangraph.engine.expr.Expression.Or;
import io.spangraph.engine.expr.Expression.Property;
import io.spangraph.engine.expr.Expression.TextMatch;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.Variable;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which truth values a condition can have for entities of one type, by what is known of the type alone: the properties
 * that it lacks are null, its labels and its name are what they are.
 *
 * @param typeName name of the vertex type, or identifier of the edge type
 * @param labels empty for an edge type
 */
record PossibleTruth(Variable variable, String typeName, Set<String> labels, Set<String> properties) {
    private enum Truth {
        TRUE,
        FALSE,
        UNKNOWN
    }

    /** False if no entity of the type satisfies the condition. */
    boolean canBeTrue(Expression condition) {
        return of(condition).contains(Truth.TRUE);
    }

    /** True if every entity of the type satisfies the condition. */
    boolean isAlwaysTrue(Expression condition) {
        return of(condition).equals(EnumSet.of(Truth.TRUE));
    }

    private Set<Truth> of(Expression condition) {
        if (condition instanceof And and) {
            return combined(and.operands(), Truth.FALSE, Truth.TRUE);
        }
        if (condition instanceof Or or) {
            return combined(or.operands(), Truth.TRUE, Truth.FALSE);
        }
        if (condition instanceof Not not) {
            return negated(of(not.operand()));
        }
        if (condition instanceof Literal(Value value)) {
            return value.isNull() ? EnumSet.of(Truth.UNKNOWN) : known(value.isTrue());
        }
        if (condition instanceof HasLabels(VariableRef node, var wanted)
                && node.variable().equals(variable)) {
            return known(wanted.matches(labels));
        }
        if (condition instanceof IsNull isNull && isNull(isNull.operand())) {
            return known(!isNull.negated());
        }
        if (condition instanceof Compare compare) {
            return ofComparison(compare);
        }
        if (condition instanceof In in && isNull(in.operand())) {
            return EnumSet.of(Truth.UNKNOWN, Truth.FALSE);
        }
        if (condition instanceof TextMatch match && (isNull(match.text()) || isNull(match.pattern()))) {
            return EnumSet.of(Truth.UNKNOWN);
        }
        return EnumSet.allOf(Truth.class);
    }

    private Set<Truth> ofComparison(Compare compare) {
        if (isNull(compare.left()) || isNull(compare.right())) {
            return EnumSet.of(Truth.UNKNOWN);
        }
        boolean asksForType = compare.operator() == CompareOperator.EQUAL
                && compare.left().equals(new FieldRef(variable, new TypeName()));
        if (asksForType && compare.right() instanceof Literal(Value.StringValue(String wanted))) {
            return known(wanted.equals(typeName));
        }
        return EnumSet.allOf(Truth.class);
    }

    /** True if the expression is null for every entity of the type. */
    private boolean isNull(Expression expression) {
        if (expression instanceof Literal(Value value)) {
            return value.isNull();
        }
        if (expression instanceof Arithmetic arithmetic) {
            return isNull(arithmetic.left()) || isNull(arithmetic.right());
        }
        return expression instanceof Property(VariableRef subject, String name)
                && subject.variable().equals(variable)
                && !properties.contains(name);
    }

    /** AND and OR, which differ in which operand decides alone and which is neutral. */
    private Set<Truth> combined(List<Expression> operands, Truth deciding, Truth neutral) {
        List<Set<Truth>> parts = new ArrayList<>();
        operands.forEach(operand -> parts.add(of(operand)));
        Set<Truth> result = EnumSet.noneOf(Truth.class);
        boolean decided = parts.stream().anyMatch(part -> part.equals(EnumSet.of(deciding)));
        if (decided || parts.stream().anyMatch(part -> part.contains(deciding))) {
            result.add(deciding);
        }
        if (!decided && parts.stream().anyMatch(part -> part.contains(Truth.UNKNOWN))) {
            result.add(Truth.UNKNOWN);
        }
        if (parts.stream().allMatch(part -> part.contains(neutral))) {
            result.add(neutral);
        }
        return result;
    }

    private static Set<Truth> negated(Set<Truth> truths) {
        Set<Truth> negated = EnumSet.noneOf(Truth.class);
        for (Truth truth : truths) {
            negated.add(
                    switch (truth) {
                        case TRUE -> Truth.FALSE;
                        case FALSE -> Truth.TRUE;
                        case UNKNOWN -> Truth.UNKNOWN;
                    });
        }
        return negated;
    }

    private static Set<Truth> known(boolean truth) {
        return EnumSet.of(truth ? Truth.TRUE : Truth.FALSE);
    }
}
