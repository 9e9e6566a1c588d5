package io.spangraph.engine.exec.expression;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.expr.Expression.ArithmeticOperator;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.ConstantVector;
import io.spangraph.engine.row.Vector.DoubleVector;
import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.model.value.Value;
import java.util.BitSet;

/** Arithmetic of two expressions: typed loops over whole numbers and floats, value by value otherwise. */
public record Calculation(ArithmeticOperator operator, CompiledExpression left, CompiledExpression right)
        implements CompiledExpression {

    @Override
    public Vector evaluate(RowBatch batch) {
        Vector a = left.evaluate(batch);
        Vector b = right.evaluate(batch);
        int[] rows = batch.selectedRows();
        if (a instanceof ConstantVector(Value x, int length) && b instanceof ConstantVector(Value y, int sameLength)) {
            return new ConstantVector(
                    rows.length == 0 ? Value.NULL : ValueArithmetic.calculate(operator, x, y), length);
        }
        if (isWhole(a) && isWhole(b) && staysWhole(operator)) {
            return dividesByConstant(b) && a instanceof LongVector numbers && batch.isWhole()
                    ? divideByConstant(numbers, ((ConstantVector) b).constant())
                    : calculateLongs(a, b, rows);
        }
        if (isNumeric(a) && isNumeric(b) && operator != ArithmeticOperator.CONCATENATE) {
            return calculateDoubles(a, b, rows);
        }
        Value[] results = Vectors.nulls(batch.physicalRows());
        for (int row : rows) {
            results[row] = ValueArithmetic.calculate(operator, a.value(row), b.value(row));
        }
        return Vectors.ofValues(results, rows);
    }

    /** Whether the divisor is the same for all rows and fails for none. */
    private boolean dividesByConstant(Vector divisor) {
        return (operator == ArithmeticOperator.DIVIDE || operator == ArithmeticOperator.MODULO)
                && divisor instanceof ConstantVector constant
                && constant.constant() instanceof Value.IntegerValue(long number)
                && number >= 2;
    }

    private Vector divideByConstant(LongVector numbers, Value divisor) {
        ConstantDivisor constant = ConstantDivisor.of(((Value.IntegerValue) divisor).value());
        long[] results = operator == ArithmeticOperator.DIVIDE
                ? constant.quotients(numbers.values())
                : constant.remainders(numbers.values());
        return new LongVector(results, numbers.nulls(), LongKind.INTEGER);
    }

    private static boolean staysWhole(ArithmeticOperator operator) {
        return operator != ArithmeticOperator.POWER && operator != ArithmeticOperator.CONCATENATE;
    }

    private static boolean isWhole(Vector vector) {
        return vector instanceof LongVector longs && longs.kind() == LongKind.INTEGER
                || vector instanceof ConstantVector constant && constant.constant() instanceof Value.IntegerValue;
    }

    private static boolean isNumeric(Vector vector) {
        return isWhole(vector)
                || vector instanceof DoubleVector
                || vector instanceof ConstantVector constant && constant.constant() instanceof Value.FloatValue;
    }

    private Vector calculateLongs(Vector a, Vector b, int[] rows) {
        long[] results = new long[a.length()];
        BitSet nulls = new BitSet();
        for (int row : rows) {
            if (a.isNull(row) || b.isNull(row)) {
                nulls.set(row);
            } else {
                results[row] = calculate(operator, wholeAt(a, row), wholeAt(b, row));
            }
        }
        return new LongVector(results, NullMask.of(nulls), LongKind.INTEGER);
    }

    private Vector calculateDoubles(Vector a, Vector b, int[] rows) {
        double[] results = new double[a.length()];
        BitSet nulls = new BitSet();
        for (int row : rows) {
            if (a.isNull(row) || b.isNull(row)) {
                nulls.set(row);
            } else {
                results[row] = calculate(operator, doubleAt(a, row), doubleAt(b, row));
            }
        }
        return new DoubleVector(results, NullMask.of(nulls));
    }

    private static long wholeAt(Vector vector, int row) {
        return vector instanceof LongVector longs
                ? longs.values()[row]
                : ((Value.IntegerValue) vector.value(row)).value();
    }

    private static double doubleAt(Vector vector, int row) {
        return switch (vector) {
            case DoubleVector doubles -> doubles.values()[row];
            case LongVector longs -> longs.values()[row];
            case Vector other ->
                other.value(row) instanceof Value.FloatValue(double number) ? number : wholeAt(other, row);
        };
    }

    static long calculate(ArithmeticOperator operator, long a, long b) {
        try {
            return switch (operator) {
                case ADD -> Math.addExact(a, b);
                case SUBTRACT -> Math.subtractExact(a, b);
                case MULTIPLY -> Math.multiplyExact(a, b);
                case DIVIDE -> Math.divideExact(a, b);
                case MODULO -> a % b;
                case POWER, CONCATENATE -> throw new IllegalArgumentException(operator + " never gives a whole number");
            };
        } catch (ArithmeticException failed) {
            boolean byZero = b == 0 && (operator == ArithmeticOperator.DIVIDE || operator == ArithmeticOperator.MODULO);
            String text = a + " " + operator.symbol() + " " + b;
            throw QueryException.of(
                            QueryErrorCode.ARITHMETIC_ERROR,
                            byZero
                                    ? "Division by zero: " + text + "."
                                    : "Integer overflow: " + text + " does not fit into 64 bits.")
                    .withHint(
                            byZero
                                    ? "Leave such rows out, for instance by a WHERE or CASE."
                                    : "Calculate with floats: toFloat(...).")
                    .causedBy(failed);
        }
    }

    static double calculate(ArithmeticOperator operator, double a, double b) {
        return switch (operator) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case MODULO -> a % b;
            case POWER -> Math.pow(a, b);
            case CONCATENATE -> throw new IllegalArgumentException("numbers are not joined");
        };
    }

    /** The opposite number. */
    record Opposite(CompiledExpression operand) implements CompiledExpression {
        @Override
        public Vector evaluate(RowBatch batch) {
            return Vectors.map(operand.evaluate(batch), batch.selectedRows(), ValueArithmetic::negate);
        }
    }
}
