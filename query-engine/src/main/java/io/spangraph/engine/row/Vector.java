package io.spangraph.engine.row;

import io.spangraph.model.value.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * A column of a batch. Numbers, dates and times lie in primitive arrays, repeated texts as codes into a dictionary; only
 * what has no better form lies as {@link Value}s. The arrays are not changed once a vector holds them.
 */
@SuppressWarnings("ArrayRecordComponent")
public sealed interface Vector {
    int length();

    boolean isNull(int row);

    /** Whether no row is null, as far as that is known without a look at each. */
    default boolean isNullFree() {
        return switch (this) {
            case LongVector longs -> longs.nulls().isEmpty();
            case DoubleVector doubles -> doubles.nulls().isEmpty();
            case BooleanVector booleans -> booleans.nulls().isEmpty();
            case TextVector texts -> texts.nulls().isEmpty();
            case ConstantVector(Value constant, int length) -> !constant.isNull();
            case DictionaryVector codes -> false;
            case ValueVector values -> false;
        };
    }

    /** The value in its general form: for results and for what has no typed path. */
    Value value(int row);

    /** What holding this vector costs, for memory accounting. */
    long heapBytes();

    /** How the longs of a {@link LongVector} are to be read. */
    enum LongKind {
        INTEGER,
        /** Days since 1970. */
        DATE,
        /** Microseconds since 1970, without a zone. */
        LOCAL_DATE_TIME,
        /** Microseconds since 1970, in UTC. */
        DATE_TIME
    }

    /** @param ofInts whether all values, those of null rows too, are known to have 32 bits: sums need not look then */
    record LongVector(long[] values, NullMask nulls, LongKind kind, boolean ofInts) implements Vector {
        public LongVector(long[] values, NullMask nulls, LongKind kind) {
            this(values, nulls, kind, false);
        }

        @Override
        public int length() {
            return values.length;
        }

        @Override
        public boolean isNull(int row) {
            return nulls.isNull(row);
        }

        @Override
        public Value value(int row) {
            if (nulls.isNull(row)) {
                return Value.NULL;
            }
            long value = values[row];
            return switch (kind) {
                case INTEGER -> Value.of(value);
                case DATE -> new Value.DateValue(LocalDate.ofEpochDay(value));
                case LOCAL_DATE_TIME ->
                    new Value.LocalDateTimeValue(LocalDateTime.ofInstant(ofMicros(value), ZoneOffset.UTC));
                case DATE_TIME -> new Value.DateTimeValue(ofMicros(value).atZone(ZoneOffset.UTC));
            };
        }

        private static Instant ofMicros(long micros) {
            return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000L);
        }

        @Override
        public long heapBytes() {
            return 8L * values.length + nulls.heapBytes();
        }
    }

    record DoubleVector(double[] values, NullMask nulls) implements Vector {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public boolean isNull(int row) {
            return nulls.isNull(row);
        }

        @Override
        public Value value(int row) {
            return nulls.isNull(row) ? Value.NULL : Value.of(values[row]);
        }

        @Override
        public long heapBytes() {
            return 8L * values.length + nulls.heapBytes();
        }
    }

    record BooleanVector(boolean[] values, NullMask nulls) implements Vector {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public boolean isNull(int row) {
            return nulls.isNull(row);
        }

        @Override
        public Value value(int row) {
            return nulls.isNull(row) ? Value.NULL : Value.of(values[row]);
        }

        @Override
        public long heapBytes() {
            return values.length + nulls.heapBytes();
        }
    }

    /** Texts, as codes into a dictionary; the code of a null row is -1. Entries of the dictionary are never null. */
    record DictionaryVector(int[] codes, List<Value> dictionary) implements Vector {
        @Override
        public int length() {
            return codes.length;
        }

        @Override
        public boolean isNull(int row) {
            return codes[row] < 0;
        }

        @Override
        public Value value(int row) {
            return codes[row] < 0 ? Value.NULL : dictionary.get(codes[row]);
        }

        @Override
        public long heapBytes() {
            return 4L * codes.length + 16L * dictionary.size();
        }
    }

    /**
     * Texts that hardly repeat, as UTF-8 in one array.
     *
     * @param offsets where each row's text begins in the bytes; one more than there are rows
     */
    record TextVector(byte[] utf8, int[] offsets, NullMask nulls) implements Vector {
        @Override
        public int length() {
            return offsets.length - 1;
        }

        @Override
        public boolean isNull(int row) {
            return nulls.isNull(row);
        }

        @Override
        public Value value(int row) {
            return nulls.isNull(row)
                    ? Value.NULL
                    : Value.of(new String(utf8, offsets[row], offsets[row + 1] - offsets[row], StandardCharsets.UTF_8));
        }

        @Override
        public long heapBytes() {
            return utf8.length + 4L * offsets.length + nulls.heapBytes();
        }
    }

    /** Values of any type; null rows hold {@link Value#NULL}. */
    record ValueVector(Value[] values) implements Vector {
        @Override
        public int length() {
            return values.length;
        }

        @Override
        public boolean isNull(int row) {
            return values[row].isNull();
        }

        @Override
        public Value value(int row) {
            return values[row];
        }

        @Override
        public long heapBytes() {
            return ValueSize.ofAll(values);
        }
    }

    /** One value for every row. */
    record ConstantVector(Value constant, int length) implements Vector {
        @Override
        public boolean isNull(int row) {
            return constant.isNull();
        }

        @Override
        public Value value(int row) {
            return constant;
        }

        @Override
        public long heapBytes() {
            return ValueSize.of(constant);
        }
    }
}
