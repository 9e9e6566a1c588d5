package io.spangraph.engine.physical;

import io.spangraph.engine.expr.Expression;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.model.value.Value;
import java.util.List;

/**
 * A condition on base columns whose values are known when the query runs. It is true for at least every row that the
 * query wants, so that a source may skip rows by it.
 */
public sealed interface Pushdown {
    /** Nothing can be skipped. */
    Pushdown EVERYTHING = new All(List.of());

    record All(List<Pushdown> operands) implements Pushdown {
        public All {
            operands = List.copyOf(operands);
        }
    }

    record Any(List<Pushdown> operands) implements Pushdown {
        public Any {
            operands = List.copyOf(operands);
        }
    }

    /** @param value reads no variable */
    record Compare(BaseColumn column, CompareOperator operator, Expression value) implements Pushdown {}

    /** @param list reads no variable */
    record In(BaseColumn column, Expression list) implements Pushdown {}

    record StartsWith(BaseColumn column, Expression prefix) implements Pushdown {}

    record IsNull(BaseColumn column) implements Pushdown {}

    record IsNotNull(BaseColumn column) implements Pushdown {}

    /**
     * A base column, as it is or with one value exchanged for null or null for one value.
     *
     * @param adjustment how the mapping changes the column's values
     */
    record BaseColumn(String name, Adjustment adjustment) {}

    /** What a mapping does to a column without hiding its order. */
    sealed interface Adjustment {
        record None() implements Adjustment {}

        /** {@code nullif(column, value)}, perhaps for several values. */
        record NullFor(List<Value> values) implements Adjustment {
            public NullFor {
                values = List.copyOf(values);
            }
        }

        /** {@code coalesce(column, value)}. */
        record ForNull(Value value) implements Adjustment {}
    }

    static Pushdown all(List<Pushdown> operands) {
        List<Pushdown> useful =
                operands.stream().filter(operand -> !operand.equals(EVERYTHING)).toList();
        return useful.size() == 1 ? useful.getFirst() : useful.isEmpty() ? EVERYTHING : new All(useful);
    }

    static Pushdown any(List<Pushdown> operands) {
        return operands.contains(EVERYTHING) ? EVERYTHING : new Any(operands);
    }
}
