package io.spangraph.engine.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.engine.reference.ReferenceTable;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.model.schema.MappingExpression.ColumnPath;
import io.spangraph.model.table.Column;
import io.spangraph.model.table.ColumnType.Primitive;
import io.spangraph.model.table.TableName;
import io.spangraph.model.table.TableSchema;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the engine relies on, whatever source it reads from. Each source has a test that extends this. */
public abstract class ScanSourceContract {
    /** The catalog that the tables are in. */
    protected static final String CATALOG = "lake";

    private static final int ROWS_PER_FILE = 5;
    private static final int ROWS = 40;

    private static final TableName FULL = name("spans");
    private static final TableName EMPTY = name("nothing");

    private final Cancellation cancellation = Cancellation.after(Duration.ofMinutes(5));
    private final ScanMonitor monitor = new ScanMonitor(cancellation);
    private Optional<ScanSource> opened = Optional.empty();

    /** A source that has the tables, each with its rows in files of the size that the table says. */
    protected abstract ScanSource source(List<ReferenceTable> tables);

    private static TableName name(String table) {
        return new TableName(CATALOG, List.of("silver"), table);
    }

    @BeforeEach
    void fill() {
        List<Column> columns = List.of(
                new Column("tenant", Primitive.STRING, false),
                new Column("trace", Primitive.STRING, false),
                new Column("number", Primitive.LONG, false),
                new Column("score", Primitive.DOUBLE, false),
                new Column("failed", Primitive.BOOLEAN, false));
        opened = Optional.of(source(List.of(
                new ReferenceTable(new TableSchema(FULL, columns), rows(), ROWS_PER_FILE),
                new ReferenceTable(new TableSchema(EMPTY, columns), List.of(), ROWS_PER_FILE))));
    }

    private ScanSource source() {
        return opened.orElseThrow();
    }

    @AfterEach
    void close() {
        opened.ifPresent(ScanSource::close);
    }

    /** Eight files of five rows; traces lie together, tenants take turns by file, every sixth score is null. */
    private static List<Map<String, Value>> rows() {
        List<Map<String, Value>> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            Map<String, Value> row = new LinkedHashMap<>();
            row.put("tenant", Value.of(i / ROWS_PER_FILE % 2 == 0 ? "acme" : "globex"));
            row.put("trace", Value.of("trace-" + i / 4));
            row.put("number", Value.of(i));
            if (i % 6 != 0) {
                row.put("score", Value.of(i / 2.0));
            }
            row.put("failed", Value.of(i % 3 == 0));
            rows.add(row);
        }
        return rows;
    }

    private TableSnapshot pin(TableName table) {
        return source().pin(Set.of(table), new SnapshotSelector.Current()).of(table);
    }

    private ScanRequest request(Pin pin, ScanPredicate predicate, boolean references, String... columns) {
        return new ScanRequest(pin(FULL), pin, predicate, List.of(columns), references);
    }

    private static Pin tenant(String tenant) {
        return new Pin.Tenant(new ColumnPath("tenant", List.of()), tenant);
    }

    private List<List<Value>> read(ScanRequest request, RuntimeKeys keys) {
        try (BatchCursor cursor = source().open(source().plan(request), keys, monitor)) {
            return read(cursor);
        }
    }

    private static List<List<Value>> read(BatchCursor cursor) {
        List<List<Value>> rows = new ArrayList<>();
        while (cursor.advance()) {
            RowBatch batch = cursor.batch();
            for (int row = 0; row < batch.rowCount(); row++) {
                List<Value> values = new ArrayList<>();
                for (int column = 0; column < batch.columns().size(); column++) {
                    values.add(batch.value(row, column));
                }
                rows.add(values);
            }
        }
        return rows;
    }

    private static long number(Value value) {
        if (value instanceof Value.IntegerValue(long number)) {
            return number;
        }
        throw new AssertionError("no integer: " + value);
    }

    /** The numbers of the rows that satisfy the residual. A scan may give more rows than the predicate wants. */
    private List<Long> numbers(ScanPredicate predicate, RuntimeKeys keys) {
        ScanRequest request = request(new Pin.All(), predicate, false, "number", "trace", "score", "failed");
        ScanPredicate residual = source().plan(request).residual();
        return read(request, keys).stream()
                .filter(row -> holds(residual, row))
                .map(row -> number(row.getFirst()))
                .sorted()
                .toList();
    }

    private static boolean holds(ScanPredicate predicate, List<Value> row) {
        return switch (predicate) {
            case ScanPredicate.And(List<ScanPredicate> operands) ->
                operands.stream().allMatch(operand -> holds(operand, row));
            case ScanPredicate.Or(List<ScanPredicate> operands) ->
                operands.stream().anyMatch(operand -> holds(operand, row));
            case ScanPredicate.Compare(String column, CompareOperator operator, Value value) ->
                compare(cell(row, column), operator, value).orElse(false);
            case ScanPredicate.In(String column, List<Value> values) ->
                values.stream()
                        .anyMatch(
                                value -> Values.equal(cell(row, column), value).orElse(false));
            case ScanPredicate.IsNull(String column) -> cell(row, column).isNull();
            case ScanPredicate.IsNotNull(String column) -> !cell(row, column).isNull();
            case ScanPredicate.StartsWith(String column, String prefix) ->
                cell(row, column) instanceof Value.StringValue(String text) && text.startsWith(prefix);
        };
    }

    private static Value cell(List<Value> row, String column) {
        return row.get(List.of("number", "trace", "score", "failed").indexOf(column));
    }

    private static Optional<Boolean> compare(Value left, CompareOperator operator, Value right) {
        return switch (operator) {
            case EQUAL -> Values.equal(left, right);
            case NOT_EQUAL -> Values.equal(left, right).map(same -> !same);
            case LESS -> Values.lessThan(left, right);
            case LESS_OR_EQUAL -> Values.lessOrEqual(left, right);
            case GREATER -> Values.lessThan(right, left);
            case GREATER_OR_EQUAL -> Values.lessOrEqual(right, left);
        };
    }

    private static List<Long> range(long from, long to) {
        return java.util.stream.LongStream.range(from, to).boxed().toList();
    }

    @Test
    void columnsThatHaveToBePresentAreNullInNoRow() {
        ScanRequest request = new ScanRequest(
                pin(FULL), new Pin.All(), ScanPredicate.TRUE, List.of("score"), List.of("number"), false);

        assertThat(read(request, RuntimeKeys.NONE).stream()
                        .map(row -> number(row.getFirst()))
                        .sorted()
                        .toList())
                .isEqualTo(LongStream.range(0, ROWS)
                        .filter(number -> number % 6 != 0)
                        .boxed()
                        .toList());
        assertThat(source().plan(request).residual()).isEqualTo(ScanPredicate.TRUE);
    }

    @Test
    void knowsItsTables() {
        assertThat(source().table(FULL).orElseThrow().columns())
                .extracting(Column::name, Column::type)
                .containsExactly(
                        tuple("tenant", Primitive.STRING),
                        tuple("trace", Primitive.STRING),
                        tuple("number", Primitive.LONG),
                        tuple("score", Primitive.DOUBLE),
                        tuple("failed", Primitive.BOOLEAN));
        assertThat(source().table(name("spams"))).isEmpty();
        assertThat(source().neighbours(name("spams"))).containsExactlyInAnyOrder("nothing", "spans");
    }

    @Test
    void givesEachRowOnceWithItsColumnsInOrder() {
        List<List<Value>> rows =
                read(request(new Pin.All(), ScanPredicate.TRUE, false, "score", "number"), RuntimeKeys.NONE);

        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(rows().stream()
                        .map(row ->
                                List.of(row.getOrDefault("score", Value.NULL), row.getOrDefault("number", Value.NULL)))
                        .toList());
        assertThat(monitor.counts().filesRead()).isEqualTo(ROWS / ROWS_PER_FILE);
        assertThat(monitor.counts().rowsRead()).isEqualTo(ROWS);
        assertThat(monitor.counts().bytesRead()).isPositive();
    }

    @Test
    void givesRowsWithoutAnyColumn() {
        assertThat(read(request(new Pin.All(), ScanPredicate.TRUE, false), RuntimeKeys.NONE))
                .hasSize(ROWS);
    }

    @Test
    void anEmptyTableHasNoRows() {
        ScanRequest request = new ScanRequest(pin(EMPTY), new Pin.All(), ScanPredicate.TRUE, List.of("number"), true);

        assertThat(read(request, RuntimeKeys.NONE)).isEmpty();
        assertThat(source().plan(request).estimate()).isEqualTo(new ScanPlan.ScanEstimate(0, 0, 0, 0, 0));
    }

    @Test
    void scanAndResidualTogetherGiveWhatThePredicateWants() {
        assertThat(numbers(new ScanPredicate.Compare("number", CompareOperator.LESS, Value.of(7)), RuntimeKeys.NONE))
                .isEqualTo(range(0, 7));
        assertThat(numbers(
                        new ScanPredicate.Compare("trace", CompareOperator.EQUAL, Value.of("trace-3")),
                        RuntimeKeys.NONE))
                .isEqualTo(range(12, 16));
        assertThat(numbers(new ScanPredicate.StartsWith("trace", "trace-3"), RuntimeKeys.NONE))
                .isEqualTo(range(12, 16));
        assertThat(numbers(new ScanPredicate.IsNull("score"), RuntimeKeys.NONE))
                .containsExactly(0L, 6L, 12L, 18L, 24L, 30L, 36L);
        assertThat(numbers(
                        new ScanPredicate.Compare("score", CompareOperator.NOT_EQUAL, Value.of("x")), RuntimeKeys.NONE))
                .hasSize(33);
        assertThat(numbers(new ScanPredicate.Compare("number", CompareOperator.EQUAL, Value.of("7")), RuntimeKeys.NONE))
                .isEmpty();
        assertThat(numbers(
                        new ScanPredicate.Or(List.of(
                                new ScanPredicate.In("number", List.of(Value.of(3), Value.of(39.0), Value.of("a"))),
                                new ScanPredicate.And(List.of(
                                        new ScanPredicate.IsNotNull("score"),
                                        new ScanPredicate.Compare(
                                                "score", CompareOperator.GREATER_OR_EQUAL, Value.of(18.5)))))),
                        RuntimeKeys.NONE))
                .containsExactly(3L, 37L, 38L, 39L);
    }

    @Test
    void skipsFilesAndSaysSo() {
        ScanPredicate predicate = new ScanPredicate.Compare("number", CompareOperator.EQUAL, Value.of(12));
        ScanPlan plan = source().plan(request(new Pin.All(), predicate, false, "number"));

        assertThat(numbers(predicate, RuntimeKeys.NONE)).containsExactly(12L);
        assertThat(plan.estimate().files()).isEqualTo(1);
        assertThat(plan.estimate().filesSkipped()).isEqualTo(7);
        assertThat(plan.estimate().rows()).isEqualTo(ROWS_PER_FILE);
        assertThat(monitor.counts().filesRead()).isEqualTo(1);
        assertThat(monitor.counts().filesSkipped()).isEqualTo(7);
        assertThat(monitor.counts().bytesSkipped()).isPositive();
    }

    @Test
    void planningReadsNoData() {
        source().plan(request(new Pin.All(), ScanPredicate.TRUE, false, "number"));

        assertThat(monitor.counts()).isEqualTo(ScanMonitor.ScanCounts.ZERO);
    }

    @Test
    void aPinLosesNoneOfItsTenantsRowsAndSkipsFilesOfOthers() {
        List<List<Value>> rows =
                read(request(tenant("acme"), ScanPredicate.TRUE, false, "tenant", "number"), RuntimeKeys.NONE);

        assertThat(rows.stream().filter(row -> row.getFirst().equals(Value.of("acme"))))
                .hasSize(20);
        assertThat(monitor.counts().filesSkipped()).isEqualTo(4);
    }

    @Test
    void keysNarrowAScanAndLoseNoRow() {
        RuntimeKeys keys = new RuntimeKeys(
                List.of(new RuntimeKeys.KeySet("trace", Set.of(Value.of("trace-2"), Value.of("elsewhere")))));

        assertThat(numbers(ScanPredicate.TRUE, keys)).containsAll(range(8, 12));
        assertThat(monitor.counts().filesRead()).isEqualTo(2);
        assertThat(monitor.counts().filesRead() + monitor.counts().filesSkipped())
                .isEqualTo(8);
    }

    @Test
    void rowsAreFoundAgainByTheirReferences() {
        TableSnapshot snapshot = pin(FULL);
        ScanPredicate some = new ScanPredicate.Compare("number", CompareOperator.GREATER, Value.of(21));
        List<List<Value>> scanned = new ArrayList<>(
                read(new ScanRequest(snapshot, new Pin.All(), some, List.of("number"), true), RuntimeKeys.NONE));
        assertThat(scanned).hasSizeGreaterThanOrEqualTo(18);
        Collections.shuffle(scanned, new Random(3));
        scanned.add(scanned.getFirst());
        long[] references =
                scanned.stream().mapToLong(row -> number(row.get(1))).toArray();

        try (BatchCursor cursor = source().fetch(snapshot, new Pin.All(), references, List.of("number"), monitor)) {
            assertThat(read(cursor))
                    .isEqualTo(scanned.stream().map(row -> row.subList(0, 1)).toList());
        }
    }

    @Test
    void aReferenceToAnotherTenantsRowIsRefused() {
        TableSnapshot snapshot = pin(FULL);
        ScanPredicate first = new ScanPredicate.Compare("number", CompareOperator.EQUAL, Value.of(0));
        long reference =
                number(read(new ScanRequest(snapshot, new Pin.All(), first, List.of("number"), true), RuntimeKeys.NONE)
                        .getFirst()
                        .get(1));

        assertThatThrownBy(() -> {
                    try (BatchCursor cursor = source().fetch(
                                    snapshot, tenant("globex"), new long[] {reference}, List.of("number"), monitor)) {
                        read(cursor);
                    }
                })
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void aCancelledScanReadsNoMore() {
        ScanPlan plan = source().plan(request(new Pin.All(), ScanPredicate.TRUE, false, "number"));
        try (BatchCursor cursor = source().open(plan, RuntimeKeys.NONE, monitor)) {
            assertThat(cursor.advance()).isTrue();
            cancellation.cancel(Cancellation.Reason.KILLED);

            assertThatExceptionOfType(QueryException.class)
                    .isThrownBy(cursor::advance)
                    .satisfies(error -> assertThat(error.code()).isEqualTo(QueryErrorCode.CANCELLED));
        }
    }

    @Test
    void aPlanMayBeOpenedMoreThanOnce() {
        ScanPlan plan = source().plan(request(new Pin.All(), ScanPredicate.TRUE, false, "number"));
        try (BatchCursor first = source().open(plan, RuntimeKeys.NONE, monitor);
                BatchCursor second = source().open(plan, RuntimeKeys.NONE, monitor)) {
            assertThat(first.advance()).isTrue();
            assertThat(read(second)).hasSize(ROWS);
        }
    }
}
