package io.spangraph.engine.exec.aggregate;

import static io.spangraph.engine.exec.fixture.BatchInput.row;
import static io.spangraph.engine.exec.fixture.Vectors.NULL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.exec.fixture.RandomVectors;
import io.spangraph.engine.exec.fixture.Vectors;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HashAggregateTest {
    private final QueryContext context = BatchInput.context();

    static Stream<Arguments> results() {
        Value hour = new Value.DurationValue(0, 0, 3600, 0);
        Value day = new Value.DurationValue(0, 1, 0, 500_000_000);
        return Stream.of(
                of("COUNT", 2, 1, NULL, "a"),
                of("COUNT", 0, NULL, NULL),
                of("SUM", 6, 1, 2, 3, NULL),
                of("SUM", 0, NULL),
                of("SUM", 4.5, 1, 3.5),
                of("SUM", 4.5, 3.5, 1),
                of("SUM", Long.MAX_VALUE, Long.MAX_VALUE, 5, -5),
                of("SUM", 1.0, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1),
                of("SUM", 2.0, 1.0, 1e100, 1.0, -1e100),
                of("SUM", Double.POSITIVE_INFINITY, 1.0, Double.POSITIVE_INFINITY),
                of("SUM", 1.8446744073709552E19, Long.MAX_VALUE, Long.MAX_VALUE, 2.0),
                of("SUM", new Value.DurationValue(0, 2, 3601, 0), day, day, hour),
                of("AVG", 2.0, 1, 2, 3, NULL),
                of("AVG", NULL, NULL),
                of("AVG", 1.75, 1, 2.5),
                of("AVG", (double) Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE),
                of("AVG", new Value.DurationValue(0, 0, 1800, 0), hour, new Value.DurationValue(0, 0, 0, 0)),
                of(
                        "AVG",
                        new Value.DurationValue(0, 0, 43_200, 500_000_000),
                        day,
                        new Value.DurationValue(0, 0, 0, 500_000_000)),
                of(
                        "AVG",
                        new Value.DurationValue(0, 15, 18_873, 0),
                        new Value.DurationValue(1, 0, 0, 0),
                        new Value.DurationValue(0, 0, 0, 0)),
                of("MIN", 1, 2, 1, 3, NULL),
                of("MIN", NULL, NULL),
                of("MIN", Long.MAX_VALUE, Long.MAX_VALUE, NULL),
                of("MAX", Long.MIN_VALUE, NULL, Long.MIN_VALUE),
                of("MIN", "a", 1, "a", true),
                of("MAX", 1.5, 1, "a", true, 1.5),
                of("MAX", Double.NaN, 1.0, Double.NaN, 2.0),
                of("MIN", 1.0, Double.NaN, 1.0),
                of("MAX", List.of(1, 2), List.of(1, 1), List.of(1, 2)),
                of("COLLECT", List.of(1, "a", 1.5), 1, NULL, "a", 1.5),
                of("COLLECT", List.of(), NULL),
                of("STDEV", 2.138089935299395, 2, 4, 4, 4, 5, 5, 7, 9),
                of("STDEVP", 2.0, 2, 4, 4, 4, 5, 5, 7, 9.0),
                of("STDEV", 0.0, 5),
                of("STDEVP", 0.0, NULL));
    }

    private static Arguments of(String function, Object expected, Object... values) {
        return Arguments.of(AggregateFunction.valueOf(function), Vectors.value(expected), Arrays.asList(values));
    }

    @ParameterizedTest
    @MethodSource("results")
    void computes(AggregateFunction function, Value expected, List<Object> values) {
        assertThat(aggregate(function, false, Vectors.values(values.toArray()))).isEqualTo(expected);
        assertThat(aggregate(function, false, typed(values))).isEqualTo(expected);
    }

    private static Vector typed(List<Object> values) {
        Object[] array = values.toArray();
        if (values.stream()
                .allMatch(value -> value.equals(NULL) || value instanceof Integer || value instanceof Long)) {
            return Vectors.longs(array);
        }
        if (values.stream().allMatch(value -> value.equals(NULL) || value instanceof Double)) {
            return Vectors.doubles(array);
        }
        return Vectors.texts(array);
    }

    static Stream<Arguments> distinctResults() {
        return Stream.of(
                of("COUNT", 3, 1, 1.0, 2, NULL, NULL, "a", "a"),
                of("SUM", 3, 1, 1, 2, NULL),
                of("AVG", 1.5, 1, 1, 2),
                of("COLLECT", List.of("b", "a"), "b", "a", "b", NULL),
                of("MAX", 2, 2, 2, 1),
                of("STDEVP", 0.5, 1, 1, 1, 2));
    }

    @ParameterizedTest
    @MethodSource("distinctResults")
    void computesDistinct(AggregateFunction function, Value expected, List<Object> values) {
        assertThat(aggregate(function, true, Vectors.values(values.toArray()))).isEqualTo(expected);
        assertThat(aggregate(function, true, typed(values))).isEqualTo(expected);
    }

    static Stream<Arguments> percentiles() {
        List<Object> four = List.of(40, 10, NULL, 30, 20);
        return Stream.of(
                Arguments.of("PERCENTILE_CONT", 0.5, 25.0, four),
                Arguments.of("PERCENTILE_CONT", 0.0, 10.0, four),
                Arguments.of("PERCENTILE_CONT", 1, 40.0, four),
                Arguments.of("PERCENTILE_CONT", 0.9, 37.0, four),
                Arguments.of("PERCENTILE_CONT", 0.5, NULL, List.of(NULL)),
                Arguments.of("PERCENTILE_DISC", 0.5, 20, four),
                Arguments.of("PERCENTILE_DISC", 0.51, 30, four),
                Arguments.of("PERCENTILE_DISC", 0.0, 10, four),
                Arguments.of("PERCENTILE_DISC", 1.0, 40, four),
                Arguments.of("PERCENTILE_DISC", 0.95, 2.5, List.of(1, 2.5)),
                Arguments.of("PERCENTILE_DISC", 0.95, NULL, List.of(NULL)));
    }

    @ParameterizedTest
    @MethodSource("percentiles")
    void computesPercentiles(AggregateFunction function, Object percentile, Object expected, List<Object> values) {
        Vector percentiles = Vectors.constant(percentile, values.size());
        assertThat(aggregate(function, false, Vectors.values(values.toArray()), percentiles))
                .isEqualTo(Vectors.value(expected));
        assertThat(aggregate(function, false, typed(values), percentiles)).isEqualTo(Vectors.value(expected));
    }

    static Stream<Arguments> refusals() {
        Value duration = new Value.DurationValue(1, 0, 0, 0);
        return Stream.of(
                Arguments.of(
                        "SUM",
                        QueryErrorCode.TYPE_ERROR,
                        "sum() cannot add a String ('a'): it takes numbers or durations.",
                        List.of(1, "a")),
                Arguments.of(
                        "AVG",
                        QueryErrorCode.TYPE_ERROR,
                        "avg() cannot add a Boolean (true): it takes numbers or durations.",
                        List.of(true)),
                Arguments.of(
                        "SUM",
                        QueryErrorCode.TYPE_ERROR,
                        "sum() cannot add a Duration to a number.",
                        List.of(1, duration)),
                Arguments.of(
                        "AVG",
                        QueryErrorCode.TYPE_ERROR,
                        "avg() cannot add a Duration to a number.",
                        List.of(duration, 1)),
                Arguments.of(
                        "SUM",
                        QueryErrorCode.ARITHMETIC_ERROR,
                        "sum() overflows: the sum of the integers is 9223372036854775808, beyond 64 bits.",
                        List.of(Long.MAX_VALUE, 1)),
                Arguments.of(
                        "SUM",
                        QueryErrorCode.ARITHMETIC_ERROR,
                        "sum() overflows: the sum of the integers is -9223372036854775809, beyond 64 bits.",
                        List.of(Long.MIN_VALUE, -1)),
                Arguments.of(
                        "STDEV",
                        QueryErrorCode.TYPE_ERROR,
                        "stDev() cannot take a String ('a'): it takes numbers.",
                        List.of("a")));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refuses(AggregateFunction function, QueryErrorCode code, String message, List<Object> values) {
        for (Vector vector : List.of(Vectors.values(values.toArray()), typed(values))) {
            assertThatThrownBy(() -> aggregate(function, false, vector))
                    .isInstanceOfSatisfying(
                            QueryException.class,
                            error -> assertThat(error.code()).isEqualTo(code))
                    .hasMessage(message);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "-0.1", "NaN"})
    void refusesPercentilesOutOfRange(double percentile) {
        assertThatThrownBy(() -> aggregate(
                        AggregateFunction.PERCENTILE_CONT, false, Vectors.longs(1), Vectors.doubles(percentile)))
                .hasMessage("percentileCont() takes a percentile between 0.0 and 1.0, not " + percentile + ".");
    }

    @Test
    void givesOneRowOverNothingWithoutKeys() {
        List<AggregateSpec> every = Arrays.stream(AggregateFunction.values())
                .map(function -> AggregateSpec.of(
                        function,
                        false,
                        columns(IntStream.range(0, function.arity()).toArray())))
                .toList();

        assertThat(run(BatchInput.of(List.of(), 2), List.of(), every))
                .containsExactly(row(0, 0, 0, NULL, NULL, NULL, List.of(), List.of(), 0.0, 0.0, NULL, NULL));
    }

    @Test
    void givesNoRowOverNothingWithKeys() {
        assertThat(run(BatchInput.of(List.of(), 2), List.of(new GroupColumn(0, true)), List.of(countRows())))
                .isEmpty();
    }

    @Test
    void groupsByIdentityAndCarriesTheRestFromTheFirstRow() {
        BatchInput input = BatchInput.of(
                Vectors.constant("Span", 4),
                Vectors.texts("acme", "acme", "globex", "acme"),
                Vectors.longs(1, 1, 1, 2),
                Vectors.texts("first", "second", "third", NULL));
        List<GroupColumn> node = List.of(
                new GroupColumn(3, false),
                new GroupColumn(0, true),
                new GroupColumn(1, true),
                new GroupColumn(2, true));

        assertThat(run(input, node, List.of(countRows())))
                .containsExactly(
                        row("first", "Span", "acme", 1, 2),
                        row("third", "Span", "globex", 1, 1),
                        row(NULL, "Span", "acme", 2, 1));
        assertThat(input.isClosed()).isTrue();
    }

    @Test
    void countsDifferentNodesByTheirIdentity() {
        BatchInput input = BatchInput.of(
                Vectors.values("Span", "Span", NULL, "Trace", "Span"), Vectors.values("a", "a", NULL, "a", "b"));
        AggregateSpec count = new AggregateSpec(AggregateFunction.COUNT, true, columns(0), columns(0, 1));

        assertThat(run(input, List.of(), List.of(count))).containsExactly(row(3));
    }

    @Test
    void keepsOneGroupForOneTextOfManyDictionaries() {
        List<RowBatch> batches = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            batches.add(RowBatch.of(List.of(Vectors.texts(i % 2 == 0 ? "a" : "x", "b", "a")), 3));
        }

        assertThat(run(BatchInput.of(batches, 1), List.of(new GroupColumn(0, true)), List.of(countRows())))
                .containsExactly(row("a", 15), row("b", 10), row("x", 5));
    }

    @Test
    void givesManyGroupsInBatchesOfTheUsualSize() {
        int groups = 10_000;
        Vector keys = new Vector.LongVector(
                IntStream.range(0, 30_000).mapToLong(i -> i % groups).toArray(),
                NullMask.NONE,
                Vector.LongKind.INTEGER);
        try (Operator aggregate = operator(
                BatchInput.of(keys),
                List.of(new GroupColumn(0, true)),
                List.of(countRows(), AggregateSpec.of(AggregateFunction.SUM, false, columns(0))),
                context)) {
            List<Integer> sizes = new ArrayList<>();
            while (aggregate.advance()) {
                sizes.add(aggregate.batch().rowCount());
                assertThat(aggregate.batch().columns()).allMatch(column -> column instanceof Vector.LongVector);
            }
            assertThat(sizes).containsExactly(4096, 4096, 1808);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void agreesWithANaiveGrouping(long seed) {
        Random random = new Random(seed);
        RandomVectors vectors = new RandomVectors(seed);
        List<RowBatch> batches = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            int length = random.nextInt(80);
            RowBatch batch = RowBatch.of(
                    List.of(
                            vectors.vector(vectors.anyForm(), length, 4),
                            vectors.vector(vectors.anyForm(), length, 3),
                            vectors.vector(RandomVectors.Form.LONGS, length, 9),
                            vectors.vector(vectors.anyForm(), length, 9)),
                    length);
            batches.add(random.nextBoolean() ? batch : BatchInput.selectSome(batch, random));
        }
        List<GroupColumn> keys = List.of(new GroupColumn(0, true), new GroupColumn(1, true));
        List<AggregateSpec> aggregates = List.of(
                countRows(),
                AggregateSpec.of(AggregateFunction.SUM, false, columns(2)),
                AggregateSpec.of(AggregateFunction.MIN, false, columns(3)),
                AggregateSpec.of(AggregateFunction.MAX, false, columns(3)),
                AggregateSpec.of(AggregateFunction.COLLECT, false, columns(3)),
                AggregateSpec.of(AggregateFunction.COLLECT, true, columns(3)),
                AggregateSpec.of(AggregateFunction.COUNT, true, columns(2)));

        List<List<Value>> actual = run(BatchInput.of(batches, 4), keys, aggregates);

        assertThat(actual).isEqualTo(NaiveGrouping.of(batches)).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @EnumSource(
            value = AggregateFunction.class,
            names = {"COUNT_ROWS", "COLLECT", "MAX", "PERCENTILE_DISC"})
    void endsTheQueryThatHoldsMoreThanItsMemory(AggregateFunction function) {
        QueryContext small = BatchInput.context(1 << 18);
        List<RowBatch> batches = IntStream.range(0, 100)
                .mapToObj(i -> RowBatch.of(
                        List.of(
                                Vectors.longs(IntStream.range(i * 1000, i * 1000 + 1000)
                                        .boxed()
                                        .toArray()),
                                Vectors.constant(0.5, 1000)),
                        1000))
                .toList();
        try (Operator aggregate = operator(
                BatchInput.of(batches, 2),
                List.of(new GroupColumn(0, true)),
                List.of(AggregateSpec.of(
                        function,
                        false,
                        columns(IntStream.range(0, function.arity()).toArray()))),
                small)) {
            assertThatThrownBy(aggregate::advance)
                    .isInstanceOfSatisfying(
                            QueryException.class,
                            error -> assertThat(error.code()).isEqualTo(QueryErrorCode.MEMORY_LIMIT))
                    .hasMessage("The query needs more than 262144 bytes of memory (Aggregate).");
        }
        assertThat(small.memory().reservedBytes()).isZero();
    }

    @Test
    void stopsWhenTheQueryIsCancelled() {
        List<RowBatch> batches = IntStream.range(0, 10)
                .mapToObj(i -> RowBatch.of(List.of(Vectors.longs(i)), 1))
                .toList();
        BatchInput input = BatchInput.of(batches, 1);
        Operator cancelling = BatchInput.cancelling(input, context.cancellation(), 3);
        try (Operator aggregate = operator(cancelling, List.of(), List.of(countRows()), context)) {
            assertThatThrownBy(aggregate::advance).hasMessage("The query was cancelled.");
            assertThat(input.batch().column(0).value(0)).isEqualTo(Value.of(3));
        }
    }

    private Value aggregate(AggregateFunction function, boolean distinct, Vector... arguments) {
        AggregateSpec spec = AggregateSpec.of(
                function, distinct, columns(IntStream.range(0, arguments.length).toArray()));
        return run(BatchInput.of(arguments), List.of(), List.of(spec))
                .getFirst()
                .getFirst();
    }

    private List<List<Value>> run(Operator input, List<GroupColumn> keys, List<AggregateSpec> aggregates) {
        return BatchInput.drain(operator(input, keys, aggregates, context));
    }

    private static Operator operator(
            Operator input, List<GroupColumn> keys, List<AggregateSpec> aggregates, QueryContext context) {
        return new HashAggregate(
                input,
                new Grouping(keys, aggregates, BatchInput.plainLayout(keys.size() + aggregates.size())),
                context);
    }

    private static AggregateSpec countRows() {
        return AggregateSpec.of(AggregateFunction.COUNT_ROWS, false, List.of());
    }

    private static List<CompiledExpression> columns(int... positions) {
        return Arrays.stream(positions)
                .<CompiledExpression>mapToObj(position -> batch -> batch.column(position))
                .toList();
    }
}
