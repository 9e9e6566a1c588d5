package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.ConstantVector;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.util.ArrayList;
import java.util.List;

/** Adds what files tell by their metadata to the one row that was aggregated from all others. */
public final class MetadataAggregation implements Operator {
    private final Operator scanned;
    private final List<AggregateFunction> functions;
    private final List<List<Value>> answers;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    /**
     * @param scanned gives exactly one row, with a column for each function
     * @param answers values for each function, any number of times
     */
    public MetadataAggregation(Operator scanned, List<AggregateFunction> functions, List<List<Value>> answers) {
        this.scanned = scanned;
        this.functions = List.copyOf(functions);
        this.answers = List.copyOf(answers);
    }

    @Override
    public RowLayout layout() {
        return scanned.layout();
    }

    @Override
    public boolean advance() {
        if (!scanned.advance()) {
            return false;
        }
        RowBatch row = scanned.batch();
        List<Vector> columns = new ArrayList<>(functions.size());
        for (int i = 0; i < functions.size(); i++) {
            Value result = row.value(0, i);
            for (List<Value> answer : answers) {
                result = combined(functions.get(i), result, answer.get(i));
            }
            columns.add(new ConstantVector(result, 1));
        }
        batch = RowBatch.of(columns, 1);
        return true;
    }

    private static Value combined(AggregateFunction function, Value left, Value right) {
        return switch (function) {
            case COUNT_ROWS, COUNT ->
                Value.of(Math.addExact(((Value.IntegerValue) left).value(), ((Value.IntegerValue) right).value()));
            case MIN -> extreme(left, right, -1);
            case MAX -> extreme(left, right, 1);
            case SUM, AVG, COLLECT, COLLECT_ROWS, STDEV, STDEVP, PERCENTILE_CONT, PERCENTILE_DISC ->
                throw new IllegalStateException("metadata tell nothing about " + function);
        };
    }

    private static Value extreme(Value left, Value right, int sign) {
        if (left.isNull() || right.isNull()) {
            return left.isNull() ? right : left;
        }
        return Integer.signum(Values.compareForOrder(right, left)) == sign ? right : left;
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public void close() {
        scanned.close();
    }
}
