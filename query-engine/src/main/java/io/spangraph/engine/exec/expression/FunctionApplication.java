package io.spangraph.engine.exec.expression;

import io.spangraph.engine.expr.FunctionContext;
import io.spangraph.engine.expr.ScalarFunction;
import io.spangraph.engine.expr.ScalarFunctions;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.ConstantVector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A call of a scalar function; once for each dictionary entry when all other arguments are constant. */
record FunctionApplication(ScalarFunction function, List<CompiledExpression> arguments, FunctionContext context)
        implements CompiledExpression {
    @Override
    public Vector evaluate(RowBatch batch) {
        List<Vector> inputs =
                arguments.stream().map(argument -> argument.evaluate(batch)).toList();
        int[] rows = batch.selectedRows();
        int[] varying = varying(inputs);
        boolean changing = ScalarFunctions.isVolatile(function.name());
        if (!changing && varying.length == 0) {
            Value result = rows.length == 0 ? Value.NULL : call(inputs, rows[0]);
            return new ConstantVector(result, batch.physicalRows());
        }
        if (!changing && varying.length == 1) {
            return Vectors.map(inputs.get(varying[0]), rows, value -> call(inputs, varying[0], value));
        }
        Value[] results = Vectors.nulls(batch.physicalRows());
        for (int row : rows) {
            results[row] = call(inputs, row);
        }
        return Vectors.ofValues(results, rows);
    }

    private static int[] varying(List<Vector> inputs) {
        int[] varying = new int[inputs.size()];
        int count = 0;
        for (int i = 0; i < varying.length; i++) {
            if (!(inputs.get(i) instanceof ConstantVector)) {
                varying[count++] = i;
            }
        }
        return Arrays.copyOf(varying, count);
    }

    private Value call(List<Vector> inputs, int row) {
        List<Value> values = new ArrayList<>(inputs.size());
        for (Vector input : inputs) {
            values.add(input.value(row));
        }
        return call(values);
    }

    private Value call(List<Vector> inputs, int varying, Value value) {
        List<Value> values = new ArrayList<>(inputs.size());
        for (int i = 0; i < inputs.size(); i++) {
            values.add(i == varying ? value : inputs.get(i).value(0));
        }
        return call(values);
    }

    private Value call(List<Value> values) {
        if (function.nullInNullOut() && values.stream().anyMatch(Value::isNull)) {
            return Value.NULL;
        }
        return function.body().apply(values, context);
    }
}
