package io.spangraph.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.iceberg.TestLake.Scan;
import io.spangraph.model.value.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Old files read by the columns of today, and changes that a mapping cannot survive are told. */
class SchemaEvolutionTest {
    private static final Schema ROWS = new Schema(
            Types.NestedField.required(1, "key", Types.IntegerType.get()),
            Types.NestedField.optional(2, "name", Types.StringType.get()),
            Types.NestedField.optional(3, "score", Types.FloatType.get()));

    @TempDir
    private Path folder;

    private static TestTable table(TestLake lake) {
        TestTable table = lake.create("rows", ROWS, PartitionSpec.unpartitioned(), Map.of("format-version", "3"));
        table.append(table.row(1, "old", 0.5f));
        return table;
    }

    private static ScanPredicate equal(String column, Value value) {
        return new ScanPredicate.Compare(column, CompareOperator.EQUAL, value);
    }

    @ParameterizedTest
    @EnumSource
    void renamedAndPromotedColumnsKeepTheirValues(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = table(lake);
            lake.source().table(table.name());
            table.table()
                    .updateSchema()
                    .renameColumn("name", "title")
                    .updateColumn("key", Types.LongType.get())
                    .updateColumn("score", Types.DoubleType.get())
                    .commit();
            table.append(table.row(1L << 40, "new", 0.25));

            assertThat(lake.scan(table, ScanPredicate.TRUE, "key", "title", "score")
                            .rows())
                    .containsExactlyInAnyOrder(
                            List.of(Value.of(1), Value.of("old"), Value.of(0.5)),
                            List.of(Value.of(1L << 40), Value.of("new"), Value.of(0.25)));
            Scan old = lake.scan(table, equal("key", Value.of(1)), "title");
            assertThat(old.column(0)).containsExactly(Value.of("old"));
            assertThat(old.counts().filesRead()).isEqualTo(1);
            assertThat(lake.scan(table, equal("title", Value.of("old")), "key").column(0))
                    .containsExactly(Value.of(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void addedColumnsAreNullInOldFiles(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = table(lake);
            table.table()
                    .updateSchema()
                    .addColumn("extra", Types.LongType.get())
                    .commit();
            table.append(table.row(2, "new", 0.5f, 7L));

            assertThat(lake.scan(table, ScanPredicate.TRUE, "key", "extra").rows())
                    .containsExactlyInAnyOrder(List.of(Value.of(1), Value.NULL), List.of(Value.of(2), Value.of(7)));
            assertThat(lake.scan(table, new ScanPredicate.IsNull("extra"), "key")
                            .column(0))
                    .containsExactly(Value.of(1));
            assertThat(lake.scan(table, equal("extra", Value.of(7)), "key").column(0))
                    .containsExactly(Value.of(2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void addedColumnsWithADefaultHaveItInOldFiles(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = table(lake);
            table.table()
                    .updateSchema()
                    .addColumn("extra", Types.LongType.get(), "with a default", Literal.of(9L))
                    .commit();

            assertThat(lake.scan(table, ScanPredicate.TRUE, "extra").column(0)).containsExactly(Value.of(9));
            assertThat(lake.scan(table, equal("extra", Value.of(9)), "extra").column(0))
                    .containsExactly(Value.of(9));
            assertThat(lake.scan(table, new ScanPredicate.IsNull("extra"), "extra")
                            .rows())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aColumnThatWasDroppedAndAddedAgainIsAnotherOne(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = table(lake);
            table.table().updateSchema().deleteColumn("name").commit();
            table.table()
                    .updateSchema()
                    .addColumn("name", Types.StringType.get())
                    .commit();

            assertThat(lake.scan(table, ScanPredicate.TRUE, "name").column(0)).containsExactly(Value.NULL);
            assertThat(lake.scan(table, equal("name", Value.of("old")), "name").rows())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aColumnThatIsGoneIsNamed(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = table(lake);
            lake.source().table(table.name());
            table.table().updateSchema().renameColumn("name", "names").commit();

            assertThatExceptionOfType(QueryException.class)
                    .isThrownBy(() -> lake.scan(table, ScanPredicate.TRUE, "name"))
                    .satisfies(error -> {
                        assertThat(error.code()).isEqualTo(QueryErrorCode.SCHEMA_CHANGED);
                        assertThat(error).hasMessage("Table 'lake.silver.rows' has no column 'name' any more.");
                        assertThat(error.hint())
                                .contains("It was dropped or renamed after the mapping was checked. Correct graph.yaml"
                                        + " and load it again. Did you mean 'names'?");
                    });
        }
    }

    @ParameterizedTest
    @EnumSource
    void aColumnOfAnotherTypeIsNamed(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = table(lake);
            lake.source().table(table.name());
            table.table().updateSchema().deleteColumn("name").commit();
            table.table().updateSchema().addColumn("name", Types.LongType.get()).commit();

            assertThatExceptionOfType(QueryException.class)
                    .isThrownBy(() -> lake.scan(table, equal("name", Value.of("old")), "key"))
                    .satisfies(error -> {
                        assertThat(error.code()).isEqualTo(QueryErrorCode.SCHEMA_CHANGED);
                        assertThat(error)
                                .hasMessage("Column 'name' of table 'lake.silver.rows' is of type long; it was string"
                                        + " when the mapping was checked.");
                        assertThat(error.hint())
                                .contains("Load graph.yaml again, so that the mapping is checked against the table of"
                                        + " today.");
                    });
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTypeThatCannotBeReadIsNamed(Catalogs catalogs) {
        try (TestLake lake = new TestLake(catalogs.open(folder))) {
            TestTable table = table(lake);
            table.table()
                    .updateSchema()
                    .addColumn("precise", Types.TimestampNanoType.withZone())
                    .commit();

            assertThat(lake.scan(table, ScanPredicate.TRUE, "key").rows()).hasSize(1);
            assertThatExceptionOfType(QueryException.class)
                    .isThrownBy(() -> lake.scan(table, ScanPredicate.TRUE, "precise"))
                    .satisfies(error -> assertThat(error.code()).isEqualTo(QueryErrorCode.UNSUPPORTED))
                    .withMessage(
                            "Column 'precise' of table 'lake.silver.rows' has the type timestamptz_ns, which cannot"
                                    + " be read.");
        }
    }
}
