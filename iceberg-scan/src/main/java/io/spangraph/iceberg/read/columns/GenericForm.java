package io.spangraph.iceberg.read.columns;

import io.spangraph.iceberg.parquet.ColumnValues;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Single values as Iceberg's generic records hold them: for equality deletes, which Iceberg itself compares. */
public final class GenericForm {
    private GenericForm() {}

    /** @param values in the table's unit */
    public static @Nullable Object value(StoredForm form, ColumnValues values, int row) {
        if (values.isNull(row)) {
            return null;
        }
        return switch (values) {
            case ColumnValues.Longs longs -> ofLong(form, longs.values()[row]);
            case ColumnValues.Doubles doubles ->
                form.type().typeId() == Type.TypeID.FLOAT
                        ? (Object) (float) doubles.values()[row]
                        : (Object) doubles.values()[row];
            case ColumnValues.Booleans booleans -> booleans.values()[row];
            case ColumnValues.Codes codes -> ofBytes(form, bytes(codes, row));
            case ColumnValues.Bytes bytes -> ofBytes(form, bytes(bytes, row));
        };
    }

    /** The bytes of a value that is not null. */
    static byte[] bytes(ColumnValues values, int row) {
        return switch (values) {
            case ColumnValues.Codes(int[] codes, var dictionary, int nulls) -> {
                int from = dictionary.offsets()[codes[row]];
                yield Arrays.copyOfRange(dictionary.data(), from, from + dictionary.length(codes[row]));
            }
            case ColumnValues.Bytes bytes ->
                Arrays.copyOfRange(bytes.data(), bytes.offsets()[row], bytes.offsets()[row + 1]);
            case ColumnValues.Longs longs -> throw new IllegalArgumentException("no bytes");
            case ColumnValues.Doubles doubles -> throw new IllegalArgumentException("no bytes");
            case ColumnValues.Booleans booleans -> throw new IllegalArgumentException("no bytes");
        };
    }

    private static Object ofLong(StoredForm form, long value) {
        return switch (form.type().typeId()) {
            case INTEGER -> (int) value;
            case LONG -> value;
            case DATE -> LocalDate.ofEpochDay(value);
            case TIME -> time(value);
            case TIMESTAMP -> {
                LocalDateTime time = LocalDateTime.ofInstant(
                        Instant.ofEpochSecond(
                                Math.floorDiv(value, 1_000_000L), Math.floorMod(value, 1_000_000L) * 1000L),
                        ZoneOffset.UTC);
                yield ((Types.TimestampType) form.type()).shouldAdjustToUTC() ? time.atOffset(ZoneOffset.UTC) : time;
            }
            case DECIMAL -> BigDecimal.valueOf(value, ((Types.DecimalType) form.type()).scale());
            default -> throw new IllegalArgumentException("no whole numbers: " + form.type());
        };
    }

    static LocalTime time(long micros) {
        return LocalTime.ofNanoOfDay(micros * 1000);
    }

    private static Object ofBytes(StoredForm form, byte[] value) {
        return switch (form.type().typeId()) {
            case STRING -> new String(value, StandardCharsets.UTF_8);
            case UUID -> uuid(value, 0);
            case FIXED -> value;
            case BINARY -> ByteBuffer.wrap(value);
            case DECIMAL -> decimal(form, value);
            default -> throw new IllegalArgumentException("no bytes: " + form.type());
        };
    }

    static UUID uuid(byte[] data, int from) {
        ByteBuffer bytes = ByteBuffer.wrap(data, from, 16);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    static BigDecimal decimal(StoredForm form, byte[] value) {
        return new BigDecimal(new BigInteger(value), ((Types.DecimalType) form.type()).scale());
    }
}
