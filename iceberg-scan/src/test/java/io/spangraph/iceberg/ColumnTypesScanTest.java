package io.spangraph.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.engine.spi.ScanRequest;
import io.spangraph.iceberg.TestLake.Scan;
import io.spangraph.model.table.Column;
import io.spangraph.model.table.ColumnType;
import io.spangraph.model.table.ColumnType.Primitive;
import io.spangraph.model.value.Value;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every column type, with nulls, comes out as the value that Cypher knows. */
class ColumnTypesScanTest {
    private static final Types.StructType EVENT = Types.StructType.of(
            Types.NestedField.optional(31, "name", Types.StringType.get()),
            Types.NestedField.optional(32, "at", Types.TimestampType.withZone()));

    private static final Schema ALL = new Schema(
            Types.NestedField.optional(1, "flag", Types.BooleanType.get()),
            Types.NestedField.optional(2, "small", Types.IntegerType.get()),
            Types.NestedField.optional(3, "large", Types.LongType.get()),
            Types.NestedField.optional(4, "single", Types.FloatType.get()),
            Types.NestedField.optional(5, "wide", Types.DoubleType.get()),
            Types.NestedField.optional(6, "text", Types.StringType.get()),
            Types.NestedField.optional(7, "raw", Types.BinaryType.get()),
            Types.NestedField.optional(8, "fixed", Types.FixedType.ofLength(3)),
            Types.NestedField.optional(9, "uuid", Types.UUIDType.get()),
            Types.NestedField.optional(10, "day", Types.DateType.get()),
            Types.NestedField.optional(11, "clock", Types.TimeType.get()),
            Types.NestedField.optional(12, "local", Types.TimestampType.withoutZone()),
            Types.NestedField.optional(13, "instant", Types.TimestampType.withZone()),
            Types.NestedField.optional(14, "money", Types.DecimalType.of(9, 2)),
            Types.NestedField.optional(15, "tags", Types.ListType.ofOptional(20, Types.StringType.get())),
            Types.NestedField.optional(
                    16, "attributes", Types.MapType.ofOptional(21, 22, Types.StringType.get(), Types.LongType.get())),
            Types.NestedField.optional(17, "event", EVENT));

    private static final LocalDateTime NOON = LocalDateTime.of(2026, 11, 21, 12, 0, 0, 123_456_000);
    private static final UUID ID = UUID.fromString("1363f25c-aeb7-4570-9d32-0a1b2c3d4e5f");

    @TempDir
    private Path folder;

    private static TestTable filled(TestLake lake) {
        TestTable table = lake.create("types", ALL);
        GenericRecord event = GenericRecord.create(EVENT);
        event.set(0, "exception");
        event.set(1, null);
        table.append(
                table.row(
                        true,
                        7,
                        1L << 40,
                        0.5f,
                        2.25,
                        "grün",
                        ByteBuffer.wrap(new byte[] {1, 2}),
                        new byte[] {3, 4, 5},
                        ID,
                        NOON.toLocalDate(),
                        NOON.toLocalTime(),
                        NOON,
                        NOON.atOffset(ZoneOffset.ofHours(2)),
                        new BigDecimal("12.50"),
                        Arrays.asList("a", null),
                        Map.of("k", 9L),
                        event),
                table.row(new Object[17]));
        return table;
    }

    @ParameterizedTest
    @EnumSource
    void readsEveryTypeAndNull(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = filled(lake);
            String[] columns =
                    ALL.columns().stream().map(Types.NestedField::name).toArray(String[]::new);

            Scan scan = lake.scan(table, ScanPredicate.TRUE, columns);

            OffsetDateTime instant = NOON.atOffset(ZoneOffset.ofHours(2));
            assertThat(scan.rows().getFirst())
                    .containsExactly(
                            Value.TRUE,
                            Value.of(7),
                            Value.of(1L << 40),
                            Value.of(0.5),
                            Value.of(2.25),
                            Value.of("grün"),
                            new Value.BytesValue(new byte[] {1, 2}),
                            new Value.BytesValue(new byte[] {3, 4, 5}),
                            Value.of(ID.toString()),
                            new Value.DateValue(LocalDate.of(2026, 11, 21)),
                            new Value.LocalTimeValue(LocalTime.of(12, 0, 0, 123_456_000)),
                            new Value.LocalDateTimeValue(NOON),
                            new Value.DateTimeValue(instant.atZoneSameInstant(ZoneOffset.UTC)),
                            Value.of(12.5),
                            Value.of(List.of(Value.of("a"), Value.NULL)),
                            new Value.MapValue(Map.of("k", Value.of(9))),
                            new Value.MapValue(Map.of("name", Value.of("exception"), "at", Value.NULL)));
            assertThat(scan.rows().get(1)).hasSize(17).containsOnly(Value.NULL);
            assertThat(scan.rows()).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesEveryType(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = filled(lake);

            List<Column> columns =
                    lake.source().table(table.name()).orElseThrow().columns();

            assertThat(columns.stream().map(Column::type))
                    .containsExactly(
                            Primitive.BOOLEAN,
                            Primitive.INT,
                            Primitive.LONG,
                            Primitive.FLOAT,
                            Primitive.DOUBLE,
                            Primitive.STRING,
                            Primitive.BINARY,
                            Primitive.BINARY,
                            Primitive.UUID,
                            Primitive.DATE,
                            Primitive.TIME,
                            Primitive.TIMESTAMP,
                            Primitive.TIMESTAMPTZ,
                            new ColumnType.Decimal(9, 2),
                            new ColumnType.ListOf(Primitive.STRING),
                            new ColumnType.MapOf(Primitive.STRING, Primitive.LONG),
                            new ColumnType.Struct(List.of(
                                    new Column("name", Primitive.STRING, false),
                                    new Column("at", Primitive.TIMESTAMPTZ, false))));
        }
    }

    @ParameterizedTest
    @EnumSource
    void numbersDatesAndTimesAreTyped(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = filled(lake);
            ScanRequest request = new ScanRequest(
                    lake.pin(table),
                    new Pin.All(),
                    ScanPredicate.TRUE,
                    List.of("flag", "small", "wide", "text", "day", "instant"),
                    true);
            try (BatchCursor cursor =
                    lake.source().open(lake.source().plan(request), RuntimeKeys.NONE, TestLake.monitor())) {
                assertThat(cursor.advance()).isTrue();
                RowBatch batch = cursor.batch();

                assertThat(batch.columns().stream().<Class<?>>map(Object::getClass))
                        .containsExactly(
                                Vector.BooleanVector.class,
                                Vector.LongVector.class,
                                Vector.DoubleVector.class,
                                Vector.TextVector.class,
                                Vector.LongVector.class,
                                Vector.LongVector.class,
                                Vector.LongVector.class);
                assertThat(batch.column(4))
                        .isInstanceOfSatisfying(
                                Vector.LongVector.class,
                                days -> assertThat(days.kind()).isEqualTo(Vector.LongKind.DATE));
                assertThat(cursor.advance()).isFalse();
            }
        }
    }
}
