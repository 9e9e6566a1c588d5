package io.spangraph.engine.exec.expression;

import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.BooleanVector;
import io.spangraph.engine.row.Vector.ConstantVector;
import io.spangraph.engine.row.Vector.DictionaryVector;
import io.spangraph.engine.row.Vector.DoubleVector;
import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.engine.row.Vector.ValueVector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.UnaryOperator;

/** Makes vectors of values and of other vectors, in the most specific form that holds them. */
public final class Vectors {
    private static final Value UNUSED_ENTRY = Value.of("");

    private Vectors() {}

    /** A vector of these values; those in other rows than the given ones have no meaning. */
    public static Vector ofValues(Value[] values, int[] rows) {
        boolean integers = true;
        boolean floats = true;
        boolean booleans = true;
        for (int row : rows) {
            Value value = values[row];
            boolean absent = value.isNull();
            integers &= absent || value instanceof Value.IntegerValue;
            floats &= absent || value instanceof Value.FloatValue;
            booleans &= absent || value instanceof Value.BooleanValue;
            if (!integers && !floats && !booleans) {
                return new ValueVector(values);
            }
        }
        if (integers && floats) {
            return new ConstantVector(Value.NULL, values.length);
        }
        return integers ? longs(values, rows) : floats ? doubles(values, rows) : booleans(values, rows);
    }

    private static LongVector longs(Value[] values, int[] rows) {
        long[] numbers = new long[values.length];
        BitSet nulls = new BitSet();
        for (int row : rows) {
            if (values[row] instanceof Value.IntegerValue(long number)) {
                numbers[row] = number;
            } else {
                nulls.set(row);
            }
        }
        return new LongVector(numbers, NullMask.of(nulls), LongKind.INTEGER);
    }

    private static DoubleVector doubles(Value[] values, int[] rows) {
        double[] numbers = new double[values.length];
        BitSet nulls = new BitSet();
        for (int row : rows) {
            if (values[row] instanceof Value.FloatValue(double number)) {
                numbers[row] = number;
            } else {
                nulls.set(row);
            }
        }
        return new DoubleVector(numbers, NullMask.of(nulls));
    }

    private static BooleanVector booleans(Value[] values, int[] rows) {
        TruthBuilder truth = new TruthBuilder(values.length);
        for (int row : rows) {
            truth.set(row, TruthBuilder.of(values[row]));
        }
        return truth.build();
    }

    /** Room for values of which only some rows will be set. */
    public static Value[] nulls(int length) {
        Value[] values = new Value[length];
        Arrays.fill(values, Value.NULL);
        return values;
    }

    /** Applies a function to each row; once for each dictionary entry where the vector has a dictionary. */
    public static Vector map(Vector input, int[] rows, UnaryOperator<Value> function) {
        if (input instanceof ConstantVector(Value constant, int length)) {
            return new ConstantVector(rows.length == 0 ? Value.NULL : function.apply(constant), length);
        }
        if (input instanceof DictionaryVector dictionary) {
            return mapDictionary(dictionary, rows, function);
        }
        Value[] results = nulls(input.length());
        for (int row : rows) {
            results[row] = function.apply(input.value(row));
        }
        return ofValues(results, rows);
    }

    private static Vector mapDictionary(DictionaryVector input, int[] rows, UnaryOperator<Value> function) {
        int[] codes = input.codes();
        Value[] byCode = new Value[input.dictionary().size()];
        boolean texts = true;
        Value ofNull = UNUSED_ENTRY;
        boolean nullSeen = false;
        for (int row : rows) {
            int code = codes[row];
            if (code < 0) {
                if (!nullSeen) {
                    ofNull = function.apply(Value.NULL);
                    nullSeen = true;
                    texts &= ofNull.isNull();
                }
            } else if (byCode[code] == null) {
                byCode[code] = function.apply(input.dictionary().get(code));
                texts &= byCode[code].isNull() || byCode[code] instanceof Value.StringValue;
            }
        }
        return texts ? recoded(codes, rows, byCode) : spread(codes, rows, byCode, ofNull);
    }

    private static Vector recoded(int[] codes, int[] rows, Value[] byCode) {
        int[] recoded = new int[codes.length];
        Arrays.fill(recoded, -1);
        for (int row : rows) {
            int code = codes[row];
            recoded[row] = code < 0 || byCode[code].isNull() ? -1 : code;
        }
        Value[] entries = new Value[byCode.length];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = byCode[i] == null || byCode[i].isNull() ? UNUSED_ENTRY : byCode[i];
        }
        return new DictionaryVector(recoded, List.of(entries));
    }

    private static Vector spread(int[] codes, int[] rows, Value[] byCode, Value ofNull) {
        Value[] results = nulls(codes.length);
        for (int row : rows) {
            results[row] = codes[row] < 0 ? ofNull : byCode[codes[row]];
        }
        return ofValues(results, rows);
    }

    /**
     * Takes each row from one of several vectors.
     *
     * @param choice by row: which source; a negative number gives null
     */
    public static Vector choose(List<Vector> sources, int[] choice, int[] rows) {
        if (sources.stream().allMatch(Vectors::isIntegers)) {
            return chooseLongs(sources, choice, rows);
        }
        if (sources.stream().allMatch(Vectors::isTexts)) {
            return chooseTexts(sources, choice, rows);
        }
        Value[] values = nulls(choice.length);
        for (int row : rows) {
            if (choice[row] >= 0) {
                values[row] = sources.get(choice[row]).value(row);
            }
        }
        return ofValues(values, rows);
    }

    private static boolean isIntegers(Vector vector) {
        return vector instanceof LongVector longs && longs.kind() == LongKind.INTEGER
                || vector instanceof ConstantVector(Value constant, int length)
                        && (constant instanceof Value.IntegerValue || constant.isNull());
    }

    private static boolean isTexts(Vector vector) {
        return vector instanceof DictionaryVector
                || vector instanceof ConstantVector(Value constant, int length)
                        && (constant instanceof Value.StringValue || constant.isNull());
    }

    private static Vector chooseLongs(List<Vector> sources, int[] choice, int[] rows) {
        long[] numbers = new long[choice.length];
        BitSet nulls = new BitSet();
        for (int row : rows) {
            Vector source = choice[row] < 0 ? new ConstantVector(Value.NULL, 1) : sources.get(choice[row]);
            if (source.isNull(row)) {
                nulls.set(row);
            } else if (source instanceof LongVector longs) {
                numbers[row] = longs.values()[row];
            } else if (source.value(row) instanceof Value.IntegerValue(long number)) {
                numbers[row] = number;
            }
        }
        return new LongVector(numbers, NullMask.of(nulls), LongKind.INTEGER);
    }

    private static Vector chooseTexts(List<Vector> sources, int[] choice, int[] rows) {
        List<Value> entries = new ArrayList<>();
        int[] offsets = new int[sources.size()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = entries.size();
            if (sources.get(i) instanceof DictionaryVector dictionary) {
                entries.addAll(dictionary.dictionary());
            } else if (sources.get(i) instanceof ConstantVector constant
                    && !constant.constant().isNull()) {
                entries.add(constant.constant());
            }
        }
        int[] codes = new int[choice.length];
        Arrays.fill(codes, -1);
        for (int row : rows) {
            int chosen = choice[row];
            if (chosen >= 0 && !sources.get(chosen).isNull(row)) {
                int code = sources.get(chosen) instanceof DictionaryVector dictionary
                        ? dictionary.codes()[row]
                        : 0;
                codes[row] = offsets[chosen] + code;
            }
        }
        return new DictionaryVector(codes, entries);
    }
}
