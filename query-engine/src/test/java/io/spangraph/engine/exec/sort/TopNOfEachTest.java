package io.spangraph.engine.exec.sort;

import static io.spangraph.engine.exec.fixture.BatchInput.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.exec.fixture.Vectors;
import io.spangraph.engine.exec.fixture.WatchedInput;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The ordinal is the first column, what is sorted by the second. */
class TopNOfEachTest {
    private final QueryContext context = BatchInput.context();

    private Operator top(Operator input, long skip, long limit) {
        return new TopNOfEach(
                input,
                new SortSpec(rows -> rows.column(0), false),
                List.of(new SortSpec(rows -> rows.column(1), true)),
                skip,
                limit,
                context);
    }

    private static BatchInput input() {
        return BatchInput.of(Vectors.longs(1, 0, 1, 1, 0, 3), Vectors.longs(5, 6, 7, 8, 9, 1));
    }

    @Test
    void givesTheFirstRowsOfEachOrdinal() {
        assertThat(BatchInput.drain(top(input(), 0, 2)))
                .containsExactly(row(0, 9), row(0, 6), row(1, 8), row(1, 7), row(3, 1));
        assertThat(BatchInput.drain(top(input(), 1, 1))).containsExactly(row(0, 6), row(1, 7));
        assertThat(BatchInput.drain(top(input(), 0, Long.MAX_VALUE))).hasSize(6);
        assertThat(BatchInput.drain(top(input(), 3, 5))).isEmpty();
        assertThat(context.memory().reservedBytes()).isZero();
    }

    @Test
    void aLimitOfZeroReadsNothing() {
        List<String> events = new ArrayList<>();
        assertThat(BatchInput.drain(top(new WatchedInput("input", input(), events), 2, 0)))
                .isEmpty();
        assertThat(events).containsExactly("close input");
    }

    @Test
    void holdsLittleMoreThanWhatIsWanted() {
        Random random = new Random(3);
        List<RowBatch> batches = IntStream.range(0, 60)
                .mapToObj(i -> RowBatch.of(List.of(numbers(random, 7), numbers(random, 1_000_000)), 1_000))
                .toList();
        TreeMap<Value, List<List<Value>>> byOrdinal =
                new TreeMap<>(Comparator.comparing(value -> ((Value.IntegerValue) value).value()));
        batches.forEach(batch -> BatchInput.rows(batch)
                .forEach(row -> byOrdinal
                        .computeIfAbsent(row.getFirst(), any -> new ArrayList<>())
                        .add(row)));
        Comparator<List<Value>> descending = Comparator.comparing(row -> -((Value.IntegerValue) row.get(1)).value());
        List<List<Value>> expected = byOrdinal.values().stream()
                .flatMap(rows -> rows.stream().sorted(descending).skip(3).limit(20))
                .toList();

        assertThat(BatchInput.drain(top(BatchInput.of(batches, 2), 3, 20))).isEqualTo(expected);
        long whole = 60_000L * 4 * Long.BYTES;
        assertThat(context.memory().peakBytes()).isPositive().isLessThan(whole / 2);
        assertThat(context.memory().reservedBytes()).isZero();
    }

    private static io.spangraph.engine.row.Vector numbers(Random random, int bound) {
        return Vectors.longs(
                IntStream.range(0, 1_000).mapToObj(row -> random.nextInt(bound)).toArray());
    }
}
