package io.spangraph.engine.exec.parallel;

import static io.spangraph.engine.exec.fixture.BatchInput.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.spangraph.engine.context.Cancellation.Reason;
import io.spangraph.engine.context.Execution;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.Workers;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.aggregate.AggregateSpec;
import io.spangraph.engine.exec.aggregate.GroupColumn;
import io.spangraph.engine.exec.aggregate.Grouping;
import io.spangraph.engine.exec.aggregate.HashAggregate;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.exec.fixture.SpillSandbox;
import io.spangraph.engine.exec.parallel.PartsInMemory.BatchWatch;
import io.spangraph.engine.exec.sort.SortSpec;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParallelOperatorsTest {
    private static final int PARTS = 40;
    private static final int ROWS_OF_A_PART = 50;
    private static final int THREADS = 3;
    private static final CompiledExpression EVERYTHING =
            rows -> new Vector.ConstantVector(Value.TRUE, rows.physicalRows());

    private final Workers workers = Workers.of(THREADS - 1, 1);
    private final QueryContext context = PartsInMemory.context(workers, 1L << 26);

    @AfterEach
    void endsWorkers() {
        workers.close();
    }

    /** What stands above the pipelines. */
    private enum Kind {
        GATHER((pipeline, context) -> new GatherOperator(pipeline, context)),
        AGGREGATE(ParallelOperatorsTest::countByDigit),
        TOP((pipeline, context) -> new ParallelTopN(pipeline, ParallelOperatorsTest::byDigit, 0, 10, context));

        private final BiFunction<Pipeline, QueryContext, Operator> operator;

        Kind(BiFunction<Pipeline, QueryContext, Operator> operator) {
            this.operator = operator;
        }
    }

    private static Operator countByDigit(Pipeline pipeline, QueryContext context) {
        Grouping grouping = new Grouping(
                List.of(new GroupColumn(1, true)),
                List.of(
                        AggregateSpec.of(AggregateFunction.COUNT_ROWS, false, List.of()),
                        AggregateSpec.of(AggregateFunction.SUM, false, List.of(rows -> rows.column(0)))),
                BatchInput.plainLayout(3));
        return new HashAggregate(new ParallelAggregate(List.of(pipeline), () -> grouping, context), grouping, context);
    }

    private static List<SortSpec> byDigit() {
        return List.of(new SortSpec(rows -> rows.column(1), true));
    }

    /** Lets all threads begin before any goes on, so that none does the work of all. */
    private static BatchWatch together(Set<Thread> seen) {
        CyclicBarrier all = new CyclicBarrier(THREADS);
        return (part, batch) -> {
            if (seen.add(Thread.currentThread())) {
                try {
                    all.await(1, TimeUnit.MINUTES);
                } catch (Exception failed) {
                    throw new IllegalStateException(failed);
                }
            }
        };
    }

    @Test
    void gatheredRowsComeInTheOrderOfTheTable() {
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        PartsInMemory source = new PartsInMemory(PARTS, ROWS_OF_A_PART, together(seen));
        List<List<Value>> rows = BatchInput.drain(new GatherOperator(source.pipeline(context, EVERYTHING), context));
        assertThat(rows)
                .isEqualTo(LongStream.range(0, PARTS * ROWS_OF_A_PART)
                        .mapToObj(number -> row(number, number % 10))
                        .toList());
        assertThat(seen).hasSize(THREADS).contains(Thread.currentThread());
        assertNothingIsLeft(source);
    }

    @Test
    void groupsComeInTheOrderOfTheirFirstRows() {
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        PartsInMemory source = new PartsInMemory(PARTS, ROWS_OF_A_PART, together(seen));
        // The first part holds no odd number, so that those come last.
        CompiledExpression condition = rows -> truths(
                rows.physicalRows(),
                row -> number(rows.column(0), row) >= ROWS_OF_A_PART || number(rows.column(0), row) % 2 == 0);
        List<List<Value>> groups = BatchInput.drain(countByDigit(source.pipeline(context, condition), context));
        long count = PARTS * ROWS_OF_A_PART / 10;
        assertThat(groups).extracting(List::getFirst).containsExactly(values(0, 2, 4, 6, 8, 1, 3, 5, 7, 9));
        assertThat(groups.getFirst()).isEqualTo(row(0, count, 10 * (count - 1) * count / 2));
        assertThat(groups.get(5).get(1)).isEqualTo(Value.of(count - ROWS_OF_A_PART / 10));
        assertThat(seen).hasSize(THREADS);
        assertNothingIsLeft(source);
    }

    @Test
    void groupsThatDoNotFitIntoMemoryComeFromDisk(@TempDir Path directory) {
        int parts = 150;
        long numbers = parts * (long) ROWS_OF_A_PART;
        try (SpillSandbox sandbox = new SpillSandbox(directory)) {
            QueryContext plain = sandbox.context(192 << 10);
            QueryContext tiny = new QueryContext(
                    plain.principal(),
                    plain.parameters(),
                    plain.limits(),
                    plain.memory(),
                    plain.cancellation(),
                    plain.startedAt(),
                    new Execution(workers, sandbox.space()));
            Set<Thread> seen = ConcurrentHashMap.newKeySet();
            // Both bring the same numbers, so that threads share groups.
            PartsInMemory first = new PartsInMemory(parts, ROWS_OF_A_PART, together(seen));
            PartsInMemory second = new PartsInMemory(parts, ROWS_OF_A_PART, (part, batch) -> {});
            Grouping grouping = new Grouping(
                    List.of(new GroupColumn(0, true)),
                    List.of(AggregateSpec.of(AggregateFunction.COUNT_ROWS, false, List.of())),
                    BatchInput.plainLayout(2));
            ParallelAggregate input = new ParallelAggregate(
                    List.of(first.pipeline(tiny, EVERYTHING), second.pipeline(tiny, EVERYTHING)), () -> grouping, tiny);
            Operator aggregate = new HashAggregate(input, grouping, tiny);
            assertThat(SpillSandbox.counted(BatchInput.drain(aggregate)))
                    .isEqualTo(SpillSandbox.counted(LongStream.range(0, numbers)
                            .mapToObj(number -> row(number, 2))
                            .toList()));
            assertThat(aggregate.spilledBytes()).isPositive();
            assertThat(seen).hasSize(THREADS);
        }
    }

    @Test
    void aggregatesWithoutKeysHaveOneRowOverNothing() {
        PartsInMemory source = new PartsInMemory(0, 0, (part, batch) -> {});
        Grouping grouping = new Grouping(
                List.of(),
                List.of(AggregateSpec.of(AggregateFunction.COUNT_ROWS, false, List.of())),
                BatchInput.plainLayout(1));
        ParallelAggregate input =
                new ParallelAggregate(List.of(source.pipeline(context, EVERYTHING)), () -> grouping, context);
        assertThat(BatchInput.drain(new HashAggregate(input, grouping, context)))
                .containsExactly(row(0));
        assertNothingIsLeft(source);
    }

    @Test
    void amongTheFirstRowsEqualOnesKeepTheOrderOfTheTable() {
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        PartsInMemory source = new PartsInMemory(PARTS, ROWS_OF_A_PART, together(seen));
        Operator top =
                new ParallelTopN(source.pipeline(context, EVERYTHING), ParallelOperatorsTest::byDigit, 3, 20, context);
        assertThat(BatchInput.drain(top))
                .isEqualTo(LongStream.range(3, 23)
                        .mapToObj(i -> row(10 * i + 9, 9))
                        .toList());
        assertNothingIsLeft(source);
    }

    @Test
    void whatIsReadAheadIsBoundedByTheMemoryOfTheQuery() {
        QueryContext small = PartsInMemory.context(workers, 1 << 14);
        PartsInMemory source = new PartsInMemory(1_000, ROWS_OF_A_PART, (part, batch) -> {});
        try (Operator gather = new GatherOperator(source.pipeline(small, EVERYTHING), small)) {
            assertThat(gather.advance()).isTrue();
            assertThat(source.taken.get()).isLessThan(100);
            assertThat(small.memory().reservedBytes()).isLessThan(1 << 13);
        }
        assertThat(small.memory().reservedBytes()).isZero();
        assertThat(source.open.get()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theErrorOfOneThreadIsTheQuerysAndStopsAll(Kind kind) {
        // Many, because the others go on until the one that fails has told them.
        int parts = 500 * PARTS;
        PartsInMemory source = new PartsInMemory(parts, ROWS_OF_A_PART, (part, batch) -> {
            if (part == 5 && batch == 3) {
                throw new IllegalStateException("broken part");
            }
        });
        try (Operator operator = kind.operator.apply(source.pipeline(context, EVERYTHING), context)) {
            assertThatThrownBy(() -> drain(operator))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("broken part");
        }
        assertThat(source.taken.get()).isLessThan(parts);
        assertNothingIsLeft(source);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void cancellingEndsAllThreads(Kind kind) throws Exception {
        CountDownLatch reading = new CountDownLatch(THREADS);
        CountDownLatch cancelled = new CountDownLatch(1);
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        PartsInMemory source = new PartsInMemory(PARTS, ROWS_OF_A_PART, (part, batch) -> {
            if (seen.add(Thread.currentThread())) {
                reading.countDown();
                awaitUninterrupted(cancelled);
            }
        });
        Thread other = Thread.ofPlatform().start(() -> {
            awaitUninterrupted(reading);
            context.cancellation().cancel(Reason.KILLED);
            cancelled.countDown();
        });
        try (Operator operator = kind.operator.apply(source.pipeline(context, EVERYTHING), context)) {
            assertThat(catchThrowable(() -> drain(operator))).hasMessage("The query was cancelled.");
        }
        other.join();
        assertThat(seen).hasSize(THREADS);
        assertNothingIsLeft(source);
    }

    @Test
    void closingEarlyEndsAllThreads() {
        PartsInMemory source = new PartsInMemory(PARTS, ROWS_OF_A_PART, (part, batch) -> {});
        Operator gather = new GatherOperator(source.pipeline(context, EVERYTHING), context);
        assertThat(gather.advance()).isTrue();
        gather.close();
        assertThat(gather.advance()).isFalse();
        assertNothingIsLeft(source);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aQueryDoesNotWaitForWorkersThatOthersHave(Kind kind) {
        CountDownLatch over = new CountDownLatch(1);
        for (int i = 0; i < workers.threads(); i++) {
            workers.offer(() -> awaitUninterrupted(over));
        }
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        PartsInMemory source =
                new PartsInMemory(PARTS, ROWS_OF_A_PART, (part, batch) -> seen.add(Thread.currentThread()));
        try (Operator operator = kind.operator.apply(source.pipeline(context, EVERYTHING), context)) {
            drain(operator);
        }
        over.countDown();
        assertThat(seen).containsExactly(Thread.currentThread());
        assertThat(source.taken.get()).isEqualTo(PARTS);
        assertNothingIsLeft(source);
    }

    private void assertNothingIsLeft(PartsInMemory source) {
        assertThat(source.open.get()).as("open parts").isZero();
        assertThat(context.memory().reservedBytes()).as("reserved bytes").isZero();
    }

    private static void drain(Operator operator) {
        while (operator.advance()) {
            assertThat(operator.batch().rowCount()).isPositive();
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static Value[] values(int... numbers) {
        return IntStream.of(numbers).mapToObj(number -> Value.of((long) number)).toArray(Value[]::new);
    }

    private static long number(Vector vector, int row) {
        return ((Vector.LongVector) vector).values()[row];
    }

    private static Vector truths(int rows, IntPredicate truth) {
        boolean[] values = new boolean[rows];
        IntStream.range(0, rows).forEach(row -> values[row] = truth.test(row));
        return new Vector.BooleanVector(values, NullMask.NONE);
    }
}
