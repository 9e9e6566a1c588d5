package io.spangraph.engine.exec.expression;

import static io.spangraph.engine.exec.expression.TruthBuilder.UNKNOWN;

import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.ConstantVector;
import io.spangraph.engine.row.Vector.DictionaryVector;
import io.spangraph.engine.row.Vector.DoubleVector;
import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;

/** A comparison of two expressions. Numbers and texts compare in typed loops, everything else value by value. */
public record Comparison(CompareOperator operator, CompiledExpression left, CompiledExpression right)
        implements CompiledExpression {

    @Override
    public Vector evaluate(RowBatch batch) {
        return compare(operator, left.evaluate(batch), right.evaluate(batch), batch.selectedRows());
    }

    /** Compares two vectors in these rows. */
    public static Vector compare(CompareOperator operator, Vector left, Vector right, int[] rows) {
        if (left instanceof ConstantVector && !(right instanceof ConstantVector)) {
            return compare(operator.flip(), right, left, rows);
        }
        if (right instanceof ConstantVector(Value constant, int length)) {
            return compareToConstant(operator, left, constant, rows);
        }
        if (left instanceof LongVector a && right instanceof LongVector b && a.kind() == b.kind()) {
            return compareLongs(operator, a, b, rows);
        }
        if (left instanceof DoubleVector a && right instanceof DoubleVector b) {
            return compareDoubles(operator, a, b, rows);
        }
        TruthBuilder truth = new TruthBuilder(left.length());
        for (int row : rows) {
            truth.set(row, compare(operator, left.value(row), right.value(row)));
        }
        return truth.build();
    }

    private static Vector compareToConstant(CompareOperator operator, Vector left, Value constant, int[] rows) {
        if (constant.isNull()) {
            return new ConstantVector(Value.NULL, left.length());
        }
        if (left instanceof LongVector longs
                && longs.kind() == LongKind.INTEGER
                && constant instanceof Value.IntegerValue(long number)) {
            return compareLongs(operator, longs, number, rows);
        }
        if (left instanceof DoubleVector doubles && constant instanceof Value.FloatValue(double number)) {
            return compareDoubles(operator, doubles, number, rows);
        }
        if (left instanceof DictionaryVector dictionary) {
            return compareEntries(operator, dictionary, constant, rows);
        }
        TruthBuilder truth = new TruthBuilder(left.length());
        for (int row : rows) {
            truth.set(row, compare(operator, left.value(row), constant));
        }
        return truth.build();
    }

    /** Every comparison with a constant is one with the ends of a range, or its opposite. */
    private static Vector compareLongs(CompareOperator operator, LongVector left, long constant, int[] rows) {
        return switch (operator) {
            case EQUAL -> within(left, constant, constant, true, rows);
            case NOT_EQUAL -> within(left, constant, constant, false, rows);
            case LESS -> within(left, constant, Long.MAX_VALUE, false, rows);
            case LESS_OR_EQUAL -> within(left, Long.MIN_VALUE, constant, true, rows);
            case GREATER -> within(left, Long.MIN_VALUE, constant, false, rows);
            case GREATER_OR_EQUAL -> within(left, constant, Long.MAX_VALUE, true, rows);
        };
    }

    private static Vector within(LongVector left, long least, long most, boolean wanted, int[] rows) {
        long[] values = left.values();
        boolean[] truth = new boolean[values.length];
        if (rows.length == values.length) {
            for (int row = 0; row < truth.length; row++) {
                truth[row] = (values[row] >= least & values[row] <= most) == wanted;
            }
        } else {
            for (int row : rows) {
                truth[row] = (values[row] >= least & values[row] <= most) == wanted;
            }
        }
        return new Vector.BooleanVector(truth, left.nulls());
    }

    private static Vector compareLongs(CompareOperator operator, LongVector left, LongVector right, int[] rows) {
        TruthBuilder truth = new TruthBuilder(left.length());
        for (int row : rows) {
            if (left.isNull(row) || right.isNull(row)) {
                truth.setUnknown(row);
            } else {
                truth.set(row, operator.holds(Long.compare(left.values()[row], right.values()[row])));
            }
        }
        return truth.build();
    }

    private static Vector compareDoubles(CompareOperator operator, DoubleVector left, double constant, int[] rows) {
        TruthBuilder truth = new TruthBuilder(left.length());
        for (int row : rows) {
            if (left.isNull(row)) {
                truth.setUnknown(row);
            } else {
                truth.set(row, holds(operator, left.values()[row], constant));
            }
        }
        return truth.build();
    }

    private static Vector compareDoubles(CompareOperator operator, DoubleVector left, DoubleVector right, int[] rows) {
        TruthBuilder truth = new TruthBuilder(left.length());
        for (int row : rows) {
            if (left.isNull(row) || right.isNull(row)) {
                truth.setUnknown(row);
            } else {
                truth.set(row, holds(operator, left.values()[row], right.values()[row]));
            }
        }
        return truth.build();
    }

    /** One comparison for each entry of the dictionary that occurs. */
    private static Vector compareEntries(CompareOperator operator, DictionaryVector left, Value constant, int[] rows) {
        byte[] byCode = new byte[left.dictionary().size()];
        boolean[] known = new boolean[byCode.length];
        TruthBuilder truth = new TruthBuilder(left.length());
        for (int row : rows) {
            int code = left.codes()[row];
            if (code < 0) {
                truth.setUnknown(row);
                continue;
            }
            if (!known[code]) {
                known[code] = true;
                byCode[code] = compare(operator, left.dictionary().get(code), constant);
            }
            truth.set(row, byCode[code]);
        }
        return truth.build();
    }

    static byte compare(CompareOperator operator, Value left, Value right) {
        return switch (operator) {
            case EQUAL -> TruthBuilder.of(Values.equal(left, right));
            case NOT_EQUAL -> negate(TruthBuilder.of(Values.equal(left, right)));
            case LESS -> TruthBuilder.of(Values.lessThan(left, right));
            case LESS_OR_EQUAL -> TruthBuilder.of(Values.lessOrEqual(left, right));
            case GREATER -> TruthBuilder.of(Values.lessThan(right, left));
            case GREATER_OR_EQUAL -> TruthBuilder.of(Values.lessOrEqual(right, left));
        };
    }

    static byte negate(byte truth) {
        return truth == UNKNOWN ? UNKNOWN : (byte) (1 - truth);
    }

    private static boolean holds(CompareOperator operator, double left, double right) {
        return switch (operator) {
            case EQUAL -> left == right;
            case NOT_EQUAL -> left != right;
            case LESS -> left < right;
            case LESS_OR_EQUAL -> left <= right;
            case GREATER -> left > right;
            case GREATER_OR_EQUAL -> left >= right;
        };
    }
}
