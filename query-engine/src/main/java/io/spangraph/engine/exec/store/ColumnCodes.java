package io.spangraph.engine.exec.store;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.ValueSize;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.DictionaryVector;
import io.spangraph.engine.row.Vector.DoubleVector;
import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers the different values of one column from 0. Equivalent values get one number whatever the form of the vector they
 * come in: an integer in a long vector, the same integer as a general value, and the equal floating point number.
 */
final class ColumnCodes {
    static final int ABSENT = LongTable.ABSENT;
    private static final int UNKNOWN = -2;
    private static final long MAP_ENTRY_BYTES = 64;

    private final HeldMemory memory;
    /** By the kind of long; dates and times are looked up by their longs wherever those are exact. */
    private final LongTable[] longs = new LongTable[LongKind.values().length];
    /** Floating point numbers that are no integers, by their bits. */
    private final LongTable fractions;

    private final Map<String, Integer> texts = new HashMap<>();
    private final Map<Equivalence, Integer> others = new HashMap<>();
    private int size;
    private List<Value> translated = List.of();
    private int[] translation = new int[0];
    private int translatedAtSize;

    ColumnCodes(HeldMemory memory) {
        this.memory = memory;
        this.fractions = new LongTable(memory);
        Arrays.setAll(longs, kind -> new LongTable(memory));
    }

    int size() {
        return size;
    }

    /** The numbers of these rows of a vector; new values get new numbers, or {@link #ABSENT} when not adding. */
    int[] codes(Vector vector, int[] positions, boolean add) {
        return switch (vector) {
            case LongVector longVector -> ofLongs(longVector, positions, add);
            case DoubleVector doubles -> ofDoubles(doubles, positions, add);
            case DictionaryVector dictionary -> ofDictionary(dictionary, positions, add);
            case Vector.ConstantVector(Value constant, int length) -> ofConstant(constant, positions.length, add);
            case Vector.BooleanVector booleans -> ofValues(booleans, positions, add);
            case Vector.TextVector texts -> ofValues(texts, positions, add);
            case Vector.ValueVector values -> ofValues(values, positions, add);
        };
    }

    private int[] ofLongs(LongVector vector, int[] positions, boolean add) {
        LongTable table = longs[vector.kind().ordinal()];
        long[] values = vector.values();
        int[] codes = new int[positions.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] =
                    vector.isNull(positions[i]) ? ofOther(Value.NULL, add) : inTable(table, values[positions[i]], add);
        }
        return codes;
    }

    private int[] ofDoubles(DoubleVector vector, int[] positions, boolean add) {
        int[] codes = new int[positions.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = vector.isNull(positions[i])
                    ? ofOther(Value.NULL, add)
                    : ofDouble(vector.values()[positions[i]], add);
        }
        return codes;
    }

    @SuppressWarnings("ReferenceEquality")
    private int[] ofDictionary(DictionaryVector vector, int[] positions, boolean add) {
        List<Value> dictionary = vector.dictionary();
        boolean known = translated == dictionary && translation.length == dictionary.size();
        // Entries that were absent may have been added since, in another form.
        if (!known || (!add && translatedAtSize != size)) {
            translated = dictionary;
            translation = new int[dictionary.size()];
            Arrays.fill(translation, UNKNOWN);
        }
        int[] codes = new int[positions.length];
        for (int i = 0; i < codes.length; i++) {
            int entry = vector.codes()[positions[i]];
            if (entry < 0) {
                codes[i] = ofOther(Value.NULL, add);
                continue;
            }
            if (translation[entry] == UNKNOWN || (add && translation[entry] == ABSENT)) {
                translation[entry] = code(dictionary.get(entry), add);
            }
            codes[i] = translation[entry];
        }
        translatedAtSize = size;
        return codes;
    }

    private int[] ofConstant(Value constant, int count, boolean add) {
        int[] codes = new int[count];
        if (count > 0) {
            Arrays.fill(codes, code(constant, add));
        }
        return codes;
    }

    private int[] ofValues(Vector vector, int[] positions, boolean add) {
        int[] codes = new int[positions.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = code(vector.value(positions[i]), add);
        }
        return codes;
    }

    private int code(Value value, boolean add) {
        return switch (value) {
            case Value.IntegerValue(long number) -> inTable(longs[LongKind.INTEGER.ordinal()], number, add);
            case Value.FloatValue(double number) -> ofDouble(number, add);
            case Value.StringValue(String text) -> ofText(text, value, add);
            case Value.DateValue date ->
                inTable(longs[LongKind.DATE.ordinal()], date.value().toEpochDay(), add);
            case Value.LocalDateTimeValue(var time) ->
                ofTime(time.toEpochSecond(ZoneOffset.UTC), time.getNano(), LongKind.LOCAL_DATE_TIME, value, add);
            case Value.DateTimeValue(var time) ->
                ofTime(time.toEpochSecond(), time.getNano(), LongKind.DATE_TIME, value, add);
            case Value.NullValue none -> ofOther(value, add);
            case Value.BooleanValue flag -> ofOther(value, add);
            case Value.BytesValue bytes -> ofOther(value, add);
            case Value.LocalTimeValue time -> ofOther(value, add);
            case Value.TimeValue time -> ofOther(value, add);
            case Value.DurationValue duration -> ofOther(value, add);
            case Value.ListValue list -> ofOther(value, add);
            case Value.MapValue map -> ofOther(value, add);
            case Value.NodeValue node -> ofOther(value, add);
            case Value.RelationshipValue edge -> ofOther(value, add);
            case Value.PathValue path -> ofOther(value, add);
        };
    }

    private int ofDouble(double number, boolean add) {
        long whole = (long) number;
        return whole == number && whole != Long.MAX_VALUE
                ? inTable(longs[LongKind.INTEGER.ordinal()], whole, add)
                : inTable(fractions, Double.doubleToLongBits(number), add);
    }

    private int ofTime(long seconds, int nanos, LongKind kind, Value value, boolean add) {
        // Within these bounds, some 290,000 years, the microseconds fit into a long.
        boolean exact = nanos % 1000 == 0 && Math.abs(seconds) < Long.MAX_VALUE / 1_000_001;
        return exact ? inTable(longs[kind.ordinal()], seconds * 1_000_000 + nanos / 1000, add) : ofOther(value, add);
    }

    private int inTable(LongTable table, long key, boolean add) {
        if (!add) {
            return table.find(key);
        }
        int code = table.findOrAdd(key, size);
        if (code == size) {
            size++;
        }
        return code;
    }

    private int ofText(String text, Value value, boolean add) {
        Integer known = texts.get(text);
        if (known != null) {
            return known;
        }
        if (!add) {
            return ABSENT;
        }
        memory.reserve(MAP_ENTRY_BYTES + ValueSize.of(value));
        texts.put(text, size);
        return size++;
    }

    private int ofOther(Value value, boolean add) {
        Equivalence key = new Equivalence(value);
        Integer known = others.get(key);
        if (known != null) {
            return known;
        }
        if (!add) {
            return ABSENT;
        }
        memory.reserve(MAP_ENTRY_BYTES + ValueSize.of(value));
        others.put(key, size);
        return size++;
    }

    /** A value that equals what is equivalent to it, so that it can be the key of a map. */
    private record Equivalence(Value value) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Equivalence(Value otherValue) && Values.equivalent(value, otherValue);
        }

        @Override
        public int hashCode() {
            return Values.hash(value);
        }
    }
}
