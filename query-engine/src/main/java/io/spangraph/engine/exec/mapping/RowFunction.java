package io.spangraph.engine.exec.mapping;

import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.expression.Vectors;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.ConstantVector;
import io.spangraph.model.value.Value;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A function of the values of a row; once for each dictionary entry where all operands but one are constant. */
record RowFunction(List<CompiledExpression> operands, Function<Value[], Value> function) implements CompiledExpression {

    @Override
    public Vector evaluate(RowBatch batch) {
        List<Vector> vectors =
                operands.stream().map(operand -> operand.evaluate(batch)).toList();
        int[] rows = batch.selectedRows();
        int[] varying = IntStream.range(0, vectors.size())
                .filter(i -> !(vectors.get(i) instanceof ConstantVector))
                .toArray();
        Value[] arguments = new Value[vectors.size()];
        if (varying.length < 2 && rows.length > 0) {
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = vectors.get(i).value(rows[0]);
            }
            int only = varying.length == 0 ? 0 : varying[0];
            return Vectors.map(vectors.get(only), rows, value -> {
                arguments[only] = value;
                return function.apply(arguments);
            });
        }
        Value[] results = Vectors.nulls(batch.physicalRows());
        for (int row : rows) {
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = vectors.get(i).value(row);
            }
            results[row] = function.apply(arguments);
        }
        return Vectors.ofValues(results, rows);
    }
}
