package io.spangraph.engine.run;

import io.spangraph.engine.exec.expression.ExpressionCompiler;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.expr.ExpressionTree;
import io.spangraph.engine.expr.FunctionContext;
import io.spangraph.engine.physical.Pushdown;
import io.spangraph.engine.physical.Pushdown.Adjustment;
import io.spangraph.engine.physical.Pushdown.BaseColumn;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.model.table.Column;
import io.spangraph.model.table.ColumnType;
import io.spangraph.model.table.TableSchema;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives the conditions that a source may skip by their values. A value that the column's type cannot hold exactly is not
 * pushed down: the engine's own comparison decides.
 */
final class PushdownBinder {
    private static final ScanPredicate NOTHING = new ScanPredicate.Or(List.of());

    private final TableSchema table;
    private final FunctionContext context;
    private final boolean parametersMayBeMissing;

    /** @param parametersMayBeMissing the plan is only explained, so that a missing parameter is no error */
    PushdownBinder(TableSchema table, FunctionContext context, boolean parametersMayBeMissing) {
        this.table = table;
        this.context = context;
        this.parametersMayBeMissing = parametersMayBeMissing;
    }

    ScanPredicate bind(Pushdown pushdown) {
        return switch (pushdown) {
            case Pushdown.All(List<Pushdown> operands) -> all(operands);
            case Pushdown.Any(List<Pushdown> operands) -> any(operands);
            case Pushdown.Compare(BaseColumn column, CompareOperator operator, Expression value) ->
                known(value)
                        ? compare(column, operator, ExpressionCompiler.constant(value, context))
                        : ScanPredicate.TRUE;
            case Pushdown.In(BaseColumn column, Expression list) ->
                known(list) ? in(column, ExpressionCompiler.constant(list, context)) : ScanPredicate.TRUE;
            case Pushdown.StartsWith(BaseColumn column, Expression prefix) ->
                known(prefix) ? startsWith(column, ExpressionCompiler.constant(prefix, context)) : ScanPredicate.TRUE;
            case Pushdown.IsNull(BaseColumn column) -> isNull(column);
            case Pushdown.IsNotNull(BaseColumn column) -> isNotNull(column);
        };
    }

    /**
     * Whether what {@link #bind} gives is true for no further rows, given that each part of the pushdown says all that its
     * predicate does.
     */
    boolean isExact(Pushdown pushdown) {
        return switch (pushdown) {
            case Pushdown.All(List<Pushdown> operands) -> operands.stream().allMatch(this::isExact);
            case Pushdown.Any(List<Pushdown> operands) -> operands.stream().allMatch(this::isExact);
            case Pushdown.Compare(BaseColumn column, CompareOperator operator, Expression value) ->
                isPlain(column) && known(value) && fits(column, ExpressionCompiler.constant(value, context));
            case Pushdown.In(BaseColumn column, Expression list) ->
                isPlain(column)
                        && known(list)
                        && ExpressionCompiler.constant(list, context) instanceof Value.ListValue(List<Value> elements)
                        && elements.stream().allMatch(element -> element.isNull() || fits(column, element));
            case Pushdown.StartsWith prefix -> false;
            case Pushdown.IsNull(BaseColumn column) -> isPlain(column);
            case Pushdown.IsNotNull(BaseColumn column) -> isPlain(column);
        };
    }

    private static boolean isPlain(BaseColumn column) {
        return column.adjustment() instanceof Adjustment.None;
    }

    private boolean fits(BaseColumn column, Value value) {
        return !value.isNull() && fitting(column, value).isPresent();
    }

    private boolean known(Expression expression) {
        return !parametersMayBeMissing || hasAllParameters(expression);
    }

    private boolean hasAllParameters(Expression expression) {
        return expression instanceof Expression.Parameter(String name)
                ? context.query().parameters().containsKey(name)
                : ExpressionTree.children(expression).stream().allMatch(this::hasAllParameters);
    }

    private ScanPredicate all(List<Pushdown> operands) {
        ScanPredicate result = ScanPredicate.TRUE;
        List<ScanPredicate> bound = new ArrayList<>();
        for (Pushdown operand : operands) {
            ScanPredicate predicate = bind(operand);
            if (!predicate.equals(ScanPredicate.TRUE)) {
                bound.add(predicate);
            }
        }
        return switch (bound.size()) {
            case 0 -> result;
            case 1 -> bound.getFirst();
            default -> new ScanPredicate.And(bound);
        };
    }

    private ScanPredicate any(List<Pushdown> operands) {
        List<ScanPredicate> bound = operands.stream().map(this::bind).toList();
        return bound.contains(ScanPredicate.TRUE) ? ScanPredicate.TRUE : new ScanPredicate.Or(bound);
    }

    private ScanPredicate compare(BaseColumn column, CompareOperator operator, Value value) {
        if (value.isNull()) {
            return NOTHING;
        }
        Optional<Value> fitting = fitting(column, value);
        if (fitting.isEmpty()) {
            return ScanPredicate.TRUE;
        }
        ScanPredicate ofColumn = new ScanPredicate.Compare(column.name(), operator, fitting.get());
        return switch (column.adjustment()) {
            case Adjustment.None none -> ofColumn;
            case Adjustment.NullFor nullFor -> ofColumn;
            case Adjustment.ForNull(Value instead) ->
                holds(operator, instead, value) ? orNull(ofColumn, column) : ofColumn;
        };
    }

    private static ScanPredicate orNull(ScanPredicate predicate, BaseColumn column) {
        return new ScanPredicate.Or(List.of(predicate, new ScanPredicate.IsNull(column.name())));
    }

    /** Whether the comparison may be true; unknown counts as true, which only keeps more rows. */
    private static boolean holds(CompareOperator operator, Value left, Value right) {
        return switch (operator) {
            case EQUAL -> Values.equal(left, right).orElse(true);
            case NOT_EQUAL -> !Values.equal(left, right).orElse(false);
            case LESS -> Values.lessThan(left, right).orElse(true);
            case LESS_OR_EQUAL -> Values.lessOrEqual(left, right).orElse(true);
            case GREATER -> Values.lessThan(right, left).orElse(true);
            case GREATER_OR_EQUAL -> Values.lessOrEqual(right, left).orElse(true);
        };
    }

    private ScanPredicate in(BaseColumn column, Value list) {
        if (list.isNull()) {
            return NOTHING;
        }
        if (!(list instanceof Value.ListValue(List<Value> elements))) {
            return ScanPredicate.TRUE;
        }
        List<Value> wanted = new ArrayList<>();
        boolean nullToo = false;
        for (Value element : elements) {
            if (element.isNull()) {
                continue;
            }
            Optional<Value> fitting = fitting(column, element);
            if (fitting.isEmpty()) {
                return ScanPredicate.TRUE;
            }
            wanted.add(fitting.get());
            nullToo |= column.adjustment() instanceof Adjustment.ForNull(Value instead)
                    && holds(CompareOperator.EQUAL, instead, element);
        }
        ScanPredicate ofColumn = wanted.isEmpty() ? NOTHING : new ScanPredicate.In(column.name(), wanted);
        return nullToo ? orNull(ofColumn, column) : ofColumn;
    }

    private ScanPredicate startsWith(BaseColumn column, Value prefix) {
        if (prefix.isNull()) {
            return NOTHING;
        }
        boolean plain = !(column.adjustment() instanceof Adjustment.ForNull);
        return plain
                        && prefix instanceof Value.StringValue(String text)
                        && type(column).equals(Optional.of(ColumnType.Primitive.STRING))
                ? new ScanPredicate.StartsWith(column.name(), text)
                : ScanPredicate.TRUE;
    }

    private ScanPredicate isNull(BaseColumn column) {
        ScanPredicate absent = new ScanPredicate.IsNull(column.name());
        return switch (column.adjustment()) {
            case Adjustment.None none -> absent;
            case Adjustment.NullFor(List<Value> values) -> absentOr(column, values);
            case Adjustment.ForNull forNull -> NOTHING;
        };
    }

    private ScanPredicate absentOr(BaseColumn column, List<Value> values) {
        List<Value> fitting = values.stream()
                .flatMap(value -> fitting(column, value).stream())
                .toList();
        return fitting.size() < values.size()
                ? ScanPredicate.TRUE
                : orNull(new ScanPredicate.In(column.name(), fitting), column);
    }

    private static ScanPredicate isNotNull(BaseColumn column) {
        return switch (column.adjustment()) {
            case Adjustment.None none -> new ScanPredicate.IsNotNull(column.name());
            case Adjustment.NullFor nullFor -> new ScanPredicate.IsNotNull(column.name());
            case Adjustment.ForNull forNull -> ScanPredicate.TRUE;
        };
    }

    private Optional<ColumnType> type(BaseColumn column) {
        return table.column(column.name()).map(Column::type);
    }

    private Optional<Value> fitting(BaseColumn column, Value value) {
        return type(column).flatMap(type -> ColumnValues.fitting(type, value));
    }
}
