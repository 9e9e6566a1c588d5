package io.spangraph.engine.exec.sort;

import static io.spangraph.engine.exec.fixture.BatchInput.row;
import static io.spangraph.engine.exec.fixture.Vectors.NULL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.exec.fixture.RandomVectors;
import io.spangraph.engine.exec.fixture.Vectors;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortTest {
    private final QueryContext context = BatchInput.context();

    @Test
    void ordersMixedTypesAndPutsNullLast() {
        Value date = new Value.DateValue(LocalDate.EPOCH);
        Object[] values = {NULL, 1.5, true, "b", 1, Double.NaN, List.of(1), date, "a"};

        assertThat(sort(BatchInput.of(Vectors.values(values)), ascending(0)))
                .containsExactly(
                        row(List.of(1)),
                        row(date),
                        row("a"),
                        row("b"),
                        row(true),
                        row(1),
                        row(1.5),
                        row(Double.NaN),
                        row(NULL));
        assertThat(sort(BatchInput.of(Vectors.values(values)), descending(0)))
                .containsExactly(
                        row(NULL),
                        row(Double.NaN),
                        row(1.5),
                        row(1),
                        row(true),
                        row("b"),
                        row("a"),
                        row(date),
                        row(List.of(1)));
    }

    @Test
    void keepsTheOrderOfEqualKeysAndDoesNotPassTheKeysOn() {
        Vector key = Vectors.longs(2, 1, 2, NULL, 1);
        Vector payload = Vectors.texts("a", "b", "c", "d", "e");

        assertThat(sort(BatchInput.of(key, payload), ascending(0)))
                .containsExactly(row(1, "b"), row(1, "e"), row(2, "a"), row(2, "c"), row(NULL, "d"));
        assertThat(sort(BatchInput.of(key, payload), descending(0)))
                .containsExactly(row(NULL, "d"), row(2, "a"), row(2, "c"), row(1, "b"), row(1, "e"));
    }

    @Test
    void givesNothingForNothing() {
        assertThat(sort(BatchInput.of(List.of(), 2), ascending(0))).isEmpty();
        assertThat(top(BatchInput.of(List.of(), 2), 0, 5, ascending(0))).isEmpty();
    }

    @Test
    void givesBatchesOfTheUsualSize() {
        Vector keys =
                Vectors.longs(IntStream.range(0, 9000).map(i -> -i).boxed().toArray());
        try (Operator sort = new Sort(BatchInput.of(keys), List.of(ascending(0)), context)) {
            List<Integer> sizes = new ArrayList<>();
            while (sort.advance()) {
                sizes.add(sort.batch().rowCount());
                assertThat(sort.batch().column(0)).isInstanceOf(Vector.LongVector.class);
            }
            assertThat(sizes).containsExactly(4096, 4096, 808);
            assertThat(sort.batch().value(807, 0)).isEqualTo(Value.of(0));
        }
        assertThat(context.memory().reservedBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithASortOfLists(long seed) {
        Random random = new Random(seed);
        List<RowBatch> batches = randomBatches(random, seed);
        List<SortSpec> specs = List.of(
                random.nextBoolean() ? ascending(0) : descending(0),
                random.nextBoolean() ? ascending(1) : descending(1));
        List<List<Value>> expected = sorted(batches, specs);

        assertThat(sort(BatchInput.of(batches, 3), specs.toArray(SortSpec[]::new)))
                .isEqualTo(expected);
        for (long limit : new long[] {0, 10, 3000, Long.MAX_VALUE}) {
            for (long skip : new long[] {0, 4100, 100_000}) {
                assertThat(top(BatchInput.of(batches, 3), skip, limit, specs.toArray(SortSpec[]::new)))
                        .isEqualTo(expected.stream().skip(skip).limit(limit).toList());
            }
        }
        assertThat(context.memory().reservedBytes()).isZero();
    }

    /** Three columns: two keys, in forms that may change from batch to batch, and the number of the row. */
    private static List<RowBatch> randomBatches(Random random, long seed) {
        RandomVectors vectors = new RandomVectors(seed);
        RandomVectors.Form first = vectors.anyForm();
        RandomVectors.Form second = vectors.anyForm();
        List<RowBatch> batches = new ArrayList<>();
        int rows = 0;
        for (int i = 0; i < 26; i++) {
            int length = 500 + random.nextInt(700);
            int start = rows;
            boolean sameForms = seed % 2 == 0;
            batches.add(RowBatch.of(
                    List.of(
                            vectors.vector(sameForms ? first : vectors.anyForm(), length, 5000),
                            vectors.vector(sameForms ? second : vectors.anyForm(), length, 6),
                            Vectors.longs(IntStream.range(start, start + length)
                                    .boxed()
                                    .toArray())),
                    length));
            rows += length;
        }
        return batches.stream()
                .map(batch -> random.nextInt(3) == 0 ? BatchInput.selectSome(batch, random) : batch)
                .toList();
    }

    private static List<List<Value>> sorted(List<RowBatch> batches, List<SortSpec> specs) {
        Comparator<List<Value>> order = Comparator.comparing(row -> row.get(0), Values::compareForOrder);
        Comparator<List<Value>> second = Comparator.comparing(row -> row.get(1), Values::compareForOrder);
        order = specs.get(0).descending() ? order.reversed() : order;
        order = order.thenComparing(specs.get(1).descending() ? second.reversed() : second);
        return batches.stream()
                .flatMap(batch -> BatchInput.rows(batch).stream())
                .sorted(order)
                .toList();
    }

    @Test
    void topHoldsLittleMoreThanItNeeds() {
        QueryContext small = BatchInput.context(2 << 20);
        Random random = new Random(5);
        List<RowBatch> batches = Stream.generate(() -> RowBatch.of(
                        List.of(
                                Vectors.longs(random.ints(4096).boxed().toArray()),
                                Vectors.values(IntStream.range(0, 4096)
                                        .mapToObj(i -> "a text of some length")
                                        .toArray())),
                        4096))
                .limit(60)
                .toList();
        Operator input = BatchInput.of(batches, 2);

        List<List<Value>> top = BatchInput.drain(new TopN(input, List.of(descending(0)), 0, 100, small));

        assertThat(top)
                .hasSize(100)
                .isEqualTo(batches.stream()
                        .flatMap(batch -> BatchInput.rows(batch).stream())
                        .sorted(Comparator.comparing((List<Value> row) -> row.getFirst(), Values::compareForOrder)
                                .reversed())
                        .limit(100)
                        .toList());
        assertThatThrownBy(() -> BatchInput.drain(new Sort(BatchInput.of(batches, 2), List.of(descending(0)), small)))
                .isInstanceOfSatisfying(
                        QueryException.class, error -> assertThat(error.code()).isEqualTo(QueryErrorCode.MEMORY_LIMIT))
                .hasMessage("The query needs more than 2097152 bytes of memory (Sort).");
        assertThat(small.memory().reservedBytes()).isZero();
    }

    @Test
    void topTellsWhichFirstKeysAreStillOfInterest() {
        OrderBound bound = new OrderBound(true, 2);
        BatchInput input = BatchInput.of(
                List.of(Vectors.longs(5, 1), Vectors.longs(7, 6), Vectors.longs(NULL, NULL), Vectors.longs(4)).stream()
                        .map(column -> RowBatch.of(List.of(column), column.length()))
                        .toList(),
                1);
        try (TopN top = new TopN(input, List.of(descending(0)), 1, 1, Optional.of(bound), context)) {
            assertThat(bound.value()).isEmpty();
            assertThat(top.advance()).isTrue();
            assertThat(top.batch().value(0, 0)).isEqualTo(Value.NULL);
        }
        // Nulls come first, but what no key is known of bounds nothing.
        assertThat(bound.value()).contains(Value.of(1));
        bound.offer(Value.of(0));
        assertThat(bound.value()).contains(Value.of(1));
        bound.offer(Value.of(9));
        assertThat(bound.value()).contains(Value.of(9));
    }

    @Test
    void rowsThatSeveralFindAreEnoughTogether() {
        OrderBound bound = new OrderBound(false, 3);
        for (long first : List.of(5L, 2L, 9L)) {
            assertThat(bound.value()).isEmpty();
            RowBatch one = RowBatch.of(List.of(Vectors.longs(first)), 1);
            TopN top =
                    new TopN(BatchInput.of(List.of(one), 1), List.of(ascending(0)), 0, 3, Optional.of(bound), context);
            assertThat(BatchInput.drain(top)).hasSize(1);
        }
        assertThat(bound.value()).contains(Value.of(9));

        bound.found(Vectors.longs(3, 1, 4), new int[] {0, 2});
        assertThat(bound.value()).contains(Value.of(4));
    }

    @Test
    void topWithoutRowsReadsNothing() {
        BatchInput input = BatchInput.of(Vectors.longs(1));

        assertThat(BatchInput.drain(new TopN(
                        BatchInput.cancelling(input, context.cancellation(), 0), List.of(ascending(0)), 3, 0, context)))
                .isEmpty();
    }

    @Test
    void stopsWhenTheQueryIsCancelled() {
        BatchInput input = BatchInput.of(
                IntStream.range(0, 5)
                        .mapToObj(i -> RowBatch.of(List.of(Vectors.longs(i)), 1))
                        .toList(),
                1);
        Operator cancelling = BatchInput.cancelling(input, context.cancellation(), 2);
        try (Operator sort = new Sort(cancelling, List.of(ascending(0)), context)) {
            assertThatThrownBy(sort::advance).hasMessage("The query was cancelled.");
            assertThat(input.batch().column(0).value(0)).isEqualTo(Value.of(2));
        }
    }

    private List<List<Value>> sort(Operator input, SortSpec... keys) {
        return BatchInput.drain(new Sort(input, List.of(keys), context));
    }

    private List<List<Value>> top(Operator input, long skip, long limit, SortSpec... keys) {
        return BatchInput.drain(new TopN(input, List.of(keys), skip, limit, context));
    }

    private static SortSpec ascending(int column) {
        return new SortSpec(batch -> batch.column(column), false);
    }

    private static SortSpec descending(int column) {
        return new SortSpec(batch -> batch.column(column), true);
    }
}
