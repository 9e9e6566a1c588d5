package io.spangraph.engine.exec.mapping;

import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.expression.Calculation;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.expr.Expression.ArithmeticOperator;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.schema.MappingExpression.Binary;
import io.spangraph.model.schema.MappingExpressions;
import io.spangraph.model.value.Value;

/**
 * Arithmetic of a mapping: that of queries, but that {@code /} divides floating point numbers and gives null where the
 * divisor is zero, as a mapping must not fail for a zero somewhere in a lake.
 */
final class MappingArithmetic {
    private MappingArithmetic() {}

    static CompiledExpression of(Binary binary, CompiledExpression left, CompiledExpression right) {
        return switch (binary.operator()) {
            case ADD -> whole(binary, ArithmeticOperator.ADD, left, right);
            case SUBTRACT -> whole(binary, ArithmeticOperator.SUBTRACT, left, right);
            case MULTIPLY -> whole(binary, ArithmeticOperator.MULTIPLY, left, right);
            case DIVIDE ->
                new Calculation(
                        ArithmeticOperator.DIVIDE,
                        new Operands.Floating(left, false),
                        new Operands.Floating(right, true));
            case OR, AND, EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, LIKE ->
                throw new IllegalArgumentException(binary.operator() + " is no arithmetic");
        };
    }

    static CompiledExpression negation(MappingExpression expression, CompiledExpression operand) {
        CompiledExpression zero = batch -> new Vector.ConstantVector(Value.of(0L), batch.physicalRows());
        return whole(expression, ArithmeticOperator.SUBTRACT, zero, operand);
    }

    private static CompiledExpression whole(
            MappingExpression expression,
            ArithmeticOperator operator,
            CompiledExpression left,
            CompiledExpression right) {
        CompiledExpression first = new Operands.Number(left);
        CompiledExpression second = new Operands.Number(right);
        return batch -> {
            Vector a = first.evaluate(batch);
            Vector b = second.evaluate(batch);
            return calculate(new Calculation(operator, same -> a, same -> b), batch, expression);
        };
    }

    private static Vector calculate(Calculation calculation, RowBatch batch, MappingExpression expression) {
        try {
            return calculation.evaluate(batch);
        } catch (QueryException overflow) {
            throw overflow.withHint("It is " + MappingExpressions.render(expression)
                    + " of the mapping: cast an operand to double there.");
        }
    }

    /** The nearest whole number, halves away from zero; null for what is beyond 64 bits. */
    static Value round(Value value) {
        if (value instanceof Value.FloatValue(double number)) {
            boolean fits = Math.abs(number) < 0x1p63;
            return fits ? Value.of(number < 0 ? -Math.round(-number) : Math.round(number)) : Value.NULL;
        }
        return value instanceof Value.IntegerValue ? value : Value.NULL;
    }
}
