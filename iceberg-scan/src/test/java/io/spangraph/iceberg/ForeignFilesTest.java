package io.spangraph.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RowReference;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.engine.spi.ScanRequest;
import io.spangraph.iceberg.TestLake.Scan;
import io.spangraph.model.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.avro.Avro;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.avro.DataWriter;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that other programs wrote and that were added to a table as they are. */
class ForeignFilesTest {
    private static final Schema ROWS = new Schema(
            Types.NestedField.required(1, "key", Types.IntegerType.get()),
            Types.NestedField.optional(2, "name", Types.StringType.get()),
            Types.NestedField.optional(3, "score", Types.DoubleType.get()));

    @TempDir
    private Path folder;

    private static ScanPredicate equal(String column, Value value) {
        return new ScanPredicate.Compare(column, CompareOperator.EQUAL, value);
    }

    /** A table with one file, the result of a query, in the given partition. */
    private static TestTable table(TestLake lake, PartitionSpec spec, String partition, String query)
            throws IOException, SQLException {
        TestTable table = lake.create(
                "rows",
                ROWS,
                spec,
                Map.of("schema.name-mapping.default", NameMappingParser.toJson(MappingUtil.create(ROWS))));
        String location = table.table().location() + "/data/foreign.parquet";
        ForeignParquet.write(table.table().io().newOutputFile(location), query);
        DataFiles.Builder file = DataFiles.builder(spec)
                .withPath(location)
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(table.table().io().newInputFile(location).getLength())
                .withRecordCount(1);
        if (spec.isPartitioned()) {
            file.withPartitionPath(partition);
        }
        table.table().newAppend().appendFile(file.build()).commit();
        return table;
    }

    @ParameterizedTest
    @EnumSource
    void columnsAreFoundByTheNameMapping(Catalogs catalogs) throws IOException, SQLException {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = table(lake, PartitionSpec.unpartitioned(), "", "select 5::int as key, 'foreign' as name");

            assertThat(lake.scan(table, equal("name", Value.of("foreign")), "key", "name", "score")
                            .rows())
                    .containsExactly(List.of(Value.of(5), Value.of("foreign"), Value.NULL));
        }
    }

    @ParameterizedTest
    @EnumSource
    void columnsThatOnlyThePartitionNamesHaveItsValue(Catalogs catalogs) throws IOException, SQLException {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            PartitionSpec byName = PartitionSpec.builderFor(ROWS)
                    .identity("name")
                    .identity("score")
                    .build();
            TestTable table = table(lake, byName, "name=hive/score=0.5", "select 5::int as key");
            List<Value> row = List.of(Value.of(5), Value.of("hive"), Value.of(0.5));

            for (ScanPredicate holds : List.of(
                    equal("name", Value.of("hive")),
                    new ScanPredicate.StartsWith("name", "hi"),
                    new ScanPredicate.Compare("score", CompareOperator.LESS, Value.of(1)),
                    new ScanPredicate.Or(List.of(equal("key", Value.of(4)), equal("score", Value.of(0.5)))))) {
                assertThat(lake.scan(table, holds, "key", "name", "score").rows())
                        .as("%s", holds)
                        .containsExactly(row);
            }
            assertThat(lake.scan(table, new ScanPredicate.IsNull("name"), "key").rows())
                    .isEmpty();
            assertThat(lake.scan(table, equal("score", Value.of(0.25)), "key").rows())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void avroFilesAreRead(Catalogs catalogs) throws IOException {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = lake.create("rows", ROWS);
            org.apache.iceberg.io.DataWriter<Record> writer = Avro.writeData(
                            table.table().io().newOutputFile(table.table().location() + "/data/rows.avro"))
                    .forTable(table.table())
                    .createWriterFunc(DataWriter::create)
                    .overwrite()
                    .build();
            try (writer) {
                writer.write(table.row(1, "one", 0.5));
                writer.write(table.row(2, null, Double.NaN));
            }
            table.table().newAppend().appendFile(writer.toDataFile()).commit();

            Scan scan = lake.scan(
                    new ScanRequest(
                            lake.pin(table),
                            new Pin.All(),
                            new ScanPredicate.IsNull("name"),
                            List.of("key", "name", "score"),
                            true),
                    RuntimeKeys.NONE);

            assertThat(scan.rows())
                    .containsExactly(
                            List.of(Value.of(2), Value.NULL, Value.of(Double.NaN), Value.of(RowReference.of(0, 1))));
            assertThat(scan.counts().bytesRead()).isPositive();
        }
    }
}
