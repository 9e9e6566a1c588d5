package io.spangraph.engine.physical;

import io.spangraph.engine.expr.EntityField;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.Expression.TextOperator;
import io.spangraph.engine.expr.ExpressionTree;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.physical.Pushdown.Adjustment;
import io.spangraph.engine.physical.Pushdown.BaseColumn;
import io.spangraph.engine.physical.ScanTemplate.ScanColumn;
import io.spangraph.engine.physical.ScanTemplate.ScanValue;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.schema.MappingExpression.BinaryOperator;
import io.spangraph.model.schema.MappingFunction;
import io.spangraph.model.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds what a source may skip by. Whatever is not understood becomes {@link Pushdown#EVERYTHING}: that is always safe,
 * because the predicates are evaluated on each row all the same.
 */
final class PushdownPlanner {
    private final Map<ColumnId, MappingExpression> mappings;

    PushdownPlanner(List<ScanColumn> columns) {
        mappings = columns.stream()
                .filter(column -> column.value() instanceof ScanValue.Mapped)
                .collect(Collectors.toMap(ScanColumn::id, column -> ((ScanValue.Mapped) column.value()).expression()));
    }

    Pushdown plan(List<MappingExpression> conditions, List<Expression> predicates) {
        return Pushdown.all(Stream.concat(
                        conditions.stream().map(PushdownPlanner::ofCondition),
                        predicates.stream().map(this::ofPredicate))
                .toList());
    }

    private Pushdown ofPredicate(Expression predicate) {
        return switch (predicate) {
            case Expression.And(List<Expression> operands) ->
                Pushdown.all(operands.stream().map(this::ofPredicate).toList());
            case Expression.Or(List<Expression> operands) ->
                Pushdown.any(operands.stream().map(this::ofPredicate).toList());
            case Expression.Compare compare -> ofCompare(compare);
            case Expression.In(Expression operand, Expression list)
            when isConstant(list) ->
                column(operand)
                        .<Pushdown>map(column -> new Pushdown.In(column, list))
                        .orElse(Pushdown.EVERYTHING);
            case Expression.IsNull(Expression operand, boolean negated) ->
                column(operand)
                        .<Pushdown>map(column -> negated ? new Pushdown.IsNotNull(column) : new Pushdown.IsNull(column))
                        .orElse(Pushdown.EVERYTHING);
            case Expression.TextMatch(TextOperator operator, Expression text, Expression pattern)
            when operator == TextOperator.STARTS_WITH && isConstant(pattern) ->
                column(text)
                        .<Pushdown>map(column -> new Pushdown.StartsWith(column, pattern))
                        .orElse(Pushdown.EVERYTHING);
            case Expression other -> Pushdown.EVERYTHING;
        };
    }

    private Pushdown ofCompare(Expression.Compare compare) {
        if (isConstant(compare.left()) && !isConstant(compare.right())) {
            return ofCompare(new Expression.Compare(compare.operator().flip(), compare.right(), compare.left()));
        }
        if (!isConstant(compare.right())) {
            return Pushdown.EVERYTHING;
        }
        return column(compare.left())
                .<Pushdown>map(column -> new Pushdown.Compare(column, compare.operator(), compare.right()))
                .orElse(Pushdown.EVERYTHING);
    }

    private static boolean isConstant(Expression expression) {
        return ExpressionTree.variables(expression).isEmpty();
    }

    /** The base column behind a property or hidden column of the scanned rows. */
    private Optional<BaseColumn> column(Expression operand) {
        return switch (operand) {
            case Expression.Property(Expression.VariableRef(Variable variable), String name) ->
                column(ColumnId.property(variable, name));
            case Expression.FieldRef(Variable variable, EntityField field) -> column(new ColumnId(variable, field));
            case Expression other -> Optional.empty();
        };
    }

    private Optional<BaseColumn> column(ColumnId column) {
        return Optional.ofNullable(mappings.get(column)).flatMap(PushdownPlanner::baseColumn);
    }

    private static Optional<BaseColumn> baseColumn(MappingExpression expression) {
        return switch (expression) {
            case MappingExpression.ColumnPath(String column, List<String> fields)
            when fields.isEmpty() -> Optional.of(new BaseColumn(column, new Adjustment.None()));
            case MappingExpression.Call(MappingFunction function, List<MappingExpression> arguments)
            when arguments.size() == 2
                    && arguments.get(1) instanceof MappingExpression.Constant(Value value)
                    && !value.isNull() ->
                baseColumn(arguments.get(0)).flatMap(column -> adjusted(function, column, value));
            case MappingExpression other -> Optional.empty();
        };
    }

    private static Optional<BaseColumn> adjusted(MappingFunction function, BaseColumn column, Value value) {
        if (function == MappingFunction.NULLIF) {
            return switch (column.adjustment()) {
                case Adjustment.None none ->
                    Optional.of(new BaseColumn(column.name(), new Adjustment.NullFor(List.of(value))));
                case Adjustment.NullFor(List<Value> values) ->
                    Optional.of(new BaseColumn(
                            column.name(),
                            new Adjustment.NullFor(Stream.concat(values.stream(), Stream.of(value))
                                    .toList())));
                case Adjustment.ForNull forNull -> Optional.empty();
            };
        }
        return function == MappingFunction.COALESCE && column.adjustment() instanceof Adjustment.None
                ? Optional.of(new BaseColumn(column.name(), new Adjustment.ForNull(value)))
                : Optional.empty();
    }

    private static Pushdown ofCondition(MappingExpression condition) {
        return switch (condition) {
            case MappingExpression.Binary(BinaryOperator operator, MappingExpression left, MappingExpression right) ->
                switch (operator) {
                    case AND -> Pushdown.all(List.of(ofCondition(left), ofCondition(right)));
                    case OR -> Pushdown.any(List.of(ofCondition(left), ofCondition(right)));
                    case EQUAL -> ofComparison(CompareOperator.EQUAL, left, right);
                    case NOT_EQUAL -> ofComparison(CompareOperator.NOT_EQUAL, left, right);
                    case LESS -> ofComparison(CompareOperator.LESS, left, right);
                    case LESS_OR_EQUAL -> ofComparison(CompareOperator.LESS_OR_EQUAL, left, right);
                    case GREATER -> ofComparison(CompareOperator.GREATER, left, right);
                    case GREATER_OR_EQUAL -> ofComparison(CompareOperator.GREATER_OR_EQUAL, left, right);
                    case LIKE, ADD, SUBTRACT, MULTIPLY, DIVIDE -> Pushdown.EVERYTHING;
                };
            case MappingExpression.IsNull(MappingExpression operand, boolean negated) ->
                baseColumn(operand)
                        .<Pushdown>map(column -> negated ? new Pushdown.IsNotNull(column) : new Pushdown.IsNull(column))
                        .orElse(Pushdown.EVERYTHING);
            case MappingExpression.In(MappingExpression operand, List<MappingExpression> candidates)
            when candidates.stream().allMatch(MappingExpression.Constant.class::isInstance) ->
                baseColumn(operand)
                        .<Pushdown>map(column -> new Pushdown.In(column, literals(candidates)))
                        .orElse(Pushdown.EVERYTHING);
            case MappingExpression other -> Pushdown.EVERYTHING;
        };
    }

    private static Expression literals(List<MappingExpression> constants) {
        return new Expression.Literal(Value.of(constants.stream()
                .map(constant -> ((MappingExpression.Constant) constant).value())
                .toList()));
    }

    private static Pushdown ofComparison(CompareOperator operator, MappingExpression left, MappingExpression right) {
        if (left instanceof MappingExpression.Constant && !(right instanceof MappingExpression.Constant)) {
            return ofComparison(operator.flip(), right, left);
        }
        if (!(right instanceof MappingExpression.Constant(Value value))) {
            return Pushdown.EVERYTHING;
        }
        return baseColumn(left)
                .<Pushdown>map(column -> new Pushdown.Compare(column, operator, new Expression.Literal(value)))
                .orElse(Pushdown.EVERYTHING);
    }
}
