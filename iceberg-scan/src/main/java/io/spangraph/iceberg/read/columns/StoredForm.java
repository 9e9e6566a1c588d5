package io.spangraph.iceberg.read.columns;

import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.iceberg.parquet.ChunkBounds;
import io.spangraph.iceberg.parquet.ColumnValues;
import io.spangraph.iceberg.parquet.Leaf;
import io.spangraph.iceberg.parquet.LogicalKind;
import io.spangraph.iceberg.parquet.PhysicalType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * How a column of a file is read as a column of the table: which promotions and units lie between them.
 *
 * @param multiplier of the file's whole numbers, to give the table's unit
 * @param divisor of the file's whole numbers, to give the table's unit
 */
public record StoredForm(Type type, Leaf leaf, Shape shape, long multiplier, long divisor) {
    /** What batches hold. */
    enum Shape {
        BOOLEAN,
        LONG,
        DOUBLE,
        DECIMAL,
        TEXT,
        UUID,
        BYTES,
        TIME
    }

    /** Empty for what Iceberg's own readers have to read. */
    public static Optional<StoredForm> of(Type type, Leaf leaf) {
        if (!leaf.flat()) {
            return Optional.empty();
        }
        PhysicalType stored = leaf.physical();
        LogicalKind meaning = leaf.logical();
        boolean plain = meaning instanceof LogicalKind.None;
        return switch (type.typeId()) {
            case BOOLEAN -> exactly(type, leaf, Shape.BOOLEAN, stored == PhysicalType.BOOLEAN);
            case INTEGER -> exactly(type, leaf, Shape.LONG, stored == PhysicalType.INT32 && isSigned(meaning));
            case LONG ->
                exactly(
                        type,
                        leaf,
                        Shape.LONG,
                        (stored == PhysicalType.INT32 || stored == PhysicalType.INT64) && isSigned(meaning));
            case FLOAT -> exactly(type, leaf, Shape.DOUBLE, stored == PhysicalType.FLOAT && plain);
            case DOUBLE ->
                exactly(
                        type,
                        leaf,
                        Shape.DOUBLE,
                        (stored == PhysicalType.FLOAT || stored == PhysicalType.DOUBLE) && plain);
            case DATE ->
                exactly(type, leaf, Shape.LONG, stored == PhysicalType.INT32 && meaning instanceof LogicalKind.Date);
            case TIME ->
                meaning instanceof LogicalKind.Time(LogicalKind.Unit unit, boolean utc)
                        ? inMicros(type, leaf, Shape.TIME, unit)
                        : Optional.empty();
            case TIMESTAMP -> timestamp(type, leaf);
            case STRING ->
                exactly(
                        type,
                        leaf,
                        Shape.TEXT,
                        stored == PhysicalType.BYTE_ARRAY && meaning instanceof LogicalKind.Text);
            case UUID ->
                exactly(
                        type,
                        leaf,
                        Shape.UUID,
                        stored == PhysicalType.FIXED && leaf.typeLength() == 16 && meaning instanceof LogicalKind.Uuid);
            case FIXED ->
                exactly(
                        type,
                        leaf,
                        Shape.BYTES,
                        stored == PhysicalType.FIXED
                                && plain
                                && leaf.typeLength() == ((Types.FixedType) type).length());
            case BINARY -> exactly(type, leaf, Shape.BYTES, stored == PhysicalType.BYTE_ARRAY && plain);
            case DECIMAL ->
                exactly(
                        type,
                        leaf,
                        Shape.DECIMAL,
                        meaning instanceof LogicalKind.Decimal(int precision, int scale)
                                && scale == ((Types.DecimalType) type).scale());
            case STRUCT, LIST, MAP, TIMESTAMP_NANO, UNKNOWN, VARIANT, GEOMETRY, GEOGRAPHY -> Optional.empty();
        };
    }

    private static boolean isSigned(LogicalKind meaning) {
        return meaning instanceof LogicalKind.None
                || meaning instanceof LogicalKind.Int(int bits, boolean signed) && signed;
    }

    private static Optional<StoredForm> exactly(Type type, Leaf leaf, Shape shape, boolean fits) {
        return fits ? Optional.of(new StoredForm(type, leaf, shape, 1, 1)) : Optional.empty();
    }

    private static Optional<StoredForm> timestamp(Type type, Leaf leaf) {
        if (leaf.physical() == PhysicalType.INT96) {
            return exactly(type, leaf, Shape.LONG, true);
        }
        return leaf.logical() instanceof LogicalKind.Timestamp(LogicalKind.Unit unit, boolean utc)
                ? inMicros(type, leaf, Shape.LONG, unit)
                : Optional.empty();
    }

    private static Optional<StoredForm> inMicros(Type type, Leaf leaf, Shape shape, LogicalKind.Unit unit) {
        return switch (unit) {
            case MILLIS -> Optional.of(new StoredForm(type, leaf, shape, 1000, 1));
            case MICROS -> Optional.of(new StoredForm(type, leaf, shape, 1, 1));
            case NANOS -> Optional.of(new StoredForm(type, leaf, shape, 1, 1000));
        };
    }

    /** Whether values are numbers, dates, times or booleans. */
    public boolean isNumeric() {
        return switch (shape) {
            case BOOLEAN, LONG, DOUBLE, TIME -> true;
            case DECIMAL, TEXT, UUID, BYTES -> false;
        };
    }

    /** Whether values differ in length. */
    public boolean isVaried() {
        return shape == Shape.TEXT || shape == Shape.BYTES;
    }

    /** Whether the file stores bytes. */
    public boolean isBinary() {
        return leaf.physical() == PhysicalType.BYTE_ARRAY || leaf.physical() == PhysicalType.FIXED;
    }

    public boolean isText() {
        return shape == Shape.TEXT;
    }

    /** How batches hold its longs. */
    LongKind longKind() {
        return switch (type.typeId()) {
            case DATE -> LongKind.DATE;
            case TIMESTAMP ->
                ((Types.TimestampType) type).shouldAdjustToUTC() ? LongKind.DATE_TIME : LongKind.LOCAL_DATE_TIME;
            default -> LongKind.INTEGER;
        };
    }

    /** The same values in the table's unit. Changes the arrays that it is given. */
    public ColumnValues inTableUnit(ColumnValues values) {
        if (values instanceof ColumnValues.Longs longs && (multiplier != 1 || divisor != 1)) {
            long[] numbers = longs.values();
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = divisor == 1 ? numbers[i] * multiplier : Math.floorDiv(numbers[i], divisor);
            }
        }
        return values;
    }

    private Optional<Long> inTableUnit(long stored) {
        if (multiplier != 1 && Math.multiplyHigh(stored, multiplier) != (stored * multiplier) >> 63) {
            return Optional.empty();
        }
        return Optional.of(divisor == 1 ? stored * multiplier : Math.floorDiv(stored, divisor));
    }

    /** The bounds of a chunk or page, if they say anything about the table's values. */
    Optional<Bounds.Range> range(ChunkBounds bounds) {
        byte[] min = bounds.min();
        byte[] max = bounds.max();
        return switch (shape) {
            case TEXT, UUID -> Optional.of(new Bounds.Range.OfBytes(min, max, bounds.exact()));
            case BOOLEAN -> Optional.of(new Bounds.Range.OfBooleans(min[0] != 0, max[0] != 0));
            case LONG, TIME ->
                leaf.physical() == PhysicalType.INT96
                        ? Optional.empty()
                        : inTableUnit(wholeNumber(min))
                                .flatMap(low ->
                                        inTableUnit(wholeNumber(max)).map(high -> new Bounds.Range.OfLongs(low, high)));
            case DOUBLE -> {
                double low = fraction(min);
                double high = fraction(max);
                yield Double.isNaN(low) || Double.isNaN(high)
                        ? Optional.empty()
                        : Optional.of(new Bounds.Range.OfDoubles(low, high));
            }
            case DECIMAL, BYTES -> Optional.empty();
        };
    }

    /** A whole number in the file's unit, from its plain encoding. */
    public long wholeNumber(byte[] plain) {
        ByteBuffer buffer = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
        return leaf.physical() == PhysicalType.INT32 ? buffer.getInt() : buffer.getLong();
    }

    private double fraction(byte[] plain) {
        ByteBuffer buffer = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
        return leaf.physical() == PhysicalType.FLOAT ? buffer.getFloat() : buffer.getDouble();
    }

    /**
     * The values that a test names, as the file would store them; those that it cannot store are left out. Empty if the
     * test names none, or names values that several stored ones stand for.
     */
    public Optional<List<byte[]>> storedKeys(ColumnTest test) {
        if (!test.isKeys()) {
            return Optional.empty();
        }
        return switch (test) {
            case BytesTest bytes ->
                shape == Shape.TEXT || shape == Shape.UUID ? Optional.of(bytes.keys()) : Optional.empty();
            case LongTest longs ->
                divisor != 1 || leaf.physical() == PhysicalType.INT96
                        ? Optional.empty()
                        : Optional.of(storedLongs(longs.keys()));
            case DoubleTest doubles -> Optional.of(storedDoubles(doubles.keys()));
            case BooleanTest booleans -> Optional.empty();
            case NullTest nulls -> Optional.empty();
        };
    }

    private List<byte[]> storedLongs(long[] keys) {
        List<byte[]> stored = new ArrayList<>(keys.length);
        for (long key : keys) {
            long number = key / multiplier;
            boolean narrow = leaf.physical() == PhysicalType.INT32;
            if (number * multiplier == key && (!narrow || number == (int) number)) {
                ByteBuffer plain = ByteBuffer.allocate(narrow ? 4 : 8).order(ByteOrder.LITTLE_ENDIAN);
                stored.add((narrow ? plain.putInt((int) number) : plain.putLong(number)).array());
            }
        }
        return stored;
    }

    private List<byte[]> storedDoubles(double[] keys) {
        List<byte[]> stored = new ArrayList<>(keys.length);
        for (double key : keys) {
            addStored(key, stored);
            if (key == 0) {
                addStored(-key, stored);
            }
        }
        return stored;
    }

    private void addStored(double key, List<byte[]> stored) {
        if (leaf.physical() == PhysicalType.DOUBLE) {
            stored.add(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putDouble(key)
                    .array());
        } else if ((double) (float) key == key) {
            stored.add(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat((float) key)
                    .array());
        }
    }
}
