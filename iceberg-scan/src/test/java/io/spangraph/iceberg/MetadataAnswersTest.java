package io.spangraph.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.MetadataAnswer;
import io.spangraph.engine.spi.MetadataQuestion;
import io.spangraph.engine.spi.MetadataQuestion.Fact;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.engine.spi.ScanPlan;
import io.spangraph.engine.spi.ScanPredicate;
import io.spangraph.engine.spi.ScanRequest;
import io.spangraph.model.schema.MappingExpression;
import io.spangraph.model.schema.MappingFunction;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Metadata answer exactly what a scan would, or leave the file to the scan. */
class MetadataAnswersTest {
    private static final Schema SPANS = new Schema(
            NestedField.optional(1, "tenant", Types.StringType.get()),
            NestedField.optional(2, "day", Types.DateType.get()),
            NestedField.optional(3, "start", Types.LongType.get()),
            NestedField.optional(4, "cost", Types.DoubleType.get()));
    private static final PartitionSpec BY_TENANT_AND_DAY =
            PartitionSpec.builderFor(SPANS).identity("tenant").identity("day").build();
    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private static final MetadataQuestion COUNT = question(new Fact.Rows());

    @TempDir
    private Path folder;

    private TestLake lake;

    @BeforeEach
    void open() throws IOException {
        lake = new TestLake(Catalogs.IN_MEMORY.open(folder));
    }

    @AfterEach
    void close() {
        lake.close();
    }

    private static MetadataQuestion question(Fact... facts) {
        return new MetadataQuestion(List.of(facts), List.of());
    }

    private TestTable spans(PartitionSpec spec) {
        return lake.create("spans", SPANS, spec, Map.of("format-version", "2"));
    }

    private static List<Record> rows(TestTable table, String tenant, LocalDate day, long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(start -> table.row(tenant, day, start, start / 2.0 + 1))
                .toList();
    }

    private static Pin tenant(String name) {
        return new Pin.Tenant(new MappingExpression.ColumnPath("tenant", List.of()), name);
    }

    private MetadataAnswer ask(TestTable table, Pin pin, ScanPredicate predicate, MetadataQuestion question) {
        return lake.source().metadata(plan(table, pin, predicate), question);
    }

    private ScanPlan plan(TestTable table, Pin pin, ScanPredicate predicate) {
        List<String> columns =
                table.schema().columns().stream().map(NestedField::name).toList();
        return lake.source().plan(new ScanRequest(lake.pin(table), pin, predicate, columns, false));
    }

    private void assertScanned(TestTable table, Pin pin, ScanPredicate predicate, MetadataQuestion question) {
        MetadataAnswer answer = ask(table, pin, predicate, question);
        assertThat(answer.values()).isEmpty();
        assertThat(answer.rest().estimate().files()).isEqualTo(1);
    }

    private static ScanPredicate compare(String column, CompareOperator operator, Value value) {
        return new ScanPredicate.Compare(column, operator, value);
    }

    @Test
    void countsAndExtremesOfWholeFilesReadNothing() {
        TestTable table = spans(PartitionSpec.unpartitioned());
        table.append(rows(table, "acme", DAY, 10, 20));
        table.append(rows(table, "globex", DAY, 15, 40));

        MetadataAnswer answer = ask(
                table,
                new Pin.All(),
                ScanPredicate.TRUE,
                new MetadataQuestion(
                        List.of(
                                new Fact.Rows(),
                                new Fact.NotNull("tenant"),
                                new Fact.Least("start"),
                                new Fact.Greatest("day"),
                                new Fact.Greatest("cost")),
                        List.of("tenant", "start")));

        Value day = new Value.DateValue(DAY);
        assertThat(answer.values())
                .containsExactlyInAnyOrder(
                        List.of(Value.of(10), Value.of(10), Value.of(10), day, Value.of(10.5)),
                        List.of(Value.of(25), Value.of(25), Value.of(15), day, Value.of(20.5)));
        ScanMonitor monitor = TestLake.monitor();
        try (BatchCursor rest = lake.source().open(answer.rest(), RuntimeKeys.NONE, monitor)) {
            assertThat(rest.advance()).isFalse();
        }
        assertThat(monitor.counts().bytesRead()).isZero();
        assertThat(answer.rest().estimate().bytes()).isZero();
        assertThat(answer.rest().estimate().filesSkipped()).isEqualTo(2);
    }

    @Test
    void aTenantAndWholeDaysAreProvenByPartitions() {
        TestTable table = spans(BY_TENANT_AND_DAY);
        table.appendFiles(List.of(
                rows(table, "acme", DAY, 0, 5),
                rows(table, "acme", DAY.plusDays(1), 5, 12),
                rows(table, "acme", DAY.plusDays(2), 12, 20),
                rows(table, "globex", DAY.plusDays(1), 0, 100)));

        MetadataAnswer answer = ask(
                table,
                tenant("acme"),
                compare("day", CompareOperator.GREATER_OR_EQUAL, new Value.DateValue(DAY.plusDays(1))),
                question(new Fact.Rows(), new Fact.Greatest("start")));

        assertThat(answer.values())
                .containsExactlyInAnyOrder(List.of(Value.of(7), Value.of(11)), List.of(Value.of(8), Value.of(19)));
        assertThat(answer.rest().estimate().files()).isZero();
    }

    @Test
    void aTenantIsNotProvenByBounds() {
        TestTable table = spans(PartitionSpec.unpartitioned());
        table.append(rows(table, "acme", DAY, 0, 5));

        assertScanned(table, tenant("acme"), ScanPredicate.TRUE, COUNT);
    }

    @Test
    void aTenantIsNotProvenByABucket() {
        TestTable table =
                spans(PartitionSpec.builderFor(SPANS).bucket("tenant", 4).build());
        table.append(rows(table, "acme", DAY, 0, 5));

        assertScanned(table, tenant("acme"), ScanPredicate.TRUE, COUNT);
    }

    @Test
    void aTenantThatAnExpressionNamesIsNotProven() {
        TestTable table = spans(BY_TENANT_AND_DAY);
        table.append(rows(table, "acme", DAY, 0, 5));
        Pin pin = new Pin.Tenant(
                new MappingExpression.Call(
                        MappingFunction.LOWER, List.of(new MappingExpression.ColumnPath("tenant", List.of()))),
                "acme");

        assertScanned(table, pin, ScanPredicate.TRUE, COUNT);
    }

    @Test
    void onlySomeRowsSatisfyTheConditions() {
        TestTable table = spans(PartitionSpec.unpartitioned());
        table.append(rows(table, "acme", DAY, 0, 5));

        assertScanned(table, new Pin.All(), compare("start", CompareOperator.GREATER_OR_EQUAL, Value.of(1)), COUNT);
        assertThat(ask(table, new Pin.All(), compare("start", CompareOperator.GREATER_OR_EQUAL, Value.of(0)), COUNT)
                        .values())
                .containsExactly(List.of(Value.of(5)));
    }

    @Test
    void rowsWereDeleted() throws IOException {
        TestTable table = spans(PartitionSpec.unpartitioned());
        DataFile file = table.append(rows(table, "acme", DAY, 0, 5));
        deletePosition(table, file, 3);

        assertScanned(table, new Pin.All(), ScanPredicate.TRUE, COUNT);
        assertScanned(table, new Pin.All(), ScanPredicate.TRUE, question(new Fact.Least("start")));
    }

    @Test
    void boundsOfTextsAreNotValues() {
        TestTable table = spans(PartitionSpec.unpartitioned());
        table.append(rows(table, "a tenant whose name is longer than its bounds", DAY, 0, 5));

        assertScanned(table, new Pin.All(), ScanPredicate.TRUE, question(new Fact.Least("tenant")));
        assertScanned(table, new Pin.All(), ScanPredicate.TRUE, question(new Fact.Rows(), new Fact.Greatest("tenant")));
    }

    @Test
    void thereAreNoStatistics() {
        TestTable table = spans(PartitionSpec.unpartitioned());
        DataFile file = table.write(rows(table, "acme", DAY, 0, 5));
        table.table()
                .newAppend()
                .appendFile(TestTable.withoutStatistics(table.table(), file))
                .commit();

        assertScanned(table, new Pin.All(), ScanPredicate.TRUE, question(new Fact.Least("start")));
        assertScanned(table, new Pin.All(), ScanPredicate.TRUE, question(new Fact.NotNull("start")));
        assertScanned(
                table,
                new Pin.All(),
                ScanPredicate.TRUE,
                new MetadataQuestion(List.of(new Fact.Rows()), List.of("start")));
        assertThat(ask(table, new Pin.All(), ScanPredicate.TRUE, COUNT).values())
                .containsExactly(List.of(Value.of(5)));
    }

    @Test
    void nullsAreNotCounted() {
        TestTable table = spans(PartitionSpec.unpartitioned());
        table.append(table.row(null, DAY, 1L, null), table.row("acme", DAY, 2L, null));

        assertThat(ask(
                                table,
                                new Pin.All(),
                                ScanPredicate.TRUE,
                                question(new Fact.NotNull("tenant"), new Fact.NotNull("cost"), new Fact.Least("cost")))
                        .values())
                .containsExactly(List.of(Value.of(1), Value.of(0), Value.NULL));
        // A row without the key of a vertex is no vertex.
        assertScanned(
                table,
                new Pin.All(),
                ScanPredicate.TRUE,
                new MetadataQuestion(List.of(new Fact.Rows()), List.of("tenant")));
    }

    @Test
    void notANumberAndZeroHaveNoBounds() {
        MetadataQuestion least = question(new Fact.Least("cost"));
        TestTable table = spans(PartitionSpec.unpartitioned());
        table.append(table.row("acme", DAY, 1L, 1.5), table.row("acme", DAY, 2L, Double.NaN));
        assertScanned(table, new Pin.All(), ScanPredicate.TRUE, least);

        TestTable zeros = lake.create("zeros", SPANS);
        zeros.append(zeros.row("acme", DAY, 1L, 0.0), zeros.row("acme", DAY, 2L, 1.0));
        assertScanned(zeros, new Pin.All(), ScanPredicate.TRUE, least);
    }

    @Test
    void aColumnThatWasAddedLaterIsReadForItsDefault() {
        TestTable table = spans(PartitionSpec.unpartitioned());
        table.append(rows(table, "acme", DAY, 0, 5));
        table.table().updateSchema().addColumn("later", Types.LongType.get()).commit();

        assertScanned(table, new Pin.All(), ScanPredicate.TRUE, question(new Fact.NotNull("later")));
    }

    @Test
    void boundsThatWereWrittenBeforeAColumnGrewAreRead() {
        TestTable table =
                lake.create("growing", new Schema(NestedField.optional(1, "number", Types.IntegerType.get())));
        table.append(table.row(7), table.row(-3));
        table.table()
                .updateSchema()
                .updateColumn("number", Types.LongType.get())
                .commit();

        assertThat(ask(
                                table,
                                new Pin.All(),
                                ScanPredicate.TRUE,
                                question(new Fact.Least("number"), new Fact.Greatest("number")))
                        .values())
                .containsExactly(List.of(Value.of(-3), Value.of(7)));
    }

    private static void deletePosition(TestTable table, DataFile file, long position) throws IOException {
        PositionDeleteWriter<Record> writer = Parquet.writeDeletes(
                        table.table().io().newOutputFile(table.table().location() + "/data/" + UUID.randomUUID()))
                .forTable(table.table())
                .withSpec(table.table().spec())
                .withPartition(file.partition())
                .createWriterFunc(GenericParquetWriter::create)
                .rowSchema(null)
                .overwrite()
                .buildPositionWriter();
        try (writer) {
            PositionDelete<Record> delete = PositionDelete.create();
            writer.write(delete.set(file.location(), position));
        }
        table.table().newRowDelta().addDeletes(writer.toDeleteFile()).commit();
    }

    /** How the random tables are laid out. */
    enum Layout {
        BY_BOUNDS(PartitionSpec.unpartitioned()),
        BY_TEXT(PartitionSpec.builderFor(RandomRows.SCHEMA).identity("text").build()),
        BY_DAY(PartitionSpec.builderFor(RandomRows.SCHEMA)
                .day("instant")
                .identity("flag")
                .build());

        private final PartitionSpec spec;

        Layout(PartitionSpec spec) {
            this.spec = spec;
        }
    }

    @ParameterizedTest
    @EnumSource
    void metadataAndTheRestOfTheScanAreTheWholeScan(Layout layout) throws IOException {
        Random random = new Random(20_261_121);
        TestTable table = lake.create("random", RandomRows.SCHEMA, layout.spec, Map.of("format-version", "2"));
        fill(table, layout, random);
        RandomPredicates predicates = new RandomPredicates(random);
        int answered = 0;
        int scanned = 0;
        for (int i = 0; i < 80; i++) {
            ScanPredicate predicate = random.nextInt(4) == 0 ? ScanPredicate.TRUE : predicates.next(1);
            Pin pin = random.nextInt(3) > 0
                    ? new Pin.All()
                    : new Pin.Tenant(new MappingExpression.ColumnPath("text", List.of()), RandomRows.text(random));
            MetadataQuestion question = randomQuestion(random);
            ScanPlan whole = plan(table, pin, predicate);
            MetadataAnswer answer = lake.source().metadata(whole, question);
            List<List<Value>> parts = new ArrayList<>(answer.values());
            parts.add(facts(rows(answer.rest(), pin, predicate, question), question));

            assertThat(combined(question, parts))
                    .as("%s %s %s", predicate, pin, question)
                    .isEqualTo(facts(rows(whole, pin, predicate, question), question));
            answered += answer.files();
            scanned += (int) answer.rest().estimate().files();
        }
        assertThat(answered).isGreaterThan(40);
        assertThat(scanned).isGreaterThan(100);
    }

    private static void fill(TestTable table, Layout layout, Random random) throws IOException {
        AppendFiles append = table.table().newAppend();
        List<DataFile> files = new ArrayList<>();
        for (int file = 0; file < 30; file++) {
            Record first = RandomRows.next(table, file * 100L, random);
            int rows = 1 + random.nextInt(4);
            List<Record> all = IntStream.range(0, rows)
                    .mapToObj(row -> {
                        Record next = row == 0 ? first : RandomRows.next(table, first.get(0, Long.class) + row, random);
                        if (layout != Layout.BY_BOUNDS) {
                            List.of("text", "instant", "flag")
                                    .forEach(column -> next.setField(column, first.getField(column)));
                        }
                        return next;
                    })
                    .toList();
            files.add(table.write(all));
        }
        files.forEach(append::appendFile);
        append.commit();
        // Where there are no partitions, a delete file concerns every file, and all would have to be scanned.
        for (int i = 0; i < 6 && layout != Layout.BY_BOUNDS; i++) {
            deletePosition(table, files.get(i * 5), 0);
        }
    }

    private static MetadataQuestion randomQuestion(Random random) {
        List<String> columns = List.of("flag", "small", "large", "single", "wide", "text", "day", "local", "instant");
        List<Fact> facts = new ArrayList<>();
        for (int i = random.nextInt(2); i >= 0; i--) {
            String column = columns.get(random.nextInt(columns.size()));
            facts.add(
                    switch (random.nextInt(4)) {
                        case 0 -> new Fact.Rows();
                        case 1 -> new Fact.NotNull(column);
                        case 2 -> new Fact.Least(column);
                        default -> new Fact.Greatest(column);
                    });
        }
        return new MetadataQuestion(facts, random.nextBoolean() ? List.of() : List.of("row", "small"));
    }

    /** The rows of a scan that count, by name. */
    private List<Map<String, Value>> rows(ScanPlan plan, Pin pin, ScanPredicate predicate, MetadataQuestion question) {
        List<Map<String, Value>> rows = new ArrayList<>();
        try (BatchCursor cursor = lake.source().open(plan, RuntimeKeys.NONE, TestLake.monitor())) {
            for (List<Value> values : TestLake.rows(cursor)) {
                Map<String, Value> row = new HashMap<>();
                for (int i = 0; i < values.size(); i++) {
                    row.put(plan.request().columns().get(i), values.get(i));
                }
                boolean owned = !(pin instanceof Pin.Tenant(var owner, String tenant))
                        || Value.of(tenant).equals(row.get("text"));
                if (owned
                        && PredicateOracle.holds(predicate, row::get)
                        && question.required().stream()
                                .noneMatch(column -> value(row, column).isNull())) {
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    private static Value value(Map<String, Value> row, String column) {
        return row.getOrDefault(column, Value.NULL);
    }

    private static List<Value> facts(List<Map<String, Value>> rows, MetadataQuestion question) {
        return question.facts().stream()
                .map(fact -> switch (fact) {
                    case Fact.Rows all -> Value.of((long) rows.size());
                    case Fact.NotNull(String column) ->
                        Value.of(present(rows, column).count());
                    case Fact.Least(String column) ->
                        present(rows, column).min(MetadataAnswersTest::order).orElse(Value.NULL);
                    case Fact.Greatest(String column) ->
                        present(rows, column).max(MetadataAnswersTest::order).orElse(Value.NULL);
                })
                .toList();
    }

    private static int order(Value left, Value right) {
        return Values.compareForOrder(left, right);
    }

    private static Stream<Value> present(List<Map<String, Value>> rows, String column) {
        return rows.stream().map(row -> value(row, column)).filter(value -> !value.isNull());
    }

    private static List<Value> combined(MetadataQuestion question, List<List<Value>> parts) {
        return IntStream.range(0, question.facts().size())
                .mapToObj(i -> {
                    Stream<Value> values =
                            parts.stream().map(part -> part.get(i)).filter(value -> !value.isNull());
                    Comparator<Value> order = MetadataAnswersTest::order;
                    return switch (question.facts().get(i)) {
                        case Fact.Rows all -> sum(values);
                        case Fact.NotNull notNull -> sum(values);
                        case Fact.Least least -> values.min(order).orElse(Value.NULL);
                        case Fact.Greatest greatest -> values.max(order).orElse(Value.NULL);
                    };
                })
                .toList();
    }

    private static Value sum(Stream<Value> values) {
        return Value.of(
                values.mapToLong(value -> ((Value.IntegerValue) value).value()).sum());
    }
}
