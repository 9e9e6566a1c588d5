package io.spangraph.engine.physical;

import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.FieldRef;
import io.spangraph.engine.expr.Expression.VariableRef;
import io.spangraph.engine.expr.ExpressionTree;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.physical.PhysicalPlan.Aggregate;
import io.spangraph.engine.physical.PhysicalPlan.AggregateColumn;
import io.spangraph.engine.physical.PhysicalPlan.MetadataAggregate;
import io.spangraph.engine.physical.PhysicalPlan.TableScan;
import io.spangraph.engine.physical.ScanTemplate.ScanValue;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.spi.MetadataQuestion;
import io.spangraph.engine.spi.MetadataQuestion.Fact;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds aggregates that metadata may answer: counts, least and greatest values over whole scans, where each column and
 * each condition is one of a base column itself. Anything that changes values or drops rows on its way from the file to
 * the aggregate keeps the plan as it is.
 */
final class MetadataAggregates {
    private MetadataAggregates() {}

    /** The aggregate, answered by metadata as far as that is possible. */
    static PhysicalPlan where(Aggregate aggregate) {
        if (!aggregate.keys().isEmpty() || aggregate.aggregates().isEmpty()) {
            return aggregate;
        }
        List<TableScan> scans = scans(aggregate.input());
        List<AskedScan> asked = new ArrayList<>();
        for (TableScan scan : scans) {
            question(scan.template(), aggregate.aggregates())
                    .ifPresent(question -> asked.add(new AskedScan(scan, question)));
        }
        return scans.isEmpty() || asked.size() < scans.size() ? aggregate : new MetadataAggregate(aggregate, asked);
    }

    /** The scans whose rows, and no others, reach the aggregate; empty when something else stands in between. */
    private static List<TableScan> scans(PhysicalPlan plan) {
        return switch (plan) {
            case TableScan scan -> List.of(scan);
            case PhysicalPlan.Project(PhysicalPlan input, var items) ->
                items.stream().allMatch(MetadataAggregates::passesOn) ? scans(input) : List.of();
            case PhysicalPlan.UnionAll(List<PhysicalPlan> parts) -> {
                List<List<TableScan>> all =
                        parts.stream().map(MetadataAggregates::scans).toList();
                yield all.stream().anyMatch(List::isEmpty)
                        ? List.of()
                        : all.stream().flatMap(List::stream).toList();
            }
            case PhysicalPlan other -> List.of();
        };
    }

    private static boolean passesOn(PhysicalPlan.Computed item) {
        return item.expression() instanceof FieldRef(Variable variable, var field)
                && item.column().equals(new ColumnId(variable, field));
    }

    private static Optional<MetadataQuestion> question(ScanTemplate template, List<AggregateColumn> aggregates) {
        if (!template.conditions().isEmpty()
                || !template.predicates().stream().allMatch(predicate -> isExact(template, predicate))) {
            return Optional.empty();
        }
        List<String> required = new ArrayList<>();
        for (ColumnId column : template.required()) {
            if (!isConstant(template, column)) {
                Optional<String> base = template.plainColumn(column);
                if (base.isEmpty()) {
                    return Optional.empty();
                }
                required.add(base.get());
            }
        }
        List<Fact> facts = aggregates.stream()
                .flatMap(aggregate -> fact(template, aggregate).stream())
                .toList();
        return facts.size() < aggregates.size() ? Optional.empty() : Optional.of(new MetadataQuestion(facts, required));
    }

    private static Optional<Fact> fact(ScanTemplate template, AggregateColumn aggregate) {
        AggregateFunction function = aggregate.call().function();
        if (aggregate.call().distinct()) {
            return Optional.empty();
        }
        if (function == AggregateFunction.COUNT_ROWS) {
            return Optional.of(new Fact.Rows());
        }
        Expression argument = aggregate.arguments().getFirst();
        if (function == AggregateFunction.COUNT && isConstant(template, argument)) {
            return Optional.of(new Fact.Rows());
        }
        Optional<String> column = plainColumn(template, argument);
        return switch (function) {
            case COUNT -> column.map(Fact.NotNull::new);
            case MIN -> column.map(Fact.Least::new);
            case MAX -> column.map(Fact.Greatest::new);
            case COUNT_ROWS, SUM, AVG, COLLECT, COLLECT_ROWS, STDEV, STDEVP, PERCENTILE_CONT, PERCENTILE_DISC ->
                Optional.empty();
        };
    }

    private static boolean isConstant(ScanTemplate template, Expression expression) {
        return switch (expression) {
            case Expression.Literal(Value value) -> !value.isNull();
            case Expression other ->
                column(other).filter(column -> isConstant(template, column)).isPresent();
        };
    }

    private static boolean isConstant(ScanTemplate template, ColumnId column) {
        return template.source(column)
                .filter(value -> value instanceof ScanValue.Constant(Value constant) && !constant.isNull())
                .isPresent();
    }

    private static Optional<String> plainColumn(ScanTemplate template, Expression expression) {
        return column(expression).flatMap(template::plainColumn);
    }

    private static Optional<ColumnId> column(Expression expression) {
        return switch (expression) {
            case Expression.Property(VariableRef(Variable variable), String name) ->
                Optional.of(ColumnId.property(variable, name));
            case FieldRef(Variable variable, var field) -> Optional.of(new ColumnId(variable, field));
            case Expression other -> Optional.empty();
        };
    }

    /**
     * Whether what the source is given of the predicate is the predicate itself, so that it holds for a row exactly if the
     * source says so. Whether the values fit their columns is asked when they are known.
     */
    private static boolean isExact(ScanTemplate template, Expression predicate) {
        return switch (predicate) {
            case Expression.Literal(Value value) -> value.equals(Value.TRUE);
            case Expression.And(List<Expression> operands) ->
                operands.stream().allMatch(operand -> isExact(template, operand));
            case Expression.Or(List<Expression> operands) ->
                operands.stream().allMatch(operand -> isExact(template, operand));
            case Expression.Compare(var operator, Expression left, Expression right) ->
                isExact(template, left, right) || isExact(template, right, left);
            case Expression.In(Expression operand, Expression list) -> isExact(template, operand, list);
            case Expression.IsNull(Expression operand, boolean negated) ->
                plainColumn(template, operand).isPresent();
            case Expression other -> false;
        };
    }

    private static boolean isExact(ScanTemplate template, Expression column, Expression value) {
        return plainColumn(template, column).isPresent()
                && ExpressionTree.variables(value).isEmpty()
                && !Volatility.isVolatile(value);
    }
}
