package io.spangraph.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.iceberg.memory.MemoryLake;
import io.spangraph.model.value.Value;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files without field ids whose column of a name has another type than the table's, as after a drop and an add of that
 * name: the value where both types can hold it, else an error that names the column and the file, never a value that
 * was made of another.
 */
class RetypedColumnTest {
    private static final ScanPredicate ALL = ScanPredicate.TRUE;
    /**
     * A type, and a value of it.
     *
     * @param value as DuckDB writes it
     */
    record Kind(String name, Type type, String value) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Kind> KINDS = List.of(
            new Kind("boolean", Types.BooleanType.get(), "true"),
            new Kind("int", Types.IntegerType.get(), "7::int"),
            new Kind("long", Types.LongType.get(), "7::bigint"),
            new Kind("float", Types.FloatType.get(), "0.5::float"),
            new Kind("double", Types.DoubleType.get(), "0.5::double"),
            new Kind("decimal(9, 2)", Types.DecimalType.of(9, 2), "0.5::decimal(9, 2)"),
            new Kind("decimal(38, 2)", Types.DecimalType.of(38, 2), "0.5::decimal(38, 2)"),
            new Kind("string", Types.StringType.get(), "'text'"),
            new Kind("uuid", Types.UUIDType.get(), "'123e4567-e89b-12d3-a456-426614174000'::uuid"),
            new Kind("binary", Types.BinaryType.get(), "'bytes'::blob"),
            new Kind("date", Types.DateType.get(), "'2026-11-21'::date"),
            new Kind("time", Types.TimeType.get(), "'10:11:12'::time"),
            new Kind("timestamp", Types.TimestampType.withoutZone(), "'2026-11-21 10:11:12'::timestamp"),
            new Kind("timestamptz", Types.TimestampType.withZone(), "'2026-11-21 10:11:12+00'::timestamptz"),
            new Kind("list<string>", Types.ListType.ofOptional(3, Types.StringType.get()), "['text']"),
            new Kind(
                    "struct<name: string>",
                    Types.StructType.of(Types.NestedField.optional(3, "name", Types.StringType.get())),
                    "{'name': 'text'}"));

    /** Types of which each holds the values of the other; for times with and without a zone, the same microseconds. */
    private static final List<Set<String>> ALIKE = List.of(
            Set.of("int", "long"),
            Set.of("float", "double"),
            Set.of("decimal(9, 2)", "decimal(38, 2)"),
            Set.of("timestamp", "timestamptz"));

    static Stream<Arguments> pairs() {
        return KINDS.stream().flatMap(stored -> KINDS.stream().map(said -> Arguments.of(stored, said)));
    }

    private static void create(MemoryLake lake, Kind stored, Kind said) throws IOException, SQLException {
        Schema schema = new Schema(
                Types.NestedField.optional(1, "key", Types.IntegerType.get()),
                Types.NestedField.optional(2, "x", said.type()));
        Map<String, String> mapping =
                Map.of("schema.name-mapping.default", NameMappingParser.toJson(MappingUtil.create(schema)));
        Table table = lake.create(schema, PartitionSpec.unpartitioned(), mapping);
        String location = table.location() + "/data/foreign.parquet";
        ForeignParquet.write(table.io().newOutputFile(location), "select 5::int as key, " + stored.value() + " as x");
        table.newAppend()
                .appendFile(DataFiles.builder(PartitionSpec.unpartitioned())
                        .withPath(location)
                        .withFormat(FileFormat.PARQUET)
                        .withFileSizeInBytes(table.io().newInputFile(location).getLength())
                        .withRecordCount(1)
                        .build())
                .commit();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aColumnOfAnotherTypeIsAnErrorOrItsValue(Kind stored, Kind said) throws IOException, SQLException {
        try (MemoryLake lake = new MemoryLake(true)) {
            create(lake, stored, said);

            if (stored.name().equals("binary") && said.name().equals("string")) {
                // Old writers leave out that bytes are text.
                assertThat(lake.scan(ALL, List.of("x")).rows()).containsExactly(List.of(Value.of("bytes")));
            } else if (stored.equals(said)
                    || ALIKE.stream().anyMatch(types -> types.containsAll(Set.of(stored.name(), said.name())))) {
                assertThat(lake.scan(ALL, List.of("key", "x")).rows())
                        .containsExactly(List.of(Value.of(5), expected(stored, said)));
            } else {
                boolean nested = stored.type().isNestedType() || said.type().isNestedType();
                assertThatThrownBy(() -> lake.scan(ALL, List.of("key", "x")))
                        .isInstanceOfSatisfying(
                                QueryException.class,
                                error -> assertThat(error.code()).isEqualTo(QueryErrorCode.STORAGE_CORRUPT))
                        .hasMessageContaining("foreign.parquet")
                        .hasMessageContaining(nested ? " type" : "Column 'x'");
                assertThatThrownBy(() -> lake.scan(new ScanPredicate.IsNotNull("x"), List.of("key")))
                        .isInstanceOf(QueryException.class)
                        .hasMessageContaining("foreign.parquet");
                assertThat(lake.scan(ALL, List.of("key")).rows()).containsExactly(List.of(Value.of(5)));
            }
            assertThat(lake.storage().open()).isZero();
        }
    }

    /** What a column of the very type gives. */
    private static Value expected(Kind stored, Kind said) throws IOException, SQLException {
        Kind same = stored.name().startsWith("timestamp") ? said : stored;
        try (MemoryLake lake = new MemoryLake(true)) {
            create(lake, same, same);
            return lake.scan(ALL, List.of("x")).rows().getFirst().getFirst();
        }
    }
}
