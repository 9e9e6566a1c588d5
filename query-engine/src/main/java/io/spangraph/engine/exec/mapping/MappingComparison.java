package io.spangraph.engine.exec.mapping;

import io.spangraph.engine.exec.expression.Comparison;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.expression.Vectors;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.DoubleVector;
import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.util.List;
import java.util.Optional;

/** A comparison by SQL's rules: values of different types compare to null, where Cypher finds them unequal. */
record MappingComparison(CompareOperator operator, CompiledExpression left, CompiledExpression right)
        implements CompiledExpression {

    @Override
    public Vector evaluate(RowBatch batch) {
        Vector a = left.evaluate(batch);
        Vector b = right.evaluate(batch);
        int[] rows = batch.selectedRows();
        if (isNumeric(a) && isNumeric(b) || isText(a) && isText(b)) {
            return Comparison.compare(operator, a, b, rows);
        }
        Value[] results = Vectors.nulls(batch.physicalRows());
        for (int row : rows) {
            results[row] = compare(a.value(row), b.value(row)).map(Value::of).orElse(Value.NULL);
        }
        return Vectors.ofValues(results, rows);
    }

    private static boolean isNumeric(Vector vector) {
        return vector instanceof DoubleVector
                || vector instanceof LongVector longs && longs.kind() == LongKind.INTEGER
                || vector instanceof Vector.ConstantVector(Value constant, int length) && Operands.isNumber(constant);
    }

    private static boolean isText(Vector vector) {
        return vector instanceof Vector.DictionaryVector(int[] codes, List<Value> dictionary)
                        && (dictionary.isEmpty() || dictionary.getFirst() instanceof Value.StringValue)
                || vector instanceof Vector.ConstantVector(Value constant, int length)
                        && constant instanceof Value.StringValue;
    }

    private Optional<Boolean> compare(Value a, Value b) {
        return switch (operator) {
            case EQUAL -> equal(a, b);
            case NOT_EQUAL -> equal(a, b).map(same -> !same);
            case LESS -> Values.lessThan(a, b);
            case LESS_OR_EQUAL -> Values.lessOrEqual(a, b);
            case GREATER -> Values.lessThan(b, a);
            case GREATER_OR_EQUAL -> Values.lessOrEqual(b, a);
        };
    }

    private static Optional<Boolean> equal(Value a, Value b) {
        boolean sameType = a.getClass() == b.getClass() || Operands.isNumber(a) && Operands.isNumber(b);
        return sameType ? Values.equal(a, b) : Optional.empty();
    }

    /** The largest of the values that are not null if the sign is positive, else the smallest. */
    static Value extreme(Value[] values, int sign) {
        Value best = Value.NULL;
        for (Value value : values) {
            if (!value.isNull() && (best.isNull() || sign * Values.compareForOrder(value, best) > 0)) {
                best = value;
            }
        }
        return best;
    }

    /** {@code x in (...)}: true if one is equal, else null if one cannot be compared. */
    record Membership(CompiledExpression operand, List<CompiledExpression> candidates) implements CompiledExpression {
        @Override
        public Vector evaluate(RowBatch batch) {
            Vector input = operand.evaluate(batch);
            List<Vector> others = candidates.stream()
                    .map(candidate -> candidate.evaluate(batch))
                    .toList();
            int[] rows = batch.selectedRows();
            Value[] results = Vectors.nulls(batch.physicalRows());
            for (int row : rows) {
                results[row] = isAmong(input.value(row), others, row);
            }
            return Vectors.ofValues(results, rows);
        }

        private static Value isAmong(Value value, List<Vector> others, int row) {
            Value result = Value.FALSE;
            for (Vector other : others) {
                Optional<Boolean> same = equal(value, other.value(row));
                if (same.isEmpty()) {
                    result = Value.NULL;
                } else if (same.get()) {
                    return Value.TRUE;
                }
            }
            return result;
        }
    }
}
