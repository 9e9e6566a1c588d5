package io.spangraph.clients;

import io.spangraph.iceberg.catalog.LocalFileIO;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Small tables with every column type, a relationship, a second tenant, and a million rows to stream. */
final class SampleTables implements AutoCloseable {
    private static final int MILLION = 1_000_000;
    private static final Namespace NAMESPACE = Namespace.of("silver");
    private static final LocalDateTime NOON = LocalDateTime.of(2026, 11, 21, 12, 0, 0, 123_456_000);

    private static final Schema SAMPLES = new Schema(
            Types.NestedField.required(1, "owner", Types.StringType.get()),
            Types.NestedField.required(2, "id", Types.StringType.get()),
            Types.NestedField.optional(3, "flag", Types.BooleanType.get()),
            Types.NestedField.optional(4, "small", Types.IntegerType.get()),
            Types.NestedField.optional(5, "large", Types.LongType.get()),
            Types.NestedField.optional(6, "single", Types.FloatType.get()),
            Types.NestedField.optional(7, "wide", Types.DoubleType.get()),
            Types.NestedField.optional(8, "text", Types.StringType.get()),
            Types.NestedField.optional(9, "raw", Types.BinaryType.get()),
            Types.NestedField.optional(10, "uuid", Types.UUIDType.get()),
            Types.NestedField.optional(11, "day", Types.DateType.get()),
            Types.NestedField.optional(12, "clock", Types.TimeType.get()),
            Types.NestedField.optional(13, "local", Types.TimestampType.withoutZone()),
            Types.NestedField.optional(14, "instant", Types.TimestampType.withZone()),
            Types.NestedField.optional(15, "money", Types.DecimalType.of(9, 2)),
            Types.NestedField.optional(16, "tags", Types.ListType.ofOptional(20, Types.StringType.get())),
            Types.NestedField.optional(
                    17, "attributes", Types.MapType.ofOptional(21, 22, Types.StringType.get(), Types.LongType.get())),
            Types.NestedField.optional(18, "missing", Types.StringType.get()));

    private static final Schema LINKS = new Schema(
            Types.NestedField.required(1, "owner", Types.StringType.get()),
            Types.NestedField.required(2, "source", Types.StringType.get()),
            Types.NestedField.required(3, "target", Types.StringType.get()),
            Types.NestedField.optional(4, "weight", Types.DoubleType.get()));

    private static final Schema NUMBERS = new Schema(
            Types.NestedField.required(1, "owner", Types.StringType.get()),
            Types.NestedField.required(2, "n", Types.LongType.get()));

    private final JdbcCatalog catalog = new JdbcCatalog();
    private int appended;

    SampleTables(Path folder) {
        catalog.initialize(
                "lake",
                Map.of(
                        "uri",
                        "jdbc:sqlite:" + folder.resolve("catalog.db"),
                        "warehouse",
                        folder.resolve("warehouse").toString(),
                        "jdbc.schema-version",
                        "V1",
                        "io-impl",
                        LocalFileIO.class.getName()));
        catalog.createNamespace(NAMESPACE, Map.of());
        append(create("samples", SAMPLES), samples().stream());
        append(create("links", LINKS), Stream.of(row(LINKS, "acme", "a1", "a2", 0.75)));
        append(create("numbers", NUMBERS), LongStream.range(0, MILLION).mapToObj(n -> row(NUMBERS, "acme", n)));
    }

    private static List<Record> samples() {
        return List.of(
                row(
                        SAMPLES,
                        "acme",
                        "a1",
                        true,
                        7,
                        1L << 40,
                        0.5f,
                        2.25,
                        "grün \uD83D\uDE42",
                        ByteBuffer.wrap(new byte[] {1, 2}),
                        UUID.fromString("1363f25c-aeb7-4570-9d32-0a1b2c3d4e5f"),
                        NOON.toLocalDate(),
                        NOON.toLocalTime(),
                        NOON,
                        NOON.atOffset(ZoneOffset.ofHours(2)),
                        new BigDecimal("12.50"),
                        Arrays.asList("a", null),
                        Map.of("k", 9L)),
                row(SAMPLES, "acme", "a2"),
                row(SAMPLES, "globex", "g1"));
    }

    /** Adds a sample of acme, in a commit of its own. */
    void appendSample() {
        appended++;
        append(table("samples"), Stream.of(row(SAMPLES, "acme", "added-" + appended)));
    }

    private Table table(String name) {
        return catalog.loadTable(TableIdentifier.of(NAMESPACE, name));
    }

    private Table create(String name, Schema schema) {
        return catalog.createTable(TableIdentifier.of(NAMESPACE, name), schema);
    }

    private static Record row(Schema schema, @Nullable Object... values) {
        Record row = GenericRecord.create(schema);
        for (int i = 0; i < values.length; i++) {
            row.set(i, values[i]);
        }
        return row;
    }

    private static void append(Table table, Stream<Record> rows) {
        String file = table.location() + "/data/" + UUID.randomUUID() + ".parquet";
        try {
            DataWriter<Record> writer = Parquet.writeData(table.io().newOutputFile(file))
                    .forTable(table)
                    .createWriterFunc(GenericParquetWriter::create)
                    .overwrite()
                    .build();
            try (writer) {
                rows.forEach(writer::write);
            }
            table.newAppend().appendFile(writer.toDataFile()).commit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        catalog.close();
    }
}
