package io.spangraph.iceberg;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** Rows of few different values, so that predicates hit; with nulls, NaN, both zeros and texts beyond the first plane. */
final class RandomRows {
    static final Schema SCHEMA = new Schema(
            NestedField.required(1, "row", Types.LongType.get()),
            NestedField.optional(2, "flag", Types.BooleanType.get()),
            NestedField.optional(3, "small", Types.IntegerType.get()),
            NestedField.optional(4, "large", Types.LongType.get()),
            NestedField.optional(5, "single", Types.FloatType.get()),
            NestedField.optional(6, "wide", Types.DoubleType.get()),
            NestedField.optional(7, "text", Types.StringType.get()),
            NestedField.optional(8, "uuid", Types.UUIDType.get()),
            NestedField.optional(9, "day", Types.DateType.get()),
            NestedField.optional(10, "clock", Types.TimeType.get()),
            NestedField.optional(11, "local", Types.TimestampType.withoutZone()),
            NestedField.optional(12, "instant", Types.TimestampType.withZone()),
            NestedField.optional(13, "money", Types.DecimalType.of(9, 2)),
            NestedField.optional(14, "tags", Types.ListType.ofOptional(15, Types.StringType.get())));

    static final List<String> COLUMNS = SCHEMA.columns().stream()
            .map(NestedField::name)
            .filter(name -> !name.equals("row"))
            .toList();

    private static final List<String> TEXTS = List.of(
            "", "a", "ab", "abc", "b", "7", "grün", "\uD83D\uDE80", "\uFFFD", "a rather long text of forty characters");

    private RandomRows() {}

    static Record next(TestTable table, long number, Random random) {
        return table.row(
                number,
                orNull(random, random.nextBoolean()),
                orNull(random, random.nextInt(10) - 2),
                orNull(random, random.nextInt(8) == 0 ? Long.MAX_VALUE : random.nextInt(10) - 2L),
                orNull(random, (float) fraction(random)),
                orNull(random, fraction(random)),
                orNull(random, text(random)),
                orNull(random, uuid(random)),
                orNull(random, LocalDate.ofEpochDay(random.nextInt(40))),
                orNull(random, LocalTime.ofNanoOfDay(random.nextInt(5) * 1_000L)),
                orNull(random, time(random)),
                orNull(random, time(random).atOffset(ZoneOffset.UTC)),
                orNull(random, new BigDecimal(random.nextInt(10)).setScale(2)),
                orNull(random, List.of(text(random))));
    }

    private static LocalDateTime time(Random random) {
        return LocalDateTime.ofEpochSecond(random.nextInt(40) * 86_400L, random.nextInt(3) * 1_000, ZoneOffset.UTC);
    }

    private static double fraction(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> Double.NaN;
            case 1 -> -0.0;
            case 2 -> 0.1;
            case 3 -> 0x1p53;
            case 4 -> Double.NEGATIVE_INFINITY;
            default -> random.nextInt(10) - 2;
        };
    }

    static String text(Random random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    static UUID uuid(Random random) {
        return new UUID(random.nextInt(3) << 30, random.nextLong(3));
    }

    private static @Nullable Object orNull(Random random, Object value) {
        return random.nextInt(6) == 0 ? null : value;
    }
}
