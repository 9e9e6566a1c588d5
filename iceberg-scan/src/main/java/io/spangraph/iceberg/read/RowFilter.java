package io.spangraph.iceberg.read;

import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.iceberg.plan.Condition;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Types.NestedField;

/** A condition as a test of one record, compiled once for each file so that no row looks up a column or a type. */
interface RowFilter {
    boolean test(Record row);

    /** @param positions where a column lies in the records */
    static RowFilter of(Condition condition, ToIntFunction<NestedField> positions) {
        return switch (condition) {
            case Condition.And(List<Condition> operands) -> {
                RowFilter[] filters = compile(operands, positions);
                yield row -> all(filters, row);
            }
            case Condition.Or(List<Condition> operands) -> {
                RowFilter[] filters = compile(operands, positions);
                yield row -> any(filters, row);
            }
            case Condition.Never never -> row -> false;
            case Condition.Implied(Condition implied) -> of(implied, positions);
            case Condition.IsNull(NestedField column) -> {
                int at = positions.applyAsInt(column);
                yield row -> row.get(at) == null;
            }
            case Condition.IsNotNull(NestedField column) -> {
                int at = positions.applyAsInt(column);
                yield row -> row.get(at) != null;
            }
            case Condition.CompareLong compare -> compareLong(compare, positions.applyAsInt(compare.column()));
            case Condition.InLongs(NestedField column, long[] values) -> {
                int at = positions.applyAsInt(column);
                LongRead read = LongRead.of(column.type());
                yield row -> row.get(at) instanceof Object value && Arrays.binarySearch(values, read.of(value)) >= 0;
            }
            case Condition.CompareDouble compare -> compareDouble(compare, positions.applyAsInt(compare.column()));
            case Condition.InDoubles(NestedField column, double[] values) -> {
                int at = positions.applyAsInt(column);
                yield row -> row.get(at) instanceof Number value && contains(values, value.doubleValue());
            }
            case Condition.CompareText compare -> compareText(compare, positions.applyAsInt(compare.column()));
            case Condition.InTexts(NestedField column, Set<String> values) -> {
                int at = positions.applyAsInt(column);
                yield row -> row.get(at) instanceof Object value && values.contains(value.toString());
            }
            case Condition.TextPrefix(NestedField column, String prefix) -> {
                int at = positions.applyAsInt(column);
                yield row ->
                        row.get(at) instanceof Object value && value.toString().startsWith(prefix);
            }
            case Condition.CompareBoolean(NestedField column, CompareOperator operator, boolean wanted) -> {
                int at = positions.applyAsInt(column);
                yield row -> row.get(at) instanceof Boolean value && operator.holds(Boolean.compare(value, wanted));
            }
        };
    }

    private static RowFilter[] compile(List<Condition> operands, ToIntFunction<NestedField> positions) {
        return operands.stream().map(operand -> of(operand, positions)).toArray(RowFilter[]::new);
    }

    private static boolean all(RowFilter[] filters, Record row) {
        for (RowFilter filter : filters) {
            if (!filter.test(row)) {
                return false;
            }
        }
        return true;
    }

    private static boolean any(RowFilter[] filters, Record row) {
        for (RowFilter filter : filters) {
            if (filter.test(row)) {
                return true;
            }
        }
        return false;
    }

    private static RowFilter compareLong(Condition.CompareLong compare, int at) {
        LongRead read = LongRead.of(compare.column().type());
        CompareOperator operator = compare.operator();
        long wanted = compare.value();
        return row -> row.get(at) instanceof Object value && operator.holds(Long.compare(read.of(value), wanted));
    }

    private static RowFilter compareDouble(Condition.CompareDouble compare, int at) {
        double wanted = compare.value();
        return switch (compare.operator()) {
            case EQUAL -> row -> row.get(at) instanceof Number value && value.doubleValue() == wanted;
            case NOT_EQUAL -> row -> row.get(at) instanceof Number value && value.doubleValue() != wanted;
            case LESS -> row -> row.get(at) instanceof Number value && value.doubleValue() < wanted;
            case LESS_OR_EQUAL -> row -> row.get(at) instanceof Number value && value.doubleValue() <= wanted;
            case GREATER -> row -> row.get(at) instanceof Number value && value.doubleValue() > wanted;
            case GREATER_OR_EQUAL -> row -> row.get(at) instanceof Number value && value.doubleValue() >= wanted;
        };
    }

    private static boolean contains(double[] values, double value) {
        return Arrays.binarySearch(values, value == 0 ? 0.0 : value) >= 0;
    }

    private static RowFilter compareText(Condition.CompareText compare, int at) {
        String wanted = compare.value();
        CompareOperator operator = compare.operator();
        return switch (operator) {
            case EQUAL -> row -> row.get(at) instanceof Object value && wanted.equals(value.toString());
            case NOT_EQUAL -> row -> row.get(at) instanceof Object value && !wanted.equals(value.toString());
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                row -> row.get(at) instanceof CharSequence value
                        && operator.holds(Comparators.charSequences().compare(value, wanted));
        };
    }
}
