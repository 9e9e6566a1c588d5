package io.spangraph.engine.exec.store;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.TextEntries;
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
import java.util.Optional;

/**
 * Numbers the different values of one column from 0. Equivalent values get one number whatever the form of the vector they
 * come in: an integer in a long vector, the same integer as a general value, and the equal floating point number.
 */
final class ColumnCodes {
    static final int ABSENT = LongTable.ABSENT;
    private static final long MAP_ENTRY_BYTES = 64;

    private final HeldMemory memory;
    /** By the kind of long; dates and times are looked up by their longs wherever those are exact. */
    private final LongCodes[] longs = new LongCodes[LongKind.values().length];
    /** Floating point numbers that are no integers, by their bits. */
    private final LongTable fractions;

    private final TextTable texts;
    private final Map<Equivalence, Integer> others = new HashMap<>();
    private final DictionaryCodes dictionaries = new DictionaryCodes();
    /** Where a text may have more than one number. */
    private final Optional<FreshEntries> freshEntries;

    private Optional<int[]> newRows = Optional.empty();
    private int size;

    ColumnCodes(HeldMemory memory) {
        this(memory, Optional.empty());
    }

    /** @param freshEntries says which entries of dictionaries get numbers without a look */
    ColumnCodes(HeldMemory memory, Optional<FreshEntries> freshEntries) {
        this.memory = memory;
        this.freshEntries = freshEntries;
        this.fractions = new LongTable(memory);
        this.texts = new TextTable(memory);
        Arrays.setAll(longs, kind -> new LongCodes(memory));
    }

    int size() {
        return size;
    }

    /** The numbers of these rows of a vector; new values get new numbers, or {@link #ABSENT} when not adding. */
    int[] codes(Vector vector, int[] positions, boolean add) {
        int[] codes = new int[positions.length];
        codes(vector, positions, false, add, codes);
        return codes;
    }

    /** @param whole the positions are all rows of the vector from the first on */
    void codes(Vector vector, int[] positions, boolean whole, boolean add, int[] into) {
        newRows = Optional.empty();
        switch (vector) {
            case LongVector longVector -> ofLongs(longVector, positions, whole, add, into);
            case DoubleVector doubles -> ofDoubles(doubles, positions, add, into);
            case DictionaryVector dictionary -> ofDictionary(dictionary, positions, whole, add, into);
            case Vector.TextVector utf8 -> ofTexts(utf8, positions, add, into);
            case Vector.ConstantVector(Value constant, int length) -> {
                if (positions.length > 0) {
                    Arrays.fill(into, 0, positions.length, code(constant, add));
                }
            }
            case Vector.BooleanVector booleans -> ofValues(booleans, positions, add, into);
            case Vector.ValueVector values -> ofValues(values, positions, add, into);
        }
    }

    private void ofLongs(LongVector vector, int[] positions, boolean whole, boolean add, int[] into) {
        LongCodes table = longs[vector.kind().ordinal()];
        long[] values = vector.values();
        boolean looked = whole && vector.nulls().isEmpty() && table.hasWindow();
        if (looked) {
            table.look(values, positions.length, into);
        }
        for (int i = 0; i < positions.length; i++) {
            if (looked && into[i] >= 0) {
                continue;
            }
            int position = positions[i];
            into[i] = vector.isNull(position) ? ofOther(Value.NULL, add) : inTable(table, values[position], add);
        }
    }

    private void ofDoubles(DoubleVector vector, int[] positions, boolean add, int[] into) {
        for (int i = 0; i < positions.length; i++) {
            into[i] = vector.isNull(positions[i])
                    ? ofOther(Value.NULL, add)
                    : ofDouble(vector.values()[positions[i]], add);
        }
    }

    /** The rows that brought new values when numbers were asked for last, if that is known without a look at them. */
    Optional<int[]> newRows() {
        return newRows;
    }

    private void ofDictionary(DictionaryVector vector, int[] positions, boolean whole, boolean add, int[] into) {
        int[] numbers = dictionaries.of(vector.dictionary(), add, size);
        int[] codes = vector.codes();
        if (add
                && vector.dictionary() instanceof TextEntries entries
                && freshEntries
                        .filter(fresh -> fresh.takes(entries, positions.length))
                        .isPresent()) {
            addFresh(codes, positions, whole, numbers, into);
            return;
        }
        int all = 0;
        if (whole) {
            for (int i = 0; i < positions.length; i++) {
                int number = numbers[codes[i] + 1];
                into[i] = number;
                all |= number;
            }
        } else {
            for (int i = 0; i < positions.length; i++) {
                int number = numbers[codes[positions[i]] + 1];
                into[i] = number;
                all |= number;
            }
        }
        if (all < 0) {
            addEntries(vector, positions, numbers, add, into);
        }
    }

    /** The numbers of the entries that occur, by entry plus one; empty if one of them was never added. */
    Optional<int[]> knownEntries(DictionaryVector vector, int[] occurrences) {
        int[] numbers = dictionaries.of(vector.dictionary(), true, size);
        for (int i = 0; i < numbers.length; i++) {
            if (occurrences[i] > 0 && numbers[i] < 0) {
                int number = i == 0
                        ? ofOther(Value.NULL, false)
                        : code(vector.dictionary().get(i - 1), false);
                if (number == ABSENT) {
                    return Optional.empty();
                }
                numbers[i] = number;
            }
        }
        return Optional.of(numbers);
    }

    /** Numbers the entries that come with their dictionary for the first time as new ones. */
    private void addFresh(int[] codes, int[] positions, boolean whole, int[] numbers, int[] into) {
        int[] fresh = new int[positions.length];
        int count = 0;
        for (int i = 0; i < positions.length; i++) {
            int position = whole ? i : positions[i];
            int entry = codes[position];
            int number = numbers[entry + 1];
            if (number < 0) {
                int known = size;
                number = entry < 0 ? ofOther(Value.NULL, true) : size++;
                numbers[entry + 1] = number;
                if (size > known) {
                    fresh[count++] = position;
                }
            }
            into[i] = number;
        }
        newRows = Optional.of(Arrays.copyOf(fresh, count));
    }

    /** Numbers the entries that occur for the first time. */
    private void addEntries(DictionaryVector vector, int[] positions, int[] numbers, boolean add, int[] into) {
        int[] codes = vector.codes();
        int[] fresh = new int[positions.length];
        int count = 0;
        for (int i = 0; i < positions.length; i++) {
            if (into[i] < 0) {
                int entry = codes[positions[i]];
                int number = numbers[entry + 1];
                if (number == DictionaryCodes.UNKNOWN || add && number == ABSENT) {
                    numbers[entry + 1] = DictionaryCodes.IN_TURN;
                    fresh[count++] = entry;
                }
            }
        }
        addEntries(vector.dictionary(), fresh, count, numbers, add);
        for (int i = 0; i < positions.length; i++) {
            if (into[i] < 0) {
                into[i] = numbers[codes[positions[i]] + 1];
            }
        }
    }

    /** @param fresh different entries, negative for null */
    private void addEntries(List<Value> dictionary, int[] fresh, int count, int[] numbers, boolean add) {
        if (dictionary instanceof TextEntries entries) {
            byte[] utf8 = entries.utf8();
            int[] offsets = entries.offsets();
            long[] hashes = texts.hashes(utf8, offsets, fresh, count);
            for (int i = 0; i < count; i++) {
                int entry = fresh[i];
                numbers[entry + 1] = entry < 0
                        ? ofOther(Value.NULL, add)
                        : ofText(hashes[i], utf8, offsets[entry], offsets[entry + 1], add);
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            int entry = fresh[i];
            numbers[entry + 1] = entry < 0 ? ofOther(Value.NULL, add) : code(dictionary.get(entry), add);
        }
    }

    private int ofText(long hashed, byte[] utf8, int from, int to, boolean add) {
        return add ? noted(texts.findOrAdd(hashed, utf8, from, to, size)) : texts.find(hashed, utf8, from, to);
    }

    /** Adds these rows of a vector, for who wants no numbers of them. */
    void add(Vector vector, int[] positions, boolean whole) {
        if (!(vector instanceof DictionaryVector(int[] codes, List<Value> dictionary))) {
            codes(vector, positions, whole, true, new int[positions.length]);
            return;
        }
        int[] numbers = dictionaries.of(dictionary, true, size);
        int[] fresh = new int[positions.length];
        int count = 0;
        for (int i = 0; i < positions.length; i++) {
            int entry = codes[whole ? i : positions[i]];
            int number = numbers[entry + 1];
            if (number < 0 && number != DictionaryCodes.IN_TURN) {
                numbers[entry + 1] = DictionaryCodes.IN_TURN;
                fresh[count++] = entry;
            }
        }
        addEntries(dictionary, fresh, count, numbers, true);
    }

    /** Makes room for all texts of other columns, if there is memory for it. */
    void expect(List<ColumnCodes> others) {
        texts.expect(
                others.stream().mapToLong(other -> other.texts.size()).sum(),
                others.stream().mapToLong(other -> other.texts.used()).sum());
    }

    /** Adds all values of another column. */
    void addAll(ColumnCodes other) {
        if (size == 0 && other.size == other.texts.size()) {
            texts.copy(other.texts);
            size = other.size;
            return;
        }
        expect(List.of(other));
        for (int kind = 0; kind < longs.length; kind++) {
            LongCodes table = longs[kind];
            other.longs[kind].forEach(key -> inTable(table, key, true));
        }
        other.fractions.forEach(key -> inTable(fractions, key, true));
        other.texts.forEach((hashed, utf8, from, to) -> ofText(hashed, utf8, from, to, true));
        other.others.keySet().forEach(key -> ofOther(key.value(), true));
    }

    boolean holdsTexts() {
        return texts.size() > 0;
    }

    boolean holdsNull() {
        return others.containsKey(new Equivalence(Value.NULL));
    }

    private void ofTexts(Vector.TextVector vector, int[] positions, boolean add, int[] into) {
        byte[] utf8 = vector.utf8();
        int[] offsets = vector.offsets();
        long[] hashes = texts.hashes(utf8, offsets, positions, positions.length);
        for (int i = 0; i < positions.length; i++) {
            int position = positions[i];
            if (vector.isNull(position)) {
                into[i] = ofOther(Value.NULL, add);
            } else {
                into[i] = ofText(hashes[i], utf8, offsets[position], offsets[position + 1], add);
            }
        }
    }

    private int noted(int number) {
        if (number == size) {
            size++;
        }
        return number;
    }

    private void ofValues(Vector vector, int[] positions, boolean add, int[] into) {
        for (int i = 0; i < positions.length; i++) {
            into[i] = code(vector.value(positions[i]), add);
        }
    }

    private int code(Value value, boolean add) {
        return switch (value) {
            case Value.IntegerValue(long number) -> inTable(longs[LongKind.INTEGER.ordinal()], number, add);
            case Value.FloatValue(double number) -> ofDouble(number, add);
            case Value.StringValue(String text) -> add ? noted(texts.findOrAdd(text, size)) : texts.find(text);
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
        return add ? noted(table.findOrAdd(key, size)) : table.find(key);
    }

    private int inTable(LongCodes table, long key, boolean add) {
        return add ? noted(table.findOrAdd(key, size)) : table.find(key);
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
