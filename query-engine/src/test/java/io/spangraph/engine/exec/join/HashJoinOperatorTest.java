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
import io.spangraph.engine.exec.fixture.Vectors;
import io.spangraph.engine.exec.fixture.WatchedInput;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HashJoinOperatorTest {
    private static final int[] FIRST = {0};

    private final QueryContext context = BatchInput.context();

    private HashJoinOperator join(JoinKind kind, Operator build, Operator probe, CompiledExpression... residual) {
        return new HashJoinOperator(
                kind,
                build,
                probe,
                FIRST,
                FIRST,
                Stream.of(residual).findFirst(),
                BatchInput.joinColumns(
                        kind, build.layout().width(), probe.layout().width()),
                List.of(),
                context);
    }

    private static BatchInput build() {
        return BatchInput.of(Vectors.longs(1, 2, 2, NULL, 3), Vectors.texts("a", "b", "c", "d", "e"));
    }

    private static BatchInput probe() {
        return BatchInput.of(Vectors.doubles(2.0, NULL, 1.0, 2.0, 9.5), Vectors.values("v", "w", "x", "y", "z"));
    }

    @Test
    void innerGivesEveryMatchingPair() {
        assertThat(BatchInput.drain(join(JoinKind.INNER, build(), probe())))
                .containsExactly(
                        row(2, "b", 2.0, "v"),
                        row(2, "c", 2.0, "v"),
                        row(1, "a", 1.0, "x"),
                        row(2, "b", 2.0, "y"),
                        row(2, "c", 2.0, "y"));
        assertThat(context.memory().reservedBytes()).isZero();
        assertThat(context.memory().peakBytes()).isPositive();
    }

    @Test
    void leftOuterAlsoGivesBuildRowsWithoutAMatchWithNullsAtTheEnd() {
        assertThat(BatchInput.drain(join(JoinKind.LEFT_OUTER, build(), probe())))
                .hasSize(7)
                .endsWith(row(NULL, "d", NULL, NULL), row(3, "e", NULL, NULL));
    }

    @Test
    void semiAndAntiGiveEachBuildRowOnceInItsOrder() {
        assertThat(BatchInput.drain(join(JoinKind.SEMI, build(), probe())))
                .containsExactly(row(1, "a"), row(2, "b"), row(2, "c"));
        assertThat(BatchInput.drain(join(JoinKind.ANTI, build(), probe())))
                .containsExactly(row(NULL, "d"), row(3, "e"));
    }

    @Test
    void aPairThatFailsTheResidualIsNoMatch() {
        CompiledExpression notB = batch -> Vectors.values(IntStream.range(0, batch.physicalRows())
                .mapToObj(row -> switch (BatchInput.rows(batch).get(row).get(1).toString()) {
                    case "StringValue[value=b]" -> false;
                    case "StringValue[value=a]" -> NULL;
                    default -> true;
                })
                .toArray());

        assertThat(BatchInput.drain(join(JoinKind.INNER, build(), probe(), notB)))
                .containsExactly(row(2, "c", 2.0, "v"), row(2, "c", 2.0, "y"));
        assertThat(BatchInput.drain(join(JoinKind.LEFT_OUTER, build(), probe(), notB)))
                .contains(row(1, "a", NULL, NULL), row(2, "b", NULL, NULL))
                .hasSize(6);
        assertThat(BatchInput.drain(join(JoinKind.SEMI, build(), probe(), notB)))
                .containsExactly(row(2, "c"));
        assertThat(BatchInput.drain(join(JoinKind.ANTI, build(), probe(), notB)))
                .containsExactly(row(1, "a"), row(2, "b"), row(NULL, "d"), row(3, "e"));
    }

    @Test
    void rightOuterAlsoGivesProbeRowsWithoutAMatchWithNulls() {
        assertThat(BatchInput.drain(join(JoinKind.RIGHT_OUTER, build(), probe())))
                .containsExactly(
                        row(2, "b", 2.0, "v"),
                        row(2, "c", 2.0, "v"),
                        row(1, "a", 1.0, "x"),
                        row(2, "b", 2.0, "y"),
                        row(2, "c", 2.0, "y"),
                        row(NULL, NULL, NULL, "w"),
                        row(NULL, NULL, 9.5, "z"));
        assertThat(context.memory().reservedBytes()).isZero();
    }

    @Test
    void rightOuterGivesEachProbeRowThatHasNoMatchOnceInItsBatch() {
        RowBatch selected = RowBatch.of(List.of(Vectors.longs(1, 7, 2, 8)), 4).select(new int[] {1, 2});
        RowBatch next = RowBatch.of(List.of(Vectors.longs(1, 9)), 2);
        assertThat(BatchInput.drain(join(
                        JoinKind.RIGHT_OUTER,
                        BatchInput.of(Vectors.longs(1, 2, 2)),
                        BatchInput.of(List.of(selected, next), 1))))
                .containsExactly(row(2, 2), row(2, 2), row(NULL, 7), row(1, 1), row(NULL, 9));
    }

    @Test
    void aProbeRowWhosePairsAllFailTheResidualComesWithNulls() {
        CompiledExpression never = batch -> Vectors.constant(false, batch.physicalRows());
        assertThat(BatchInput.drain(join(JoinKind.RIGHT_OUTER, build(), probe(), never)))
                .containsExactly(
                        row(NULL, NULL, 2.0, "v"),
                        row(NULL, NULL, NULL, "w"),
                        row(NULL, NULL, 1.0, "x"),
                        row(NULL, NULL, 2.0, "y"),
                        row(NULL, NULL, 9.5, "z"));
    }

    @Test
    void rightSemiAndAntiGiveProbeRows() {
        assertThat(BatchInput.drain(join(JoinKind.RIGHT_SEMI, build(), probe())))
                .containsExactly(row(2.0, "v"), row(1.0, "x"), row(2.0, "y"));
        assertThat(BatchInput.drain(join(JoinKind.RIGHT_ANTI, build(), probe())))
                .containsExactly(row(NULL, "w"), row(9.5, "z"));
    }

    @Test
    void rightAntiGivesAllWhereNothingCanMatch() {
        assertThat(BatchInput.drain(join(JoinKind.RIGHT_ANTI, BatchInput.of(List.of(), 2), probe())))
                .isEqualTo(BatchInput.drain(probe()));
    }

    @Test
    void rightOuterReadsTheProbeSideThoughNothingCanMatch() {
        for (BatchInput build : List.of(BatchInput.of(List.of(), 1), BatchInput.of(Vectors.longs(NULL, NULL)))) {
            assertThat(BatchInput.drain(join(JoinKind.RIGHT_OUTER, build, BatchInput.of(Vectors.longs(2, NULL)))))
                    .containsExactly(row(NULL, 2), row(NULL, NULL));
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"RIGHT_OUTER", "RIGHT_ANTI"})
    void anEmptyBuildSideLeavesTheProbeSideUnread(JoinKind kind) {
        List<String> events = new ArrayList<>();
        RowBatch nothingSelected = RowBatch.of(List.of(Vectors.longs(1)), 1).select(new int[0]);
        HashJoinOperator join =
                join(kind, BatchInput.of(List.of(nothingSelected), 1), new WatchedInput("probe", probe(), events));

        assertThat(BatchInput.drain(join)).isEmpty();
        assertThat(events).containsExactly("close probe");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"RIGHT_OUTER", "RIGHT_ANTI"})
    void aBuildSideOfNullKeysLeavesTheProbeSideUnread(JoinKind kind) {
        List<String> events = new ArrayList<>();
        List<List<io.spangraph.model.value.Value>> rows = BatchInput.drain(
                join(kind, BatchInput.of(Vectors.longs(NULL, NULL)), new WatchedInput("probe", probe(), events)));

        assertThat(rows)
                .isEqualTo(
                        switch (kind) {
                            case INNER, RIGHT_OUTER, SEMI, RIGHT_SEMI, RIGHT_ANTI -> List.of();
                            case LEFT_OUTER -> Collections.nCopies(2, row(NULL, NULL, NULL));
                            case ANTI -> Collections.nCopies(2, row(NULL));
                        });
        assertThat(events).containsExactly("close probe");
    }

    @Test
    void anEmptyProbeSideMatchesNothing() {
        assertThat(BatchInput.drain(join(JoinKind.INNER, build(), BatchInput.of(List.of(), 1))))
                .isEmpty();
        assertThat(BatchInput.drain(join(JoinKind.SEMI, build(), BatchInput.of(List.of(), 1))))
                .isEmpty();
        assertThat(BatchInput.drain(join(JoinKind.ANTI, build(), BatchInput.of(List.of(), 1))))
                .isEqualTo(BatchInput.drain(build()));
        assertThat(BatchInput.drain(join(JoinKind.LEFT_OUTER, build(), BatchInput.of(List.of(), 1))))
                .hasSize(5)
                .contains(row(1, "a", NULL));
    }

    @Test
    void oneKeyWithManyPairsComesInBatchesOfTheUsualSize() {
        Vector sames = Vectors.longs(Collections.nCopies(300, 7).toArray());
        try (Operator join = join(JoinKind.INNER, BatchInput.of(sames), BatchInput.of(sames))) {
            List<Integer> sizes = new ArrayList<>();
            while (join.advance()) {
                sizes.add(join.batch().rowCount());
                assertThat(join.batch().column(1)).isInstanceOf(Vector.LongVector.class);
            }
            assertThat(sizes).hasSize(22).contains(4096).endsWith(90_000 - 21 * 4096);
            assertThat(join.advance()).isFalse();
        }
    }

    @Test
    void semiAndAntiReadNoFurtherThanUntilEveryBuildRowHasItsMatch() {
        List<RowBatch> batches = IntStream.range(0, 5)
                .mapToObj(i -> RowBatch.of(List.of(Vectors.longs(i, i)), 2))
                .toList();
        for (JoinKind kind : List.of(JoinKind.SEMI, JoinKind.ANTI)) {
            List<String> events = new ArrayList<>();
            HashJoinOperator join = join(
                    kind,
                    BatchInput.of(Vectors.longs(0, 1, 1)),
                    new WatchedInput("probe", BatchInput.of(batches, 1), events));
            assertThat(BatchInput.drain(join)).hasSize(kind == JoinKind.SEMI ? 3 : 0);
            assertThat(events).containsExactly("read probe", "read probe", "close probe");
        }
    }

    @Test
    void endsWithAnErrorThatNamesTheLimitWhenTheBuildSideDoesNotFit() {
        QueryContext small = BatchInput.context(100_000);
        BatchInput large =
                BatchInput.of(Vectors.longs(IntStream.range(0, 20_000).boxed().toArray()));
        BatchInput probe = probe();
        try (Operator join = new HashJoinOperator(
                JoinKind.SEMI,
                large,
                probe,
                FIRST,
                FIRST,
                Optional.empty(),
                BatchInput.joinColumns(1),
                List.of(),
                small)) {
            assertThatThrownBy(join::advance).isInstanceOfSatisfying(QueryException.class, error -> {
                assertThat(error.code()).isEqualTo(QueryErrorCode.MEMORY_LIMIT);
                assertThat(error).hasMessageContaining("100000 bytes").hasMessageContaining("HashJoin");
                assertThat(error.hint().orElseThrow()).contains("limits.memory");
            });
        }
        assertThat(small.memory().reservedBytes()).isZero();
        assertThat(large.isClosed()).isTrue();
        assertThat(probe.isClosed()).isTrue();
    }

    @Test
    void stopsWhenTheQueryIsCancelledOnTheBuildSide() {
        BatchInput input = BatchInput.of(Collections.nCopies(5, RowBatch.of(List.of(Vectors.longs(7)), 1)), 1);
        try (Operator join = join(JoinKind.INNER, BatchInput.cancelling(input, context.cancellation(), 2), probe())) {
            assertThatThrownBy(join::advance).hasMessage("The query was cancelled.");
        }
        assertThat(context.memory().reservedBytes()).isZero();
    }

    @Test
    void stopsWhenTheQueryIsCancelledAmongThePairsOfOneKey() {
        Vector sames = Vectors.longs(Collections.nCopies(300, 7).toArray());
        CompiledExpression neverTrue = batch -> {
            context.cancellation().cancel(Cancellation.Reason.KILLED);
            return Vectors.constant(false, batch.physicalRows());
        };
        try (Operator join = join(JoinKind.ANTI, BatchInput.of(sames), BatchInput.of(sames), neverTrue)) {
            assertThatThrownBy(join::advance).hasMessage("The query was cancelled.");
        }
    }

    @Test
    void closesBothSidesAlsoWhenNeverRead() {
        List<String> events = new ArrayList<>();
        HashJoinOperator join = join(
                JoinKind.INNER, new WatchedInput("build", build(), events), new WatchedInput("probe", probe(), events));
        join.close();
        join.close();
        assertThat(events).containsExactly("close build", "close probe");
    }

    @Test
    void refusesWhatDoesNotFitTogether() {
        assertThatThrownBy(() -> new HashJoinOperator(
                        JoinKind.INNER,
                        build(),
                        probe(),
                        new int[0],
                        new int[0],
                        Optional.empty(),
                        BatchInput.joinColumns(4),
                        List.of(),
                        context))
                .hasMessage("a join of 0 keys with 0 keys");
        assertThatThrownBy(() -> new HashJoinOperator(
                        JoinKind.SEMI,
                        build(),
                        probe(),
                        FIRST,
                        FIRST,
                        Optional.empty(),
                        BatchInput.joinColumns(4),
                        List.of(),
                        context))
                .hasMessageStartingWith("a row of 2 columns for the layout");
    }
}
