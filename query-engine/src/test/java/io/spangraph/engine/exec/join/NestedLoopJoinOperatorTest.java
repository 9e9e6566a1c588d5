package io.spangraph.engine.exec.join;

import static io.spangraph.engine.exec.fixture.BatchInput.row;
import static io.spangraph.engine.exec.fixture.Vectors.NULL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.exec.fixture.NaiveJoin;
import io.spangraph.engine.exec.fixture.Vectors;
import io.spangraph.engine.exec.fixture.WatchedInput;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NestedLoopJoinOperatorTest {
    private final QueryContext context = BatchInput.context();

    private NestedLoopJoinOperator join(Operator left, Operator right, CompiledExpression... condition) {
        int width = left.layout().width() + right.layout().width();
        return new NestedLoopJoinOperator(
                left, right, Stream.of(condition).findFirst(), BatchInput.plainLayout(width), context);
    }

    private static BatchInput numbers(int count) {
        return BatchInput.of(Vectors.longs(IntStream.range(0, count).boxed().toArray()));
    }

    private static RowBatch batch(Object... values) {
        return RowBatch.of(List.of(Vectors.values(values)), values.length);
    }

    @Test
    void givesEveryPair() {
        BatchInput left = BatchInput.of(
                List.of(batch(1, NULL, 5).select(new int[] {0, 1}), batch(1).select(new int[0]), batch("x")), 1);
        BatchInput right = BatchInput.of(List.of(batch("a"), batch("b", "c").select(new int[] {1})), 1);

        assertThat(BatchInput.drain(join(left, right)))
                .containsExactly(
                        row(1, "a"), row(1, "c"), row(NULL, "a"), row(NULL, "c"), row("x", "a"), row("x", "c"));
        assertThat(context.memory().reservedBytes()).isZero();
    }

    @Test
    void keepsPairsForWhichTheConditionIsTrue() {
        CompiledExpression different = pairs -> Vectors.booleans(IntStream.range(0, pairs.physicalRows())
                .mapToObj(i ->
                        pairs.value(i, 0).isNull() ? NULL : !pairs.value(i, 0).equals(pairs.value(i, 1)))
                .toArray());
        BatchInput left = BatchInput.of(Vectors.longs(0, 1, NULL));

        assertThat(BatchInput.drain(join(left, numbers(3), different)))
                .containsExactly(row(0, 1), row(0, 2), row(1, 0), row(1, 2));
    }

    @Test
    void readsTheRightSideOnlyWhenThereIsALeftRow() {
        List<String> events = new ArrayList<>();
        BatchInput empty = BatchInput.of(List.of(batch(1).select(new int[0])), 1);
        assertThat(BatchInput.drain(join(empty, new WatchedInput("right", numbers(3), events))))
                .isEmpty();
        assertThat(events).containsExactly("close right");
    }

    @Test
    void readsNoFurtherWhenThereIsNoRightRow() {
        List<String> events = new ArrayList<>();
        BatchInput left = BatchInput.of(List.of(batch(1), batch(2), batch(3)), 1);
        assertThat(BatchInput.drain(join(new WatchedInput("left", left, events), BatchInput.of(List.of(), 1))))
                .isEmpty();
        assertThat(events).containsExactly("read left", "close left");
    }

    @Test
    void givesBatchesOfTheUsualSizeInOrder() {
        try (Operator join = join(numbers(130), numbers(70))) {
            List<Integer> sizes = new ArrayList<>();
            int next = 0;
            while (join.advance()) {
                sizes.add(join.batch().rowCount());
                for (List<Value> pair : BatchInput.rows(join.batch())) {
                    assertThat(pair).isEqualTo(row(next / 70, next % 70));
                    next++;
                }
            }
            assertThat(sizes).containsExactly(4096, 4096, 9100 - 2 * 4096);
        }
    }

    @Test
    void agreesWithTryingEachPair() {
        Random random = new Random(7);
        for (int round = 0; round < 10; round++) {
            List<RowBatch> left = randomBatches(random);
            List<RowBatch> right = randomBatches(random);
            assertThat(BatchInput.drain(join(BatchInput.of(left, 1), BatchInput.of(right, 1))))
                    .isEqualTo(NaiveJoin.join(
                            JoinKind.INNER,
                            NaiveJoin.rows(left),
                            NaiveJoin.rows(right),
                            new int[0],
                            new int[0],
                            1,
                            1,
                            pair -> true));
        }
    }

    private static List<RowBatch> randomBatches(Random random) {
        return IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(i -> BatchInput.selectSome(
                        batch(IntStream.range(0, random.nextInt(50)).boxed().toArray()), random))
                .toList();
    }

    @Test
    void stopsWhenTheQueryIsCancelledBetweenPairs() {
        CompiledExpression neverTrue = pairs -> {
            context.cancellation().cancel(Cancellation.Reason.KILLED);
            return Vectors.constant(false, pairs.physicalRows());
        };
        try (Operator join = join(numbers(1000), numbers(1000), neverTrue)) {
            assertThatThrownBy(join::advance).hasMessage("The query was cancelled.");
        }
        assertThat(context.memory().reservedBytes()).isZero();
    }

    @Test
    void endsWithAnErrorThatNamesTheLimitWhenTheRightSideDoesNotFit() {
        QueryContext small = BatchInput.context(50_000);
        BatchInput right = numbers(10_000);
        try (Operator join =
                new NestedLoopJoinOperator(numbers(1), right, Optional.empty(), BatchInput.plainLayout(2), small)) {
            assertThatThrownBy(join::advance)
                    .isInstanceOfSatisfying(
                            QueryException.class,
                            error -> assertThat(error.code()).isEqualTo(QueryErrorCode.MEMORY_LIMIT))
                    .hasMessageContaining("NestedLoopJoin");
        }
        assertThat(small.memory().reservedBytes()).isZero();
        assertThat(right.isClosed()).isTrue();
    }

    @Test
    void closesBothSidesAlsoWhenNeverRead() {
        List<String> events = new ArrayList<>();
        NestedLoopJoinOperator join =
                join(new WatchedInput("left", numbers(1), events), new WatchedInput("right", numbers(1), events));
        join.close();
        join.close();
        assertThat(events).containsExactly("close left", "close right");
    }
}
