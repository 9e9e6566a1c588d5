package io.spangraph.iceberg.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.iceberg.damage.FileMap.Region;
import io.spangraph.iceberg.memory.MemoryLake;
import io.spangraph.model.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One byte of a file with nested columns is wrong, which Iceberg's own reader reads: its pages have checksums as well. */
@Execution(ExecutionMode.CONCURRENT)
class DamagedNestedFileTest {
    private static final int STEP = Boolean.getBoolean("full") ? 1 : 13;
    private static final int[] FLIPS = {0xFF, 0x01};
    private static final int ROWS = 60;
    private static final Types.StructType EVENT = Types.StructType.of(
            NestedField.required(4, "name", Types.StringType.get()),
            NestedField.optional(5, "score", Types.DoubleType.get()));
    private static final Schema SCHEMA = new Schema(
            NestedField.optional(1, "key", Types.LongType.get()),
            NestedField.optional(2, "event", EVENT),
            NestedField.optional(3, "tags", Types.ListType.ofOptional(6, Types.StringType.get())),
            NestedField.optional(7, "name", Types.StringType.get()));

    /** Iceberg's reader looks into the dictionary for it. */
    private static final ScanPredicate NAMED =
            new ScanPredicate.Compare("name", CompareOperator.EQUAL, Value.of("name 3"));

    private static final List<String> COLUMNS =
            SCHEMA.columns().stream().map(NestedField::name).toList();

    @ParameterizedTest
    @CsvSource({"PARQUET_1_0, uncompressed", "PARQUET_1_0, zstd", "PARQUET_2_0, uncompressed", "PARQUET_2_0, snappy"})
    void noWrongByteInAPageGivesAWrongValue(WriterVersion version, String codec) throws IOException {
        try (MemoryLake lake = Damage.lake()) {
            Table table = lake.create(SCHEMA, PartitionSpec.unpartitioned(), Map.of("format-version", "2"));
            DataFile file = write(table, version, codec);
            table.newAppend().appendFile(file).commit();
            List<List<Value>> rows =
                    ask(lake, file, ScanPredicate.TRUE, "intact").orElseThrow();
            List<List<Value>> named = ask(lake, file, NAMED, "intact").orElseThrow();
            assertThat(rows).hasSize(ROWS).containsAll(named);
            assertThat(named).hasSize(ROWS / 5);

            byte[] content = lake.storage().file(file.location());
            FileMap map = FileMap.of(content);
            Map<Region, Integer> errors = new EnumMap<>(Region.class);
            List<String> wrong = new ArrayList<>();
            for (int position = 0; position < content.length; position += STEP) {
                Region region = map.at(position).region();
                for (int flip : FLIPS) {
                    byte[] damaged = content.clone();
                    damaged[position] ^= (byte) flip;
                    lake.storage().put(file.location(), damaged);
                    String what = "byte " + position + " ^ " + flip + " of " + map.at(position);
                    Optional<List<List<Value>>> all = ask(lake, file, ScanPredicate.TRUE, what);
                    Optional<List<List<Value>>> some = ask(lake, file, NAMED, what);
                    errors.merge(region, (all.isEmpty() ? 1 : 0) + (some.isEmpty() ? 1 : 0), Integer::sum);
                    if (region != Region.FOOTER
                            && !(all.orElse(rows).equals(rows)
                                    && some.orElse(named).equals(named))) {
                        wrong.add(what);
                    }
                }
            }
            System.out.println(version + ", " + codec + ": errors " + errors);
            assertThat(wrong).isEmpty();
            assertThat(errors.get(Region.PAGE)).isPositive();
            assertThat(errors.get(Region.DICTIONARY)).isPositive();
            assertThat(errors.get(Region.FOOTER)).isPositive();
        }
    }

    private static Optional<List<List<Value>>> ask(
            MemoryLake lake, DataFile file, ScanPredicate predicate, String what) {
        return Damage.ended(
                lake, file.location(), what, () -> lake.scan(predicate, COLUMNS).rows());
    }

    private static DataFile write(Table table, WriterVersion version, String codec) throws IOException {
        OutputFile output = table.io().newOutputFile(table.location() + "/data/nested.parquet");
        FileAppender<Record> appender = Parquet.write(output)
                .forTable(table)
                .createWriterFunc(GenericParquetWriter::create)
                .writerVersion(version)
                .set("write.parquet.compression-codec", codec)
                .set("write.parquet.page-row-limit", "20")
                .overwrite()
                .build();
        try (appender) {
            for (long row = 0; row < ROWS; row++) {
                appender.add(record(row));
            }
        }
        return DataFiles.builder(table.spec())
                .withPath(output.location())
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(appender.length())
                .withMetrics(appender.metrics())
                .build();
    }

    private static Record record(long row) {
        Record record = GenericRecord.create(SCHEMA);
        record.setField("key", row);
        record.setField("name", "name " + row % 5);
        if (row % 7 != 6) {
            Record event = GenericRecord.create(EVENT);
            event.setField("name", "name " + row % 5);
            if (row % 3 != 2) {
                event.setField("score", row / 8.0);
            }
            record.setField("event", event);
        }
        List<String> tags = new ArrayList<>();
        for (long tag = 0; tag < row % 4; tag++) {
            tags.add("tag " + (row + tag));
        }
        if (row % 5 != 4) {
            record.setField("tags", tags);
        }
        return record;
    }
}
