package io.spangraph.engine.physical;

import io.spangraph.engine.exec.join.JoinKind;
import io.spangraph.engine.expr.Conjunction;
import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.Compare;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.FieldRef;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.ExpressionTree;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.physical.PhysicalPlan.Computed;
import io.spangraph.engine.physical.PhysicalPlan.KeyPair;
import io.spangraph.engine.plan.LogicalPlan.Join;
import io.spangraph.engine.row.ColumnId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Joins by equality where the conditions have one, by trying every pair where they have none. */
final class JoinMapper {
    private final PlanMapper mapper;

    JoinMapper(PlanMapper mapper) {
        this.mapper = mapper;
    }

    PhysicalPlan map(Join join, Set<ColumnId> wanted) {
        Set<ColumnId> needed = PlanMapper.plus(wanted, mapper.demand().of(join.conditions()));
        Set<Variable> leftVariables = new LinkedHashSet<>(join.left().variables());
        Set<Variable> rightVariables = new LinkedHashSet<>(join.right().variables());
        PhysicalPlan left = mapper.map(join.left(), PlanMapper.restricted(needed, leftVariables));
        PhysicalPlan right = mapper.map(join.right(), PlanMapper.restricted(needed, rightVariables));

        if (left instanceof PhysicalPlan.SingleRow) {
            return filtered(right, join.conditions());
        }
        if (right instanceof PhysicalPlan.SingleRow) {
            return filtered(left, join.conditions());
        }
        Keys keys = new Keys(left, right);
        for (Expression condition : join.conditions()) {
            keys.addEquality(condition, leftVariables, rightVariables);
        }
        keys.addOrdinal(mapper.applies().ordinalOf(left), mapper.applies().ordinalOf(right));
        Optional<Expression> residual =
                join.conditions().isEmpty() ? Optional.empty() : Optional.of(Conjunction.of(join.conditions()));
        if (keys.pairs.isEmpty()) {
            return new PhysicalPlan.NestedLoopJoin(left, right, residual);
        }
        return new PhysicalPlan.HashJoin(
                JoinKind.INNER, keys.withKeys(left, keys.leftItems), keys.right(), keys.pairs, residual, Set.of());
    }

    private static PhysicalPlan filtered(PhysicalPlan rows, List<Expression> conditions) {
        return conditions.isEmpty() ? rows : new PhysicalPlan.Filter(rows, Conjunction.of(conditions));
    }

    /** Collects the columns to join by. The conditions stay as they are: a hash finds candidates, {@code =} decides. */
    private final class Keys {
        private final PhysicalPlan left;
        private final PhysicalPlan right;
        private final List<Computed> leftItems = new ArrayList<>();
        private final List<Computed> rightItems = new ArrayList<>();
        private final List<KeyPair> pairs = new ArrayList<>();
        private final Set<ColumnId> droppedFromRight = new LinkedHashSet<>();

        Keys(PhysicalPlan left, PhysicalPlan right) {
            this.left = left;
            this.right = right;
        }

        void addEquality(Expression condition, Set<Variable> leftVariables, Set<Variable> rightVariables) {
            switch (condition) {
                case Compare(CompareOperator operator, Expression a, Expression b)
                when operator == CompareOperator.EQUAL -> addEqual(a, b, leftVariables, rightVariables);
                case Expression.SameRow(Variable a, Variable b) ->
                    addEqual(
                            new FieldRef(a, new EntityField.Row()),
                            new FieldRef(b, new EntityField.Row()),
                            leftVariables,
                            rightVariables);
                case Expression other -> {}
            }
        }

        private void addEqual(Expression a, Expression b, Set<Variable> leftVariables, Set<Variable> rightVariables) {
            Set<Variable> ofA = ExpressionTree.variables(a);
            Set<Variable> ofB = ExpressionTree.variables(b);
            if (ofA.isEmpty() || ofB.isEmpty()) {
                return;
            }
            if (leftVariables.containsAll(ofA) && rightVariables.containsAll(ofB)) {
                add(a, b);
            } else if (leftVariables.containsAll(ofB) && rightVariables.containsAll(ofA)) {
                add(b, a);
            }
        }

        private void add(Expression ofLeft, Expression ofRight) {
            if (isRowKey(ofLeft) || isRowKey(ofRight)) {
                pairs.add(new KeyPair(
                        PlanMapper.plainColumn(ofLeft).orElseThrow(),
                        PlanMapper.plainColumn(ofRight).orElseThrow()));
                return;
            }
            // A node that lies in columns and one that is a value have no key in common to look up: the condition
            // decides.
            if (isEntity(ofLeft) == isEntity(ofRight)) {
                pairs.add(new KeyPair(column(keyOf(ofLeft), leftItems), column(keyOf(ofRight), rightItems)));
            }
        }

        private static boolean isEntity(Expression expression) {
            return expression instanceof VariableRef(Variable variable) && variable.isEntity();
        }

        private boolean isRowKey(Expression expression) {
            return expression instanceof FieldRef;
        }

        /** Nodes and relationships are found by the first part of their key. */
        private Expression keyOf(Expression expression) {
            return expression instanceof VariableRef(Variable variable) && isEntity(expression)
                    ? new FieldRef(variable, new EntityField.Key(0))
                    : expression;
        }

        private ColumnId column(Expression key, List<Computed> items) {
            return PlanMapper.plainColumn(key).orElseGet(() -> {
                ColumnId column = mapper.newColumn("join key");
                items.add(new Computed(column, key));
                return column;
            });
        }

        /** Both sides stem from rows of one outer side: only what stems from the same row belongs together. */
        void addOrdinal(Optional<ColumnId> ofLeft, Optional<ColumnId> ofRight) {
            if (ofLeft.isPresent() && ofRight.isPresent()) {
                ColumnId renamed = mapper.newColumn("#row");
                rightItems.add(new Computed(renamed, PlanMapper.reference(ofRight.get())));
                droppedFromRight.addAll(right.columns().stream()
                        .filter(column -> left.columns().contains(column))
                        .toList());
                pairs.add(new KeyPair(ofLeft.get(), renamed));
            }
        }

        PhysicalPlan right() {
            return droppedFromRight.isEmpty() ? withKeys(right, rightItems) : withoutRepeated();
        }

        private PhysicalPlan withoutRepeated() {
            List<Computed> items = new ArrayList<>();
            right.columns().stream()
                    .filter(column -> !droppedFromRight.contains(column))
                    .forEach(column -> items.add(PlanMapper.passOn(column)));
            items.addAll(rightItems);
            return new PhysicalPlan.Project(right, items);
        }

        PhysicalPlan withKeys(PhysicalPlan side, List<Computed> keys) {
            if (keys.isEmpty()) {
                return side;
            }
            List<Computed> items = new ArrayList<>();
            side.columns().forEach(column -> items.add(PlanMapper.passOn(column)));
            items.addAll(keys);
            return new PhysicalPlan.Project(side, items);
        }
    }
}
