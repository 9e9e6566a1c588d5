package io.spangraph.iceberg.read;

import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.LongKind;
import java.util.Arrays;
import java.util.BitSet;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Collects one column of a batch. Used for one batch after the other; a vector that was built is never changed. */
abstract class ColumnBuilder {
    /** Adds the value that a generic record holds, null included. */
    abstract void add(@Nullable Object value);

    /** The values so far as a vector of that many rows; then the builder is empty again. */
    abstract Vector build(int rows);

    /** Heap of the texts and nested values that were added to this batch: they have no bound of their own. */
    long heapBytes() {
        return 0;
    }

    static ColumnBuilder of(Type type, int capacity) {
        return switch (type.typeId()) {
            case BOOLEAN -> new Booleans(capacity);
            case INTEGER, LONG -> new Longs(LongRead.of(type), LongKind.INTEGER, capacity);
            case DATE -> new Longs(LongRead.of(type), LongKind.DATE, capacity);
            case TIMESTAMP ->
                new Longs(
                        LongRead.of(type),
                        ((Types.TimestampType) type).shouldAdjustToUTC()
                                ? LongKind.DATE_TIME
                                : LongKind.LOCAL_DATE_TIME,
                        capacity);
            case FLOAT, DOUBLE -> new Doubles(capacity);
            case STRING -> new TextColumnBuilder(capacity);
            default -> new ValueColumnBuilder(type, capacity);
        };
    }

    private abstract static class WithNulls extends ColumnBuilder {
        private BitSet nulls = new BitSet();

        void setNull(int row) {
            nulls.set(row);
        }

        NullMask takeNulls() {
            NullMask taken = NullMask.of(nulls);
            if (!taken.isEmpty()) {
                nulls = new BitSet();
            }
            return taken;
        }
    }

    private static final class Longs extends WithNulls {
        private final LongRead read;
        private final LongKind kind;
        private final long[] values;
        private int size;

        Longs(LongRead read, LongKind kind, int capacity) {
            this.read = read;
            this.kind = kind;
            this.values = new long[capacity];
        }

        @Override
        void add(@Nullable Object value) {
            if (value == null) {
                setNull(size);
                values[size++] = 0;
            } else {
                values[size++] = read.of(value);
            }
        }

        @Override
        Vector build(int rows) {
            size = 0;
            return new Vector.LongVector(Arrays.copyOf(values, rows), takeNulls(), kind);
        }
    }

    private static final class Doubles extends WithNulls {
        private final double[] values;
        private int size;

        Doubles(int capacity) {
            this.values = new double[capacity];
        }

        @Override
        void add(@Nullable Object value) {
            if (value == null) {
                setNull(size);
                values[size++] = 0;
            } else {
                values[size++] = ((Number) value).doubleValue();
            }
        }

        @Override
        Vector build(int rows) {
            size = 0;
            return new Vector.DoubleVector(Arrays.copyOf(values, rows), takeNulls());
        }
    }

    private static final class Booleans extends WithNulls {
        private final boolean[] values;
        private int size;

        Booleans(int capacity) {
            this.values = new boolean[capacity];
        }

        @Override
        void add(@Nullable Object value) {
            if (value == null) {
                setNull(size);
                values[size++] = false;
            } else {
                values[size++] = (Boolean) value;
            }
        }

        @Override
        Vector build(int rows) {
            size = 0;
            return new Vector.BooleanVector(Arrays.copyOf(values, rows), takeNulls());
        }
    }
}
