package io.spangraph.engine.exec.mapping;

import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.BooleanVector;
import io.spangraph.engine.row.Vector.ConstantVector;
import io.spangraph.engine.row.Vector.DictionaryVector;
import io.spangraph.engine.row.Vector.DoubleVector;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.engine.row.Vector.TextVector;
import io.spangraph.engine.row.Vector.ValueVector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * An expression over one column, which is evaluated once for each different entry of that column's dictionary where it has
 * one: storage hands out labels and types that way, and a batch holds few of them.
 *
 * @param column the only column that the expression reads
 */
record EntryWise(int column, CompiledExpression expression) implements CompiledExpression {
    private static final Value UNUSED_ENTRY = Value.of("");

    @Override
    public Vector evaluate(RowBatch batch) {
        Vector input = batch.column(column);
        if (input instanceof DictionaryVector dictionary) {
            return overEntries(batch, dictionary);
        }
        if (input instanceof ConstantVector(Value constant, int length)) {
            Value result =
                    batch.rowCount() == 0 ? Value.NULL : over(batch, constant).value(0);
            return new ConstantVector(result, length);
        }
        return expression.evaluate(batch);
    }

    private Vector overEntries(RowBatch batch, DictionaryVector input) {
        int[] rows = batch.selectedRows();
        int[] codes = input.codes();
        // By code, shifted by one to leave room for null: which of the evaluated entries it is, counted from 1.
        int[] entryOf = new int[input.dictionary().size() + 1];
        List<Value> entries = new ArrayList<>();
        int[] entryAt = new int[codes.length];
        for (int row : rows) {
            int code = Math.max(-1, codes[row]) + 1;
            if (entryOf[code] == 0) {
                entries.add(code == 0 ? Value.NULL : input.dictionary().get(code - 1));
                entryOf[code] = entries.size();
            }
            entryAt[row] = entryOf[code] - 1;
        }
        return spread(over(batch, entries.toArray(Value[]::new)), entries.size(), rows, entryAt);
    }

    private Vector over(RowBatch batch, Value... values) {
        List<Vector> columns = new ArrayList<>();
        for (int i = 0; i < batch.columns().size(); i++) {
            columns.add(i == column ? new ValueVector(values) : new ConstantVector(Value.NULL, values.length));
        }
        return expression.evaluate(RowBatch.of(columns, values.length));
    }

    private static Vector spread(Vector results, int entries, int[] rows, int[] entryAt) {
        NullMask nulls = nulls(results, rows, entryAt);
        return switch (results) {
            case ConstantVector(Value constant, int length) -> new ConstantVector(constant, entryAt.length);
            case LongVector longs -> {
                long[] values = new long[entryAt.length];
                for (int row : rows) {
                    values[row] = longs.values()[entryAt[row]];
                }
                yield new LongVector(values, nulls, longs.kind());
            }
            case DoubleVector doubles -> {
                double[] values = new double[entryAt.length];
                for (int row : rows) {
                    values[row] = doubles.values()[entryAt[row]];
                }
                yield new DoubleVector(values, nulls);
            }
            case BooleanVector booleans -> {
                boolean[] values = new boolean[entryAt.length];
                for (int row : rows) {
                    values[row] = booleans.values()[entryAt[row]];
                }
                yield new BooleanVector(values, nulls);
            }
            case DictionaryVector texts -> spreadTexts(texts, entries, rows, entryAt);
            case TextVector texts -> spreadTexts(texts, entries, rows, entryAt);
            case ValueVector values -> spreadValues(values, entries, rows, entryAt);
        };
    }

    private static NullMask nulls(Vector results, int[] rows, int[] entryAt) {
        BitSet nulls = new BitSet();
        for (int row : rows) {
            if (results.isNull(entryAt[row])) {
                nulls.set(row);
            }
        }
        return NullMask.of(nulls);
    }

    private static Vector spreadValues(ValueVector results, int entries, int[] rows, int[] entryAt) {
        boolean texts = true;
        for (int entry = 0; entry < entries; entry++) {
            texts &= results.isNull(entry) || results.value(entry) instanceof Value.StringValue;
        }
        if (texts) {
            return spreadTexts(results, entries, rows, entryAt);
        }
        Value[] values = new Value[entryAt.length];
        Arrays.fill(values, Value.NULL);
        for (int row : rows) {
            values[row] = results.value(entryAt[row]);
        }
        return new ValueVector(values);
    }

    private static Vector spreadTexts(Vector results, int entries, int[] rows, int[] entryAt) {
        Value[] dictionary = new Value[entries];
        for (int entry = 0; entry < entries; entry++) {
            dictionary[entry] = results.isNull(entry) ? UNUSED_ENTRY : results.value(entry);
        }
        int[] codes = new int[entryAt.length];
        Arrays.fill(codes, -1);
        for (int row : rows) {
            codes[row] = results.isNull(entryAt[row]) ? -1 : entryAt[row];
        }
        return new DictionaryVector(codes, List.of(dictionary));
    }
}
