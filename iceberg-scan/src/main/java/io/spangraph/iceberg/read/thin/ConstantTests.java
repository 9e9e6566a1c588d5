package io.spangraph.iceberg.read.thin;

import io.spangraph.iceberg.parquet.ColumnValues;
import io.spangraph.iceberg.parquet.Nulls;
import io.spangraph.iceberg.read.LongRead;
import io.spangraph.iceberg.read.columns.CodeTables;
import io.spangraph.iceberg.read.columns.ColumnTest;
import io.spangraph.iceberg.read.columns.RowMask;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;

/** Tests a constant as a column of one row, so that constants follow the same rules as columns. */
final class ConstantTests {
    private ConstantTests() {}

    static boolean satisfies(ColumnTest test, Type type, @Nullable Object constant) {
        RowMask row = RowMask.all(1);
        test.apply(column(type, constant), row, new CodeTables());
        return !row.isEmpty();
    }

    private static ColumnValues column(Type type, @Nullable Object constant) {
        Nulls nulls = Nulls.of(new long[] {constant == null ? 1 : 0});
        return switch (type.typeId()) {
            case BOOLEAN -> new ColumnValues.Booleans(new boolean[] {Boolean.TRUE.equals(constant)}, nulls);
            case INTEGER, LONG, DATE, TIME, TIMESTAMP ->
                new ColumnValues.Longs(
                        new long[] {constant == null ? 0 : LongRead.of(type).of(constant)}, nulls);
            case FLOAT, DOUBLE ->
                new ColumnValues.Doubles(
                        new double[] {constant == null ? 0 : ((Number) constant).doubleValue()}, nulls);
            default -> {
                byte[] bytes = constant == null ? new byte[0] : bytes(constant);
                yield new ColumnValues.Bytes(bytes, new int[] {0, bytes.length}, nulls);
            }
        };
    }

    /** Other types are only tested for null. */
    private static byte[] bytes(Object constant) {
        return switch (constant) {
            case CharSequence text -> text.toString().getBytes(StandardCharsets.UTF_8);
            case UUID uuid ->
                ByteBuffer.allocate(16)
                        .putLong(uuid.getMostSignificantBits())
                        .putLong(uuid.getLeastSignificantBits())
                        .array();
            default -> new byte[0];
        };
    }
}
