package io.spangraph.iceberg.damage;

import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RowReference;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.iceberg.equivalence.DictionaryUse;
import io.spangraph.iceberg.equivalence.FileColumn;
import io.spangraph.iceberg.equivalence.FileLayout;
import io.spangraph.iceberg.equivalence.FooterChange;
import io.spangraph.iceberg.equivalence.ParquetFiles;
import io.spangraph.iceberg.equivalence.ValueEncoding;
import io.spangraph.iceberg.memory.MemoryLake;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;

/** A table of one small file of a given layout, which tests damage; and what is asked of it each time. */
final class DamagedTable implements AutoCloseable {
    static final int ROWS = 72;
    static final Schema SCHEMA = new Schema(
            NestedField.optional(1, "key", Types.LongType.get()),
            NestedField.optional(2, "name", Types.StringType.get()),
            NestedField.optional(3, "id", Types.StringType.get()),
            NestedField.optional(4, "score", Types.DoubleType.get()),
            NestedField.optional(5, "flag", Types.BooleanType.get()));
    static final List<String> COLUMNS =
            SCHEMA.columns().stream().map(NestedField::name).toList();

    private static final int WANTED = 41;

    /** What is asked of a table that may be damaged. */
    enum Question {
        WHOLE(ScanPredicate.TRUE),
        BY_ID(new ScanPredicate.Compare("id", CompareOperator.EQUAL, Value.of("id-" + WANTED))),
        BY_KEY(new ScanPredicate.Compare("key", CompareOperator.LESS, Value.of(9))),
        FETCH(ScanPredicate.TRUE);

        private final ScanPredicate predicate;

        Question(ScanPredicate predicate) {
            this.predicate = predicate;
        }

        /** The rows that a right answer has. */
        List<List<Value>> rows() {
            return switch (this) {
                case WHOLE -> expected();
                case BY_ID -> List.of(expected().get(WANTED));
                case BY_KEY ->
                    expected().stream()
                            .filter(row -> row.getFirst() instanceof Value.IntegerValue(long key) && key < 9)
                            .toList();
                case FETCH -> List.of(expected().get(3), expected().get(WANTED));
            };
        }
    }

    private static final List<List<Value>> EXPECTED = rows().stream()
            .map(row -> {
                List<Value> values = new ArrayList<>();
                for (Object value : row) {
                    values.add(value(value));
                }
                return List.copyOf(values);
            })
            .toList();

    private final MemoryLake lake;
    private final Table table;
    private final DataFile file;
    private final byte[] content;

    DamagedTable(FileLayout layout) {
        this(layout, 3);
    }

    DamagedTable(FileLayout layout, int formatVersion) {
        this.lake = Damage.lake();
        this.table = lake.create(
                SCHEMA, PartitionSpec.unpartitioned(), Map.of("format-version", String.valueOf(formatVersion)));
        String location = table.location() + "/data/damaged.parquet";
        this.content = ParquetFiles.write(layout, rows());
        lake.storage().put(location, content);
        this.file = DataFiles.builder(table.spec())
                .withPath(location)
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(content.length)
                .withMetrics(
                        ParquetUtil.fileMetrics(table.io().newInputFile(location), MetricsConfig.forTable(table), null))
                .build();
        table.newAppend().appendFile(file).commit();
    }

    static List<List<Value>> expected() {
        return EXPECTED;
    }

    private static Value value(@Nullable Object value) {
        return switch (value) {
            case null -> Value.NULL;
            case Long number -> Value.of(number.longValue());
            case Double number -> Value.of(number.doubleValue());
            case Boolean flag -> Value.of(flag.booleanValue());
            default -> Value.of(value.toString());
        };
    }

    private static List<@Nullable Object[]> rows() {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            rows.add(new @Nullable Object[] {
                row % 11 == 10 ? null : (Object) (long) row,
                row % 7 == 6 ? null : "name " + row % 3,
                "id-" + row,
                row % 5 == 4 ? null : (Object) (row / 8.0),
                row % 3 == 2 ? null : (Object) (row % 2 == 0)
            });
        }
        return rows;
    }

    private static FileColumn column(int at, PrimitiveType type, ValueEncoding encoding, DictionaryUse dictionary) {
        return new FileColumn(SCHEMA.columns().get(at), type, encoding, dictionary, false, at == 2, true);
    }

    private static PrimitiveType type(int at, PrimitiveTypeName name, boolean text) {
        NestedField field = SCHEMA.columns().get(at);
        return org.apache.parquet.schema.Types.primitive(name, Repetition.OPTIONAL)
                .as(text ? LogicalTypeAnnotation.stringType() : null)
                .id(field.fieldId())
                .named(field.name());
    }

    /** Two row groups of several pages each. */
    static FileLayout layout(
            WriterVersion version, CompressionCodecName codec, boolean checksums, FooterChange... changes) {
        boolean old = version == WriterVersion.PARQUET_1_0;
        PrimitiveType text = type(1, PrimitiveTypeName.BINARY, true);
        return new FileLayout(
                List.of(
                        column(
                                0,
                                type(0, PrimitiveTypeName.INT64, false),
                                old ? ValueEncoding.PLAIN : ValueEncoding.DELTA_BINARY_PACKED,
                                DictionaryUse.NEVER),
                        column(1, text, ValueEncoding.PLAIN, DictionaryUse.ALWAYS),
                        column(
                                2,
                                type(2, PrimitiveTypeName.BINARY, true),
                                old ? ValueEncoding.PLAIN : ValueEncoding.DELTA_BYTE_ARRAY,
                                DictionaryUse.NEVER),
                        column(
                                3,
                                type(3, PrimitiveTypeName.DOUBLE, false),
                                old ? ValueEncoding.PLAIN : ValueEncoding.BYTE_STREAM_SPLIT,
                                DictionaryUse.NEVER),
                        column(
                                4,
                                type(4, PrimitiveTypeName.BOOLEAN, false),
                                old ? ValueEncoding.PLAIN : ValueEncoding.RLE,
                                DictionaryUse.NEVER)),
                version,
                codec,
                ROWS / 2,
                20,
                64,
                checksums,
                Set.of(changes));
    }

    MemoryLake lake() {
        return lake;
    }

    Table table() {
        return table;
    }

    DataFile file() {
        return file;
    }

    byte[] content() {
        return content.clone();
    }

    /** How a scan ended, as {@link Damage#ended} has it. */
    Optional<List<List<Value>>> ask(Question question, String what) {
        return Damage.ended(lake, file.location(), what, () -> answer(question));
    }

    private List<List<Value>> answer(Question question) {
        if (question != Question.FETCH) {
            return lake.scan(question.predicate, COLUMNS).rows();
        }
        long[] references = {RowReference.of(0, 3), RowReference.of(0, WANTED)};
        try (BatchCursor cursor =
                lake.source().fetch(lake.pin(), new Pin.All(), references, COLUMNS, MemoryLake.monitor())) {
            return MemoryLake.rows(cursor);
        }
    }

    @Override
    public void close() {
        lake.close();
    }
}
