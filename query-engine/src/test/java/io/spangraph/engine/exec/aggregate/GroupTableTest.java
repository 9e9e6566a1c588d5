package io.spangraph.engine.exec.aggregate;

import static io.spangraph.engine.exec.fixture.BatchInput.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.exec.fixture.RandomVectors;
import io.spangraph.engine.exec.fixture.Vectors;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupTableTest {
    private final QueryContext context = BatchInput.context();

    /** Each batch goes to one of several tables, which are merged at the end. */
    private record SideBySide(List<RowBatch> batches, Grouping grouping, int tables, QueryContext context)
            implements AggregateInput {
        @Override
        public void drainInto(GroupTable table) {
            List<GroupTable> partials = IntStream.range(0, tables)
                    .mapToObj(i -> GroupTable.partial(grouping, context))
                    .toList();
            List<int[]> runs = new ArrayList<>();
            for (int i = 0; i < batches.size(); i++) {
                GroupTable partial = partials.get(i % tables);
                int before = partial.groups();
                partial.add(batches.get(i));
                runs.add(new int[] {i % tables, before, partial.groups()});
            }
            List<int[]> numbers =
                    partials.stream().map(partial -> new int[partial.groups()]).toList();
            runs.forEach(run -> table.number(partials.get(run[0]), run[1], run[2], numbers.get(run[0])));
            for (int i = 0; i < tables; i++) {
                table.merge(partials.get(i), numbers.get(i));
                partials.get(i).close();
            }
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void tablesThatWereFilledSideBySideAreMergedIntoWhatOneWouldHold(long seed) {
        Random random = new Random(seed);
        RandomVectors vectors = new RandomVectors(seed);
        // Of equal values of different types the first one counts, which is another one when tables are merged.
        RandomVectors.Form form = seed % 2 == 0 ? RandomVectors.Form.TEXTS : RandomVectors.Form.LONGS;
        List<RowBatch> batches = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int length = random.nextInt(80);
            RowBatch batch = RowBatch.of(
                    List.of(
                            vectors.vector(vectors.anyForm(), length, 4),
                            vectors.vector(RandomVectors.Form.TEXTS, length, 3),
                            vectors.vector(RandomVectors.Form.LONGS, length, 9),
                            vectors.vector(form, length, 9),
                            Vectors.constant(0.5, length)),
                    length);
            batches.add(random.nextBoolean() ? batch : BatchInput.selectSome(batch, random));
        }
        List<GroupColumn> keys = List.of(new GroupColumn(0, true), new GroupColumn(1, true));
        List<AggregateSpec> aggregates = new ArrayList<>();
        for (AggregateFunction function : AggregateFunction.values()) {
            for (boolean distinct : function.arity() == 0 ? List.of(false) : List.of(false, true)) {
                boolean anyType = function == AggregateFunction.MIN
                        || function == AggregateFunction.MAX
                        || function == AggregateFunction.COUNT
                        || function == AggregateFunction.COLLECT;
                int[] arguments = function.arity() == 2 ? new int[] {2, 4} : new int[] {anyType ? 3 : 2};
                aggregates.add(
                        AggregateSpec.of(function, distinct, columns(Arrays.copyOf(arguments, function.arity()))));
            }
        }
        Grouping grouping = new Grouping(keys, aggregates, BatchInput.plainLayout(keys.size() + aggregates.size()));

        List<List<Value>> expected = BatchInput.drain(new HashAggregate(BatchInput.of(batches, 5), grouping, context));
        List<List<Value>> merged =
                BatchInput.drain(new HashAggregate(new SideBySide(batches, grouping, 3, context), grouping, context));

        assertThat(expected).hasSizeGreaterThan(15);
        assertThat(comparable(merged)).isEqualTo(comparable(expected));
        assertThat(context.memory().reservedBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void oneKeyAndNoKeyAreMergedIntoWhatOneTableWouldHold(long seed) {
        Random random = new Random(seed);
        RandomVectors vectors = new RandomVectors(seed);
        List<RandomVectors.Form> texts =
                List.of(RandomVectors.Form.UTF8, RandomVectors.Form.UTF8_ENTRIES, RandomVectors.Form.TEXTS);
        List<RowBatch> batches = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            RandomVectors.Form form = seed % 2 == 0 ? vectors.anyForm() : texts.get(random.nextInt(i < 6 ? 2 : 3));
            RowBatch batch = RowBatch.of(
                    List.of(vectors.vector(form, 60, 200), vectors.vector(RandomVectors.Form.LONGS, 60, 9)), 60);
            batches.add(random.nextBoolean() ? batch : BatchInput.selectSome(batch, random));
        }
        List<AggregateSpec> aggregates = List.of(
                AggregateSpec.of(AggregateFunction.COUNT, true, columns(0)),
                AggregateSpec.of(AggregateFunction.SUM, false, columns(1)));
        Grouping byText = new Grouping(List.of(new GroupColumn(0, true)), aggregates, BatchInput.plainLayout(3));
        Grouping ofAll = new Grouping(List.of(), aggregates, BatchInput.plainLayout(2));

        List<List<Value>> groups = BatchInput.drain(new HashAggregate(BatchInput.of(batches, 2), byText, context));
        List<List<Value>> all = BatchInput.drain(new HashAggregate(BatchInput.of(batches, 2), ofAll, context));

        assertThat(BatchInput.drain(new HashAggregate(new SideBySide(batches, byText, 3, context), byText, context)))
                .isEqualTo(groups)
                .hasSizeGreaterThan(60);
        long withText =
                groups.stream().filter(group -> !group.getFirst().isNull()).count();
        assertThat(all.getFirst().getFirst()).isEqualTo(Value.of(withText));
        assertThat(BatchInput.drain(new HashAggregate(new SideBySide(batches, ofAll, 3, context), ofAll, context)))
                .isEqualTo(all);
        assertThat(context.memory().reservedBytes()).isZero();
    }

    /** Lists in order, as collect() gives no order; and without the last digits of standard deviations. */
    private static List<List<Value>> comparable(List<List<Value>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(GroupTableTest::comparable).toList())
                .toList();
    }

    private static Value comparable(Value value) {
        return switch (value) {
            case Value.ListValue(List<Value> elements) ->
                Value.of(elements.stream().sorted(Values::compareForOrder).toList());
            case Value.FloatValue(double number) -> Value.of((double) (float) number);
            case Value other -> other;
        };
    }

    @ParameterizedTest
    @MethodSource("io.spangraph.engine.exec.aggregate.HashAggregateTest#results")
    void computesFromTwoParts(AggregateFunction function, Value expected, List<Object> values) {
        assertThat(ofParts(function, values)).isEqualTo(expected);
    }

    @Test
    void refusesToAddADurationOfOnePartToANumberOfAnother() {
        assertThatThrownBy(() -> ofParts(AggregateFunction.SUM, List.of(1, new Value.DurationValue(1, 0, 0, 0))))
                .hasMessage("sum() cannot add a Duration to a number.");
    }

    @Test
    void sumsOfLargeIntegersOverflowOnlyAtTheEnd() {
        List<Object> values = List.of(Long.MAX_VALUE, Long.MAX_VALUE, 7, Long.MIN_VALUE, Long.MIN_VALUE, -3, 1);
        assertThat(ofParts(AggregateFunction.SUM, values)).isEqualTo(Value.of(3L));
        assertThatThrownBy(() -> ofParts(AggregateFunction.SUM, List.of(Long.MAX_VALUE, 0, 1)))
                .hasMessageContaining("the sum of the integers is 9223372036854775808");
    }

    private Value ofParts(AggregateFunction function, List<Object> values) {
        List<RowBatch> batches = values.stream()
                .map(value -> RowBatch.of(List.of(Vectors.values(value)), 1))
                .toList();
        Grouping grouping = new Grouping(
                List.of(), List.of(AggregateSpec.of(function, false, columns(0))), BatchInput.plainLayout(1));
        List<List<Value>> rows =
                BatchInput.drain(new HashAggregate(new SideBySide(batches, grouping, 2, context), grouping, context));
        assertThat(rows).hasSize(1);
        return rows.getFirst().getFirst();
    }

    @Test
    void sumsStayExactBesideNullsInEveryFormOfBatch() {
        List<RowBatch> batches = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            RowBatch batch = RowBatch.of(
                    List.of(
                            Vectors.texts("a", "b", "a", "b", "a"),
                            Vectors.longs(1, Vectors.NULL, i == 3 ? Long.MAX_VALUE : 3, 4, Vectors.NULL)),
                    5);
            batches.add(batch);
            batches.add(batch.select(new int[] {0, 1, 3}));
        }
        Grouping grouping = new Grouping(
                List.of(new GroupColumn(0, true)),
                List.of(
                        AggregateSpec.of(AggregateFunction.AVG, false, columns(1)),
                        AggregateSpec.of(AggregateFunction.COUNT, false, columns(1)),
                        AggregateSpec.of(AggregateFunction.COUNT_ROWS, false, List.of())),
                BatchInput.plainLayout(4));
        double average = (Long.MAX_VALUE + 22.0) / 15;

        assertThat(BatchInput.drain(new HashAggregate(BatchInput.of(batches, 2), grouping, context)))
                .containsExactly(row("a", average, 15, 20), row("b", 4.0, 10, 20));
    }

    private static List<CompiledExpression> columns(int... positions) {
        return Arrays.stream(positions)
                .<CompiledExpression>mapToObj(position -> batch -> batch.column(position))
                .toList();
    }
}
