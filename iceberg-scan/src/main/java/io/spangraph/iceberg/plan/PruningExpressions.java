package io.spangraph.iceberg.plan;

import io.spangraph.engine.expr.Expression.CompareOperator;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Conditions as Iceberg's expressions, by which files and row groups are skipped. An expression may be true where the
 * condition is not, never the other way round. Iceberg sorts null before and NaN behind all numbers, hence the further
 * terms.
 */
public final class PruningExpressions {
    private PruningExpressions() {}

    /**
     * For bounds of columns. Bounds of UUIDs lie in the order of their bytes, but Iceberg compares them in Java's order,
     * which is another one: they are left out.
     */
    public static Expression ofBounds(Condition condition) {
        return of(condition, false);
    }

    /** For values of partitions, where UUIDs are only tested for equality. */
    public static Expression ofPartitions(Condition condition) {
        return of(condition, true);
    }

    private static Expression of(Condition condition, boolean withUuids) {
        return switch (condition) {
            case Condition.And(List<Condition> operands) ->
                operands.stream()
                        .map(operand -> of(operand, withUuids))
                        .reduce(Expressions.alwaysTrue(), Expressions::and);
            case Condition.Or(List<Condition> operands) ->
                operands.stream()
                        .map(operand -> of(operand, withUuids))
                        .reduce(Expressions.alwaysFalse(), Expressions::or);
            case Condition.Never never -> Expressions.alwaysFalse();
            case Condition.Implied(Condition implied) -> of(implied, withUuids);
            case Condition.IsNull(NestedField column) -> Expressions.isNull(column.name());
            case Condition.IsNotNull(NestedField column) -> present(column);
            case Condition.CompareLong(NestedField column, CompareOperator operator, long value) ->
                compare(column, operator, value);
            case Condition.InLongs(NestedField column, long[] values) ->
                Expressions.in(column.name(), LongStream.of(values).boxed().toList());
            case Condition.CompareDouble compare -> ofDouble(compare);
            case Condition.InDoubles(NestedField column, double[] values) -> inDoubles(column, values);
            case Condition.CompareText(NestedField column, CompareOperator operator, String value) ->
                isUuid(column) && !withUuids ? present(column) : compare(column, operator, value);
            case Condition.InTexts(NestedField column, Set<String> values) ->
                isUuid(column) && !withUuids ? present(column) : Expressions.in(column.name(), values);
            case Condition.TextPrefix(NestedField column, String prefix) ->
                Expressions.startsWith(column.name(), prefix);
            case Condition.CompareBoolean(NestedField column, CompareOperator operator, boolean value) ->
                ofBoolean(column, operator, value);
        };
    }

    /** Whether the expression for bounds is true exactly where the condition is, so that what it proves is proven. */
    public static boolean isExact(Condition condition) {
        return switch (condition) {
            case Condition.And(List<Condition> operands) -> operands.stream().allMatch(PruningExpressions::isExact);
            case Condition.Or(List<Condition> operands) -> operands.stream().allMatch(PruningExpressions::isExact);
            case Condition.Never never -> true;
            case Condition.Implied implied -> false;
            case Condition.IsNull isNull -> true;
            case Condition.IsNotNull isNotNull -> true;
            case Condition.CompareLong compare -> true;
            case Condition.InLongs in -> true;
            // NaN and the two zeros.
            case Condition.CompareDouble compare -> false;
            case Condition.InDoubles in -> false;
            case Condition.CompareText compare -> !isUuid(compare.column());
            case Condition.InTexts in -> !isUuid(in.column());
            // Iceberg's residual of a prefix fails on a partition whose value is null.
            case Condition.TextPrefix prefix -> false;
            case Condition.CompareBoolean(NestedField column, CompareOperator operator, boolean value) ->
                operator == CompareOperator.EQUAL || operator == CompareOperator.NOT_EQUAL;
        };
    }

    private static <T> Expression compare(NestedField column, CompareOperator operator, T value) {
        String name = column.name();
        Expression compared = switch (operator) {
            case EQUAL -> Expressions.equal(name, value);
            case NOT_EQUAL -> Expressions.notEqual(name, value);
            case LESS -> Expressions.lessThan(name, value);
            case LESS_OR_EQUAL -> Expressions.lessThanOrEqual(name, value);
            case GREATER -> Expressions.greaterThan(name, value);
            case GREATER_OR_EQUAL -> Expressions.greaterThanOrEqual(name, value);
        };
        return Expressions.and(present(column), compared);
    }

    /** Of a column that is never null this is true, and costs Iceberg a walk over the whole schema to find out. */
    private static Expression present(NestedField column) {
        return column.isRequired() ? Expressions.alwaysTrue() : Expressions.notNull(column.name());
    }

    private static boolean isUuid(NestedField column) {
        return column.type().typeId() == Type.TypeID.UUID;
    }

    private static Expression ofBoolean(NestedField column, CompareOperator operator, boolean value) {
        return switch (operator) {
            case EQUAL, NOT_EQUAL -> compare(column, operator, value);
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> present(column);
        };
    }

    private static Expression ofDouble(Condition.CompareDouble compare) {
        NestedField column = compare.column();
        double value = compare.value();
        return switch (compare.operator()) {
            case EQUAL -> Expressions.and(atLeast(column, value), atMost(column, value));
            case NOT_EQUAL -> present(column);
            case LESS, LESS_OR_EQUAL -> atMost(column, value);
            case GREATER, GREATER_OR_EQUAL -> atLeast(column, value);
        };
    }

    private static Expression atMost(NestedField column, double value) {
        double bound = value == 0 ? 0.0 : value;
        if (isFloat(column)) {
            float rounded = (float) bound;
            return compare(column, CompareOperator.LESS_OR_EQUAL, rounded >= bound ? rounded : Math.nextUp(rounded));
        }
        return compare(column, CompareOperator.LESS_OR_EQUAL, bound);
    }

    private static Expression atLeast(NestedField column, double value) {
        double bound = value == 0 ? -0.0 : value;
        if (isFloat(column)) {
            float rounded = (float) bound;
            return compare(
                    column, CompareOperator.GREATER_OR_EQUAL, rounded <= bound ? rounded : Math.nextDown(rounded));
        }
        return compare(column, CompareOperator.GREATER_OR_EQUAL, bound);
    }

    private static boolean isFloat(NestedField column) {
        return column.type().typeId() == Type.TypeID.FLOAT;
    }

    private static Expression inDoubles(NestedField column, double[] values) {
        if (isFloat(column)) {
            Set<Float> floats = Arrays.stream(values)
                    .filter(value -> (double) (float) value == value)
                    .mapToObj(value -> (float) value)
                    .collect(Collectors.toSet());
            if (floats.contains(0.0f)) {
                floats.add(-0.0f);
            }
            return floats.isEmpty() ? Expressions.alwaysFalse() : Expressions.in(column.name(), floats);
        }
        Set<Double> doubles = Arrays.stream(values).boxed().collect(Collectors.toSet());
        if (doubles.contains(0.0)) {
            doubles.add(-0.0);
        }
        return Expressions.in(column.name(), doubles);
    }
}
