package io.spangraph.engine.exec.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.exec.fixture.RandomVectors;
import io.spangraph.engine.exec.fixture.RandomVectors.Form;
import io.spangraph.engine.exec.fixture.SpillSandbox;
import io.spangraph.engine.exec.fixture.Vectors;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.model.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With hardly any memory, a grouping gives the same groups. Columns: a number, two keys, numbers, anything. */
class SpillingAggregateTest {
    private static final long TINY = 64 << 10;
    private static final int WIDTH = 5;

    @TempDir
    private Path directory;

    private SpillSandbox sandbox;

    @BeforeEach
    void open() {
        sandbox = new SpillSandbox(directory);
    }

    @AfterEach
    void nothingIsLeft() {
        sandbox.close();
    }

    private static CompiledExpression column(int position) {
        return rows -> rows.column(position);
    }

    private static Grouping grouping(List<Integer> keys, AggregateSpec... aggregates) {
        return new Grouping(
                keys.stream().map(key -> new GroupColumn(key, true)).toList(),
                List.of(aggregates),
                BatchInput.plainLayout(keys.size() + aggregates.length));
    }

    private static AggregateSpec spec(AggregateFunction function, boolean distinct, int position) {
        List<CompiledExpression> arguments = switch (function) {
            case COUNT_ROWS -> List.of();
            case PERCENTILE_CONT, PERCENTILE_DISC ->
                List.of(column(position), rows -> Vectors.constant(0.3, rows.physicalRows()));
            case COUNT, SUM, AVG, MIN, MAX, COLLECT, COLLECT_ROWS, STDEV, STDEVP -> List.of(column(position));
        };
        return AggregateSpec.of(function, distinct, arguments);
    }

    private static List<RowBatch> batches(long seed, int different, Form... forms) {
        return SpillSandbox.batches(seed, 12_000, different, List.of(forms));
    }

    private void agrees(List<RowBatch> batches, Grouping grouping, boolean spills) {
        Operator aggregate = new HashAggregate(BatchInput.of(batches, WIDTH), grouping, sandbox.context(TINY));
        assertThat(SpillSandbox.counted(BatchInput.drain(aggregate)))
                .isEqualTo(SpillSandbox.counted(BatchInput.drain(
                        new HashAggregate(BatchInput.of(batches, WIDTH), grouping, BatchInput.context()))));
        assertThat(aggregate.spilledBytes() > 0).isEqualTo(spills);
    }

    @ParameterizedTest
    @EnumSource
    void everyFunctionGivesTheSame(AggregateFunction function) {
        List<RowBatch> batches = batches(1, 6_000, Form.LONGS, Form.TEXTS, Form.DOUBLES, Form.VALUES);
        agrees(batches, grouping(List.of(1), spec(function, false, 3)), true);
        if (function != AggregateFunction.COUNT_ROWS) {
            agrees(
                    batches,
                    grouping(List.of(1), spec(function, true, 3), spec(AggregateFunction.COUNT, true, 4)),
                    true);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LONGS", "DOUBLES", "TEXTS", "VALUES"})
    void everyFormOfKey(Form form) {
        List<RowBatch> batches = batches(2, 15_000, form, Form.LONGS, Form.LONGS, Form.VALUES);
        Grouping grouping = grouping(
                List.of(1, 2),
                spec(AggregateFunction.SUM, false, 3),
                spec(AggregateFunction.COLLECT, false, 4),
                spec(AggregateFunction.MIN, false, 4),
                spec(AggregateFunction.COUNT_ROWS, false, 0));
        agrees(batches, grouping, true);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void keysInChangingForms(long seed) {
        RandomVectors vectors = new RandomVectors(seed);
        List<RowBatch> batches = new ArrayList<>();
        for (int part = 0; part < 5; part++) {
            batches.addAll(SpillSandbox.batches(
                    seed * 10 + part,
                    4_000,
                    3_000,
                    List.of(vectors.anyForm(), Form.LONGS, Form.LONGS, vectors.anyForm())));
        }
        Grouping grouping =
                grouping(List.of(1, 2), spec(AggregateFunction.AVG, false, 3), spec(AggregateFunction.MAX, false, 4));
        agrees(batches, grouping, true);
    }

    @Test
    void aKeyWithMostOfTheRows() {
        List<RowBatch> batches = batches(9, 8_000, Form.LONGS, Form.TEXTS, Form.LONGS, Form.VALUES).stream()
                .map(batch -> batch.withColumns(List.of(
                        batch.column(0),
                        Vectors.longs(IntStream.range(0, batch.physicalRows())
                                .mapToObj(i -> i % 5 == 0 ? batch.column(1).value(i) : Value.of(7))
                                .map(value -> value instanceof Value.IntegerValue(long number) ? number : Value.NULL)
                                .toArray()),
                        batch.column(2),
                        batch.column(3),
                        batch.column(4))))
                .toList();
        agrees(batches, grouping(List.of(1), spec(AggregateFunction.SUM, false, 3)), true);
    }

    @Test
    void carriedColumnsComeFromTheFirstRowOfTheGroup() {
        List<RowBatch> batches = batches(3, 9_000, Form.LONGS, Form.TEXTS, Form.LONGS, Form.VALUES);
        Grouping grouping = new Grouping(
                List.of(new GroupColumn(0, false), new GroupColumn(1, true), new GroupColumn(4, false)),
                List.of(spec(AggregateFunction.COUNT, false, 2)),
                BatchInput.plainLayout(4));
        agrees(batches, grouping, true);
    }

    @Test
    void fewGroupsNeedNoDisk() {
        List<RowBatch> batches = batches(3, 6, Form.LONGS, Form.BOOLEANS, Form.LONGS, Form.VALUES);
        agrees(batches, grouping(List.of(1, 2), spec(AggregateFunction.SUM, false, 3)), false);
        agrees(batches, grouping(List.of(), spec(AggregateFunction.SUM, false, 3)), false);
    }

    @Test
    void oneGroupThatOutgrowsMemoryNamesTheLimit() {
        List<RowBatch> batches = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            batches.addAll(batches(i, 100_000, Form.CONSTANT, Form.LONGS, Form.LONGS, Form.LONGS));
        }
        for (List<Integer> keys : List.of(List.<Integer>of(), List.of(1))) {
            List<RowBatch> alike = batches.stream()
                    .map(batch -> batch.withColumns(List.of(
                            batch.column(0),
                            Vectors.constant("one", batch.physicalRows()),
                            batch.column(2),
                            batch.column(3),
                            batch.column(4))))
                    .toList();
            QueryContext context = sandbox.context(TINY);
            try (Operator aggregate = new HashAggregate(
                    BatchInput.of(alike, WIDTH), grouping(keys, spec(AggregateFunction.COLLECT, false, 0)), context)) {
                assertThatThrownBy(() -> BatchInput.drain(aggregate))
                        .isInstanceOfSatisfying(QueryException.class, error -> {
                            assertThat(error.code()).isEqualTo(QueryErrorCode.MEMORY_LIMIT);
                            assertThat(error.hint().orElseThrow()).contains("limits.memory");
                        });
            }
        }
    }

    @Test
    void tablesThatAreMergedAfterRowsWerePutAsideFindTheirRows() {
        List<RowBatch> batches = batches(4, 9_000, Form.LONGS, Form.TEXTS, Form.LONGS, Form.LONGS);
        Grouping grouping = grouping(
                List.of(1), spec(AggregateFunction.SUM, false, 3), spec(AggregateFunction.COUNT_ROWS, false, 0));
        QueryContext context = sandbox.context(TINY);
        int half = batches.size() / 2;
        Operator aggregate = new HashAggregate(
                new AggregateInput() {
                    @Override
                    public void drainInto(GroupTable table) {
                        GroupTable early = GroupTable.partial(grouping, context);
                        int first = 0;
                        while (!early.isCrowded()) {
                            early.add(batches.get(first++));
                        }
                        batches.subList(first, half).forEach(table::add);
                        table.merge(early);
                        early.close();
                        batches.subList(half, batches.size()).forEach(table::add);
                    }

                    @Override
                    public void close() {}
                },
                grouping,
                context);
        assertThat(SpillSandbox.counted(BatchInput.drain(aggregate)))
                .isEqualTo(SpillSandbox.counted(BatchInput.drain(
                        new HashAggregate(BatchInput.of(batches, WIDTH), grouping, BatchInput.context()))));
        assertThat(aggregate.spilledBytes()).isPositive();
    }

    @Test
    void nothingIsLeftWhenItIsCancelledOrNotReadToItsEnd() {
        List<RowBatch> batches = batches(3, 9_000, Form.LONGS, Form.TEXTS, Form.LONGS, Form.VALUES);
        Grouping grouping = grouping(List.of(1, 2), spec(AggregateFunction.SUM, false, 3));
        QueryContext context = sandbox.context(TINY);
        Operator input = BatchInput.cancelling(BatchInput.of(batches, WIDTH), context.cancellation(), 25);
        try (Operator aggregate = new HashAggregate(input, grouping, context)) {
            assertThatThrownBy(aggregate::advance).hasMessage("The query was cancelled.");
            assertThat(sandbox.space().bytesWritten()).isPositive();
        }
        try (Operator aggregate = new HashAggregate(BatchInput.of(batches, WIDTH), grouping, sandbox.context(TINY))) {
            for (int i = 0; i < 3; i++) {
                assertThat(aggregate.advance()).isTrue();
            }
            assertThat(sandbox.space().bytesInUse()).isPositive();
        }
    }
}
