package io.spangraph.iceberg.equivalence;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.UUID;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/**
 * A column of a file: what the table calls it, and how the file has it.
 *
 * @param old whether a dictionary is named as writers of the first version named it
 */
public record FileColumn(
        NestedField field,
        PrimitiveType physical,
        ValueEncoding encoding,
        DictionaryUse dictionary,
        boolean old,
        boolean bloom,
        boolean statistics) {

    private static final long JULIAN_EPOCH = 2_440_588;
    private static final long DAY_MICROS = 86_400_000_000L;

    String name() {
        return physical.getName();
    }

    /** Writes a value as Iceberg holds it inside: days, microseconds, texts, bytes. */
    void write(ColumnWriter writer, Object value, int definition) {
        switch (physical.getPrimitiveTypeName()) {
            case BOOLEAN -> writer.write((boolean) (Boolean) value, 0, definition);
            case INT32 -> writer.write(toInt(value), 0, definition);
            case INT64 -> writer.write(toLong(value), 0, definition);
            case FLOAT -> writer.write((float) (Float) value, 0, definition);
            case DOUBLE -> writer.write((double) (Double) value, 0, definition);
            case BINARY, FIXED_LEN_BYTE_ARRAY -> writer.write(toBinary(value), 0, definition);
            case INT96 -> writer.write(toInt96((Long) value), 0, definition);
        }
    }

    boolean isInMilliseconds() {
        return switch (physical.getLogicalTypeAnnotation()) {
            case TimeLogicalTypeAnnotation time -> time.getUnit() == TimeUnit.MILLIS;
            case TimestampLogicalTypeAnnotation time -> time.getUnit() == TimeUnit.MILLIS;
            case null, default -> false;
        };
    }

    private int toInt(Object value) {
        if (isInMilliseconds()) {
            return (int) ((Long) value / 1000);
        }
        return value instanceof BigDecimal decimal ? decimal.unscaledValue().intValueExact() : (Integer) value;
    }

    private long toLong(Object value) {
        if (isInMilliseconds()) {
            return Math.floorDiv((Long) value, 1000L);
        }
        return value instanceof BigDecimal decimal ? decimal.unscaledValue().longValueExact() : (Long) value;
    }

    private Binary toBinary(Object value) {
        return switch (value) {
            case CharSequence text -> Binary.fromString(text.toString());
            case ByteBuffer bytes -> Binary.fromConstantByteBuffer(bytes.duplicate());
            case UUID id ->
                Binary.fromConstantByteArray(ByteBuffer.allocate(16)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .array());
            case BigDecimal decimal -> toBinary(decimal.unscaledValue());
            default -> throw new IllegalArgumentException("no bytes of " + value.getClass());
        };
    }

    private Binary toBinary(BigInteger number) {
        byte[] shortest = number.toByteArray();
        int length = physical.getTypeLength();
        if (physical.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.BINARY || shortest.length == length) {
            return Binary.fromConstantByteArray(shortest);
        }
        byte[] padded = new byte[length];
        Arrays.fill(padded, (byte) (number.signum() < 0 ? -1 : 0));
        System.arraycopy(shortest, 0, padded, length - shortest.length, shortest.length);
        return Binary.fromConstantByteArray(padded);
    }

    private static Binary toInt96(long micros) {
        ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(Math.floorMod(micros, DAY_MICROS) * 1000);
        bytes.putInt((int) (Math.floorDiv(micros, DAY_MICROS) + JULIAN_EPOCH));
        return Binary.fromConstantByteArray(bytes.array());
    }

    @Override
    public String toString() {
        return physical + " for " + field.type() + " " + encoding + " dictionary " + dictionary + (old ? " (old)" : "")
                + (bloom ? " bloom" : "") + (statistics ? "" : " without statistics");
    }
}
