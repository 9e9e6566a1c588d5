package io.spangraph.engine.exec.basic;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.expression.Vectors;
import io.spangraph.engine.exec.store.Gather;
import io.spangraph.engine.row.PackedTexts;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A row for each element of a list; none for null and for an empty list. A value that is no list counts as a list of
 * itself. A list is taken in pieces, so that a long one never makes a large batch.
 */
public final class UnwindOperator implements Operator {
    private final Operator input;
    private final CompiledExpression list;
    private final RowLayout layout;
    private final QueryContext context;
    private RowBatch rows = RowBatch.of(List.of(), 0);
    private Vector lists = new Vector.ConstantVector(Value.NULL, 0);
    private int nextRow;
    private int nextElement;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    /** @param layout the columns of the input and the element's behind them */
    public UnwindOperator(Operator input, CompiledExpression list, RowLayout layout, QueryContext context) {
        this.input = input;
        this.list = list;
        this.layout = layout;
        this.context = context;
    }

    @Override
    public RowLayout layout() {
        return layout;
    }

    @Override
    public boolean advance() {
        while (true) {
            context.cancellation().poll();
            if (nextRow < rows.rowCount()) {
                if (unwind()) {
                    return true;
                }
            } else if (input.advance()) {
                rows = input.batch();
                lists = list.evaluate(rows);
                nextRow = 0;
                nextElement = 0;
            } else {
                return false;
            }
        }
    }

    /** Fills one batch from where the last one ended; false when only empty lists were left. */
    private boolean unwind() {
        int[] origins = new int[RowBatch.TARGET_ROWS];
        Value[] elements = new Value[RowBatch.TARGET_ROWS];
        int count = 0;
        while (nextRow < rows.rowCount() && count < RowBatch.TARGET_ROWS) {
            int row = rows.physicalRow(nextRow);
            List<Value> values = elementsOf(lists.value(row));
            while (nextElement < values.size() && count < RowBatch.TARGET_ROWS) {
                origins[count] = row;
                elements[count++] = values.get(nextElement++);
            }
            if (nextElement >= values.size()) {
                nextRow++;
                nextElement = 0;
            }
        }
        if (count == 0) {
            return false;
        }
        batch = repeated(Arrays.copyOf(origins, count), Arrays.copyOf(elements, count));
        return true;
    }

    private RowBatch repeated(int[] origins, Value[] elements) {
        List<Vector> columns = new ArrayList<>();
        for (Vector column : rows.columns()) {
            columns.add(repeated(column, origins));
        }
        int[] all = new int[origins.length];
        Arrays.setAll(all, row -> row);
        columns.add(Vectors.ofValues(elements, all));
        return RowBatch.of(columns, origins.length);
    }

    /** In the form that the vector has; of a text no byte is copied, as it may be long and repeated often. */
    private static Vector repeated(Vector column, int[] origins) {
        if (!(column instanceof Vector.TextVector texts)) {
            return Gather.rows(column, origins);
        }
        int[] codes = new int[origins.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = texts.isNull(origins[i]) ? -1 : origins[i];
        }
        return new Vector.DictionaryVector(codes, new PackedTexts(texts.utf8(), texts.offsets()));
    }

    private static List<Value> elementsOf(Value value) {
        if (value instanceof Value.ListValue(List<Value> elements)) {
            return elements;
        }
        return value.isNull() ? List.of() : List.of(value);
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public void close() {
        input.close();
    }
}
