package io.spangraph.engine.testkit;

import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.model.table.ColumnType;
import io.spangraph.model.value.Value;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.ToLongFunction;

/** Values as the vectors that a real source makes of a column of their type. */
public final class TypedVectors {
    private TypedVectors() {}

    public static Vector of(ColumnType type, List<Value> values) {
        if (!(type instanceof ColumnType.Primitive primitive)) {
            return general(values);
        }
        return switch (primitive) {
            case INT, LONG -> longs(values, LongKind.INTEGER, value -> ((Value.IntegerValue) value).value());
            case DATE ->
                longs(
                        values,
                        LongKind.DATE,
                        value -> ((Value.DateValue) value).value().toEpochDay());
            case TIMESTAMP ->
                longs(
                        values,
                        LongKind.LOCAL_DATE_TIME,
                        value -> micros(
                                ((Value.LocalDateTimeValue) value).value().toInstant(ZoneOffset.UTC)));
            case TIMESTAMPTZ ->
                longs(
                        values,
                        LongKind.DATE_TIME,
                        value -> micros(((Value.DateTimeValue) value).value().toInstant()));
            case FLOAT, DOUBLE -> doubles(values);
            case BOOLEAN -> booleans(values);
            case STRING -> dictionary(values);
            case BINARY, UUID, TIME -> general(values);
        };
    }

    private static Vector longs(List<Value> values, LongKind kind, ToLongFunction<Value> number) {
        long[] numbers = new long[values.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = values.get(i).isNull() ? 0 : number.applyAsLong(values.get(i));
        }
        return new Vector.LongVector(numbers, nulls(values), kind);
    }

    private static Vector doubles(List<Value> values) {
        double[] numbers = new double[values.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = values.get(i) instanceof Value.FloatValue(double number) ? number : 0;
        }
        return new Vector.DoubleVector(numbers, nulls(values));
    }

    private static Vector booleans(List<Value> values) {
        boolean[] flags = new boolean[values.size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = values.get(i).isTrue();
        }
        return new Vector.BooleanVector(flags, nulls(values));
    }

    private static Vector dictionary(List<Value> values) {
        List<Value> entries = new ArrayList<>();
        int[] codes = new int[values.size()];
        for (int i = 0; i < codes.length; i++) {
            Value value = values.get(i);
            if (value.isNull()) {
                codes[i] = -1;
                continue;
            }
            if (!entries.contains(value)) {
                entries.add(value);
            }
            codes[i] = entries.indexOf(value);
        }
        return new Vector.DictionaryVector(codes, entries);
    }

    private static Vector general(List<Value> values) {
        return new Vector.ValueVector(values.toArray(Value[]::new));
    }

    private static NullMask nulls(List<Value> values) {
        BitSet bits = new BitSet();
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).isNull()) {
                bits.set(i);
            }
        }
        return NullMask.of(bits);
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000L + instant.getNano() / 1000;
    }
}
