package io.spangraph.engine.exec.apply;

import static io.spangraph.engine.exec.fixture.BatchInput.row;
import static io.spangraph.engine.exec.fixture.Vectors.NULL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.aggregate.AggregateSpec;
import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.exec.fixture.NaiveJoin;
import io.spangraph.engine.exec.fixture.Vectors;
import io.spangraph.engine.exec.fixture.WatchedInput;
import io.spangraph.engine.exec.join.HashJoinOperator;
import io.spangraph.engine.exec.join.JoinKind;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.plan.LogicalPlan.ApplyKind;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Inner sides are joins of the outer rows with a table, by the first column of each. */
class ApplyOperatorTest {
    private final QueryContext context = BatchInput.context();
    private final List<String> events = new ArrayList<>();

    private static ArgumentOperator argument(int outerWidth) {
        return new ArgumentOperator(BatchInput.plainLayout(outerWidth + 1));
    }

    /** Outer columns, the ordinal, then the columns of the table. */
    private Operator inner(Operator argument, Operator table, QueryContext query) {
        int width = argument.layout().width() + table.layout().width();
        return new HashJoinOperator(
                JoinKind.INNER,
                argument,
                table,
                new int[] {0},
                new int[] {0},
                Optional.empty(),
                BatchInput.joinColumns(width),
                List.of(),
                query);
    }

    /** The outer rows with the second column of the table. */
    private Operator apply(ApplyKind kind, Operator outer, Operator table, QueryContext query) {
        int width = outer.layout().width();
        ArgumentOperator argument = argument(width);
        return new ApplyOperator(
                kind,
                outer,
                argument,
                inner(argument, table, query),
                BatchInput.plainLayout(width + 1),
                new int[] {width + 2},
                width,
                query);
    }

    private Operator semiApply(boolean anti, Operator outer, Operator table) {
        int width = outer.layout().width();
        ArgumentOperator argument = argument(width);
        return new SemiApplyOperator(anti, outer, argument, inner(argument, table, context), width, context);
    }

    private static BatchInput outer() {
        return BatchInput.of(Vectors.longs(1, 2, 1, NULL, 4), Vectors.texts("a", "b", "a", "c", "d"));
    }

    private static BatchInput table() {
        return BatchInput.of(Vectors.longs(1, 4, 1, 9, NULL), Vectors.values("x", "y", NULL, "z", "w"));
    }

    @Test
    void givesEachInnerRowWithTheOuterRowItCameFrom() {
        assertThat(BatchInput.drain(apply(ApplyKind.INNER, outer(), table(), context)))
                .containsExactlyInAnyOrder(
                        row(1, "a", "x"), row(1, "a", "x"), row(1, "a", NULL), row(1, "a", NULL), row(4, "d", "y"));
        assertThat(context.memory().reservedBytes()).isZero();
        assertThat(context.memory().peakBytes()).isPositive();
    }

    @Test
    void optionalAlsoGivesOuterRowsThatNothingWasFoundForWithNulls() {
        assertThat(BatchInput.drain(apply(ApplyKind.OPTIONAL, outer(), table(), context)))
                .hasSize(7)
                .endsWith(row(2, "b", NULL), row(NULL, "c", NULL));
        assertThat(BatchInput.drain(apply(ApplyKind.OPTIONAL, outer(), BatchInput.of(List.of(), 2), context)))
                .containsExactly(
                        row(1, "a", NULL),
                        row(2, "b", NULL),
                        row(1, "a", NULL),
                        row(NULL, "c", NULL),
                        row(4, "d", NULL));
    }

    @Test
    void semiAndAntiKeepOuterRowsInTheirOrder() {
        assertThat(BatchInput.drain(semiApply(false, outer(), table())))
                .containsExactly(row(1, "a"), row(1, "a"), row(4, "d"));
        assertThat(BatchInput.drain(semiApply(true, outer(), table()))).containsExactly(row(2, "b"), row(NULL, "c"));
        assertThat(context.memory().reservedBytes()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void doesNotRunTheInnerSideWithoutOuterRows(ApplyKind kind) {
        RowBatch none = RowBatch.of(List.of(Vectors.longs(1)), 1).select(new int[0]);
        BatchInput empty = BatchInput.of(List.of(none), 1);
        assertThat(BatchInput.drain(apply(kind, empty, new WatchedInput("inner", table(), events), context)))
                .isEmpty();
        assertThat(BatchInput.drain(semiApply(true, BatchInput.of(List.of(), 1), table())))
                .isEmpty();
        assertThat(events).containsExactly("close inner");
    }

    @Test
    void numbersOuterRowsAcrossBatches() {
        ArgumentOperator argument = argument(1);
        WatchedInput watched = new WatchedInput("inner", argument, events);
        Vector numbers =
                Vectors.longs(IntStream.range(0, 5000).mapToObj(i -> 10_000 - i).toArray());
        RowBatch even = RowBatch.of(List.of(numbers), 5000)
                .select(IntStream.range(0, 2500).map(i -> 2 * i).toArray());
        Operator apply = new ApplyOperator(
                ApplyKind.OPTIONAL,
                BatchInput.of(List.of(even, RowBatch.of(List.of(numbers), 5000)), 1),
                argument,
                watched,
                BatchInput.plainLayout(2),
                new int[] {1},
                1,
                context);

        List<List<Value>> rows = BatchInput.drain(apply);
        assertThat(rows).hasSize(7500);
        assertThat(rows.get(1)).isEqualTo(row(9998, 1));
        assertThat(rows.get(2500)).isEqualTo(row(10_000, 2500));
        assertThat(rows.getLast()).isEqualTo(row(5001, 7499));
        assertThat(events).containsExactly("read inner", "read inner", "read inner", "close inner");
    }

    @Test
    void takesSelectedInnerRowsWhateverTheFormOfTheirOrdinals() {
        RowBatch found = RowBatch.of(List.of(Vectors.values(2, 0, 0, 1), Vectors.texts("p", "q", "r", "s")), 4)
                .select(new int[] {0, 2});
        for (boolean anti : new boolean[] {false, true}) {
            Operator semi = new SemiApplyOperator(
                    anti,
                    BatchInput.of(Vectors.longs(10, 11, 12, 13)),
                    argument(1),
                    BatchInput.of(List.of(found), 2),
                    0,
                    context);
            assertThat(BatchInput.drain(semi)).isEqualTo(anti ? List.of(row(11), row(13)) : List.of(row(10), row(12)));
        }
        Operator optional = new ApplyOperator(
                ApplyKind.OPTIONAL,
                BatchInput.of(Vectors.longs(10, 11, 12)),
                argument(1),
                BatchInput.of(List.of(found), 2),
                BatchInput.plainLayout(2),
                new int[] {1},
                0,
                context);
        assertThat(BatchInput.drain(optional)).containsExactly(row(12, "p"), row(10, "r"), row(11, NULL));
    }

    @Test
    void agreesWithTryingEachPair() {
        Random random = new Random(11);
        for (int round = 0; round < 20; round++) {
            List<RowBatch> outer = randomBatches(random);
            List<RowBatch> table = randomBatches(random);
            for (ApplyKind kind : ApplyKind.values()) {
                assertThat(BatchInput.drain(apply(kind, BatchInput.of(outer, 2), BatchInput.of(table, 2), context)))
                        .containsExactlyInAnyOrderElementsOf(withoutTableKey(expected(
                                kind == ApplyKind.INNER ? JoinKind.INNER : JoinKind.LEFT_OUTER, outer, table)));
            }
            assertThat(BatchInput.drain(semiApply(false, BatchInput.of(outer, 2), BatchInput.of(table, 2))))
                    .isEqualTo(expected(JoinKind.SEMI, outer, table));
            assertThat(BatchInput.drain(semiApply(true, BatchInput.of(outer, 2), BatchInput.of(table, 2))))
                    .isEqualTo(expected(JoinKind.ANTI, outer, table));
        }
        assertThat(context.memory().reservedBytes()).isZero();
    }

    private static List<RowBatch> randomBatches(Random random) {
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> {
                    int length = 1 + random.nextInt(40);
                    Vector keys = Vectors.longs(IntStream.range(0, length)
                            .mapToObj(row -> random.nextInt(6) == 0 ? NULL : (Object) random.nextInt(30))
                            .toArray());
                    Vector numbers = Vectors.longs(IntStream.range(0, length)
                            .mapToObj(row -> random.nextInt(1000))
                            .toArray());
                    return BatchInput.selectSome(RowBatch.of(List.of(keys, numbers), length), random);
                })
                .toList();
    }

    private static List<List<Value>> expected(JoinKind kind, List<RowBatch> outer, List<RowBatch> table) {
        int[] key = {0};
        return NaiveJoin.join(kind, NaiveJoin.rows(outer), NaiveJoin.rows(table), key, key, 2, 2, pair -> true);
    }

    private static List<List<Value>> withoutTableKey(List<List<Value>> rows) {
        return rows.stream()
                .map(row -> List.of(row.get(0), row.get(1), row.get(3)))
                .toList();
    }

    @Test
    void endsWithAnErrorThatNamesTheLimitWhenTheOuterRowsDoNotFit() {
        QueryContext small = BatchInput.context(50_000);
        BatchInput outer =
                BatchInput.of(Vectors.longs(IntStream.range(0, 10_000).boxed().toArray()));
        try (Operator apply = apply(ApplyKind.INNER, outer, table(), small)) {
            assertThatThrownBy(apply::advance)
                    .isInstanceOfSatisfying(
                            QueryException.class,
                            error -> assertThat(error.code()).isEqualTo(QueryErrorCode.MEMORY_LIMIT))
                    .hasMessageContaining("50000 bytes")
                    .hasMessageContaining("Apply");
        }
        assertThat(small.memory().reservedBytes()).isZero();
        assertThat(outer.isClosed()).isTrue();
    }

    @Test
    void stopsWhenTheQueryIsCancelledOnEitherSide() {
        RowBatch one = RowBatch.of(List.of(Vectors.longs(1), Vectors.longs(1)), 1);
        BatchInput five = BatchInput.of(List.of(one, one, one, one, one), 2);
        try (Operator apply =
                apply(ApplyKind.INNER, BatchInput.cancelling(five, context.cancellation(), 2), table(), context)) {
            assertThatThrownBy(apply::advance).hasMessage("The query was cancelled.");
        }
        QueryContext other = BatchInput.context();
        BatchInput inner = BatchInput.of(List.of(one, one, one, one, one), 2);
        ArgumentOperator argument = argument(2);
        try (Operator semi = new SemiApplyOperator(
                true, outer(), argument, BatchInput.cancelling(inner, other.cancellation(), 2), 0, other)) {
            assertThatThrownBy(semi::advance).hasMessage("The query was cancelled.");
        }
        assertThat(context.memory().reservedBytes()).isZero();
        assertThat(other.memory().reservedBytes()).isZero();
    }

    @Test
    void semiReadsNoFurtherOnceEveryOuterRowHasAMatch() {
        RowBatch both = RowBatch.of(List.of(Vectors.longs(1, 0)), 2);
        BatchInput found = BatchInput.of(List.of(both, both, both), 1);
        Operator semi = new SemiApplyOperator(
                false,
                BatchInput.of(Vectors.longs(10, 11)),
                argument(1),
                new WatchedInput("inner", found, events),
                0,
                context);
        assertThat(BatchInput.drain(semi)).containsExactly(row(10), row(11));
        assertThat(events).containsExactly("read inner", "close inner");
    }

    @Test
    void closesTheOuterSideAlsoWhenClosingTheInnerSideFails() {
        for (int kind = 0; kind < 3; kind++) {
            BatchInput outer = outer();
            Operator failing = new FailingToClose(BatchInput.of(List.of(), 1));
            Operator apply = switch (kind) {
                case 0 ->
                    new ApplyOperator(
                            ApplyKind.INNER,
                            outer,
                            argument(2),
                            failing,
                            BatchInput.plainLayout(2),
                            new int[0],
                            0,
                            context);
                case 1 -> new SemiApplyOperator(true, outer, argument(2), failing, 0, context);
                default -> rollUp(outer, argument(2), failing, OptionalInt.of(0));
            };
            assertThatThrownBy(apply::advance).hasMessage("cannot be closed");
            assertThatThrownBy(apply::close).hasMessage("cannot be closed");
            assertThat(outer.isClosed()).isTrue();
            assertThat(context.memory().reservedBytes()).isZero();
        }
    }

    private Operator rollUp(Operator outer, ArgumentOperator argument, Operator inner, OptionalInt ordinalPosition) {
        return new RollUpApplyOperator(
                outer,
                argument,
                inner,
                AggregateSpec.of(AggregateFunction.COUNT_ROWS, false, List.of()),
                BatchInput.plainLayout(outer.layout().width() + 1),
                ordinalPosition,
                context);
    }

    @Test
    void rollsUpTheInnerRowsOfEachOuterRow() {
        ArgumentOperator argument = argument(2);
        assertThat(BatchInput.drain(rollUp(outer(), argument, inner(argument, table(), context), OptionalInt.of(2))))
                .containsExactly(row(1, "a", 2), row(2, "b", 0), row(1, "a", 2), row(NULL, "c", 0), row(4, "d", 1));
        assertThat(BatchInput.drain(rollUp(outer(), argument(2), table(), OptionalInt.empty())))
                .containsExactly(row(1, "a", 5), row(2, "b", 5), row(1, "a", 5), row(NULL, "c", 5), row(4, "d", 5));
        BatchInput never = table();
        assertThat(BatchInput.drain(rollUp(
                        BatchInput.of(List.of(), 1),
                        argument(1),
                        new WatchedInput("inner", never, events),
                        OptionalInt.of(0))))
                .isEmpty();
        assertThat(events).containsExactly("close inner");
        assertThat(context.memory().reservedBytes()).isZero();
    }

    @Test
    void closesBothSidesAlsoWhenNeverRead() {
        Operator apply = apply(
                ApplyKind.OPTIONAL,
                new WatchedInput("outer", outer(), events),
                new WatchedInput("inner", table(), events),
                context);
        apply.close();
        apply.close();
        Operator semi = semiApply(
                true, new WatchedInput("outer2", outer(), events), new WatchedInput("inner2", table(), events));
        semi.close();
        semi.close();
        assertThat(events).containsExactlyInAnyOrder("close outer", "close inner", "close outer2", "close inner2");
    }

    /** An inner side whose storage is gone. */
    private record FailingToClose(Operator input) implements Operator {
        @Override
        public RowLayout layout() {
            return input.layout();
        }

        @Override
        public boolean advance() {
            return input.advance();
        }

        @Override
        public RowBatch batch() {
            return input.batch();
        }

        @Override
        public void close() {
            throw new IllegalStateException("cannot be closed");
        }
    }
}
