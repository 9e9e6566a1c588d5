package io.spangraph.engine.exec.expression;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.ConstantVector;
import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.ValueText;
import io.spangraph.model.value.Values;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code x IN list}. A list that is the same for all rows is searched by hash. */
record Membership(CompiledExpression operand, CompiledExpression list) implements CompiledExpression {

    @Override
    public Vector evaluate(RowBatch batch) {
        Vector wanted = operand.evaluate(batch);
        Vector lists = list.evaluate(batch);
        int[] rows = batch.selectedRows();
        if (lists instanceof ConstantVector constant) {
            return rows.length == 0 ? constant : inConstant(wanted, constant.constant(), rows);
        }
        TruthBuilder truth = new TruthBuilder(batch.physicalRows());
        for (int row : rows) {
            truth.set(row, isIn(wanted.value(row), lists.value(row)));
        }
        return truth.build();
    }

    private static Vector inConstant(Vector wanted, Value candidates, int[] rows) {
        if (candidates.isNull()) {
            return new ConstantVector(Value.NULL, wanted.length());
        }
        List<Value> elements = elements(candidates);
        boolean integers = elements.stream().allMatch(Value.IntegerValue.class::isInstance);
        if (integers && !elements.isEmpty() && wanted instanceof LongVector longs && longs.kind() == LongKind.INTEGER) {
            return inIntegers(longs, elements, rows);
        }
        if (elements.stream().allMatch(Value.StringValue.class::isInstance)) {
            Set<Value> texts = new HashSet<>(elements);
            return Vectors.map(
                    wanted,
                    rows,
                    value -> value.isNull() && !texts.isEmpty() ? Value.NULL : Value.of(texts.contains(value)));
        }
        return Vectors.map(wanted, rows, value -> toValue(isIn(value, candidates)));
    }

    private static Vector inIntegers(LongVector wanted, List<Value> elements, int[] rows) {
        long[] sorted = elements.stream()
                .mapToLong(element -> ((Value.IntegerValue) element).value())
                .sorted()
                .toArray();
        TruthBuilder truth = new TruthBuilder(wanted.length());
        for (int row : rows) {
            if (wanted.isNull(row)) {
                truth.setUnknown(row);
            } else {
                truth.set(row, Arrays.binarySearch(sorted, wanted.values()[row]) >= 0);
            }
        }
        return truth.build();
    }

    private static Value toValue(byte truth) {
        return truth == TruthBuilder.UNKNOWN ? Value.NULL : Value.of(truth == TruthBuilder.TRUE);
    }

    private static byte isIn(Value wanted, Value candidates) {
        if (candidates.isNull()) {
            return TruthBuilder.UNKNOWN;
        }
        byte truth = TruthBuilder.FALSE;
        for (Value candidate : elements(candidates)) {
            Optional<Boolean> equal = Values.equal(wanted, candidate);
            if (equal.isEmpty()) {
                truth = TruthBuilder.UNKNOWN;
            } else if (equal.get()) {
                return TruthBuilder.TRUE;
            }
        }
        return truth;
    }

    private static List<Value> elements(Value list) {
        if (list instanceof Value.ListValue(List<Value> elements)) {
            return elements;
        }
        throw QueryException.of(
                QueryErrorCode.TYPE_ERROR,
                "IN expected a List but got " + Values.typeName(list) + ": " + ValueText.excerpt(list) + ".");
    }
}
