package io.spangraph.engine.exec.mapping;

import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.expression.Vectors;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.BooleanVector;
import io.spangraph.engine.row.Vector.ConstantVector;
import io.spangraph.engine.row.Vector.DoubleVector;
import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.model.value.Value;
import java.util.BitSet;

/**
 * Operands of a certain type; values of other types are null. The types of columns are checked when a mapping is loaded,
 * but what stands in a JSON text shows only row by row.
 */
final class Operands {
    private Operands() {}

    /** A condition. */
    record Truth(CompiledExpression operand) implements CompiledExpression {
        @Override
        public Vector evaluate(RowBatch batch) {
            Vector input = operand.evaluate(batch);
            return input instanceof BooleanVector
                    ? input
                    : Vectors.map(
                            input,
                            batch.selectedRows(),
                            value -> value instanceof Value.BooleanValue ? value : Value.NULL);
        }
    }

    /** A number, as it is. */
    record Number(CompiledExpression operand) implements CompiledExpression {
        @Override
        public Vector evaluate(RowBatch batch) {
            Vector input = operand.evaluate(batch);
            return isNumeric(input)
                    ? input
                    : Vectors.map(input, batch.selectedRows(), value -> isNumber(value) ? value : Value.NULL);
        }
    }

    /** A number as a floating point one. */
    record Floating(CompiledExpression operand, boolean divisor) implements CompiledExpression {
        @Override
        public Vector evaluate(RowBatch batch) {
            Vector input = operand.evaluate(batch);
            if (input instanceof ConstantVector(Value constant, int length)) {
                return new ConstantVector(floating(constant), length);
            }
            double[] values = new double[input.length()];
            BitSet nulls = new BitSet();
            for (int row : batch.selectedRows()) {
                double number = at(input, row);
                if (Double.isNaN(number) && !isNaN(input, row) || divisor && number == 0) {
                    nulls.set(row);
                } else {
                    values[row] = number;
                }
            }
            return new DoubleVector(values, NullMask.of(nulls));
        }

        private Value floating(Value value) {
            return isNumber(value) && !(divisor && asDouble(value) == 0) ? Value.of(asDouble(value)) : Value.NULL;
        }

        /** NaN for what is no number. */
        private static double at(Vector input, int row) {
            if (input.isNull(row)) {
                return Double.NaN;
            }
            return switch (input) {
                case LongVector longs when longs.kind() == LongKind.INTEGER -> longs.values()[row];
                case DoubleVector doubles -> doubles.values()[row];
                case Vector other -> isNumber(other.value(row)) ? asDouble(other.value(row)) : Double.NaN;
            };
        }

        private static boolean isNaN(Vector input, int row) {
            return input.value(row) instanceof Value.FloatValue(double number) && Double.isNaN(number);
        }
    }

    static boolean isNumber(Value value) {
        return value instanceof Value.IntegerValue || value instanceof Value.FloatValue;
    }

    static double asDouble(Value number) {
        return number instanceof Value.FloatValue(double value) ? value : ((Value.IntegerValue) number).value();
    }

    private static boolean isNumeric(Vector vector) {
        return vector instanceof DoubleVector || vector instanceof LongVector longs && longs.kind() == LongKind.INTEGER;
    }
}
