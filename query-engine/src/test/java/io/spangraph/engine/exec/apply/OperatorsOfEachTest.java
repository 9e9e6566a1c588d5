package io.spangraph.engine.exec.apply;

import static io.spangraph.engine.exec.fixture.BatchInput.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.aggregate.AggregateSpec;
import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.exec.fixture.Vectors;
import io.spangraph.engine.exec.fixture.WatchedInput;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What counts rows inside of a subquery counts those of each outer row by themselves. The ordinal is the first column. */
class OperatorsOfEachTest {
    private final QueryContext context = BatchInput.context();
    private final List<String> events = new ArrayList<>();

    private Operator slice(Operator input, long skip, long limit, int outerRows) {
        return new SliceOfEach(input, 0, skip, limit, () -> outerRows, context);
    }

    private static BatchInput input() {
        return BatchInput.of(Vectors.longs(1, 0, 1, 1, 0, 3), Vectors.texts("a", "b", "c", "d", "e", "f"));
    }

    @Test
    void skipsAndLimitsTheRowsOfEachOrdinal() {
        assertThat(BatchInput.drain(slice(input(), 0, 1, 4))).containsExactly(row(1, "a"), row(0, "b"), row(3, "f"));
        assertThat(BatchInput.drain(slice(input(), 1, 1, 4))).containsExactly(row(1, "c"), row(0, "e"));
        assertThat(BatchInput.drain(slice(input(), 1, Long.MAX_VALUE, 4)))
                .containsExactly(row(1, "c"), row(1, "d"), row(0, "e"));
        assertThat(BatchInput.drain(slice(BatchInput.of(List.of(), 2), 0, 1, 4)))
                .isEmpty();
        assertThat(context.memory().reservedBytes()).isZero();
        assertThat(context.memory().peakBytes()).isPositive();
    }

    @Test
    void closesItsInputOnceEveryOrdinalHasItsRows() {
        RowBatch both = RowBatch.of(List.of(Vectors.longs(0, 1)), 2);
        RowBatch one = RowBatch.of(List.of(Vectors.longs(0, 0)), 2);
        BatchInput found = BatchInput.of(List.of(one, one, both, both, both), 1);
        assertThat(BatchInput.drain(slice(new WatchedInput("input", found, events), 0, 1, 2)))
                .containsExactly(row(0), row(1));
        assertThat(events).containsExactly("read input", "read input", "read input", "close input");
    }

    @Test
    void aLimitOfZeroReadsNothing() {
        assertThat(BatchInput.drain(slice(new WatchedInput("input", input(), events), 0, 0, 4)))
                .isEmpty();
        assertThat(events).containsExactly("close input");
    }

    @Test
    void slicesAgreeWithCountingRowByRow() {
        Random random = new Random(5);
        for (int round = 0; round < 30; round++) {
            List<RowBatch> batches = IntStream.range(0, 1 + random.nextInt(4))
                    .mapToObj(i -> BatchInput.selectSome(
                            RowBatch.of(
                                    List.of(Vectors.longs(IntStream.range(0, 50)
                                            .mapToObj(row -> random.nextInt(9))
                                            .toArray())),
                                    50),
                            random))
                    .toList();
            int skip = random.nextInt(4);
            int limit = 1 + random.nextInt(6);
            Map<Value, Integer> seen = new HashMap<>();
            List<List<Value>> expected = batches.stream()
                    .flatMap(batch -> BatchInput.rows(batch).stream())
                    .filter(row -> {
                        int number = seen.merge(row.getFirst(), 1, Integer::sum);
                        return number > skip && number <= skip + limit;
                    })
                    .toList();
            assertThat(BatchInput.drain(slice(BatchInput.of(batches, 1), skip, limit, 9)))
                    .isEqualTo(expected);
        }
    }

    @Test
    void aggregatesTheRowsOfEveryOrdinalAlsoWhereThereAreNone() {
        Operator counted = new AggregateOfEach(
                input(),
                0,
                List.of(AggregateSpec.of(AggregateFunction.COUNT_ROWS, false, List.of())),
                BatchInput.plainLayout(2),
                () -> 5,
                context);
        assertThat(BatchInput.drain(counted)).containsExactly(row(0, 2), row(1, 3), row(2, 0), row(3, 1), row(4, 0));
        assertThat(context.memory().reservedBytes()).isZero();
        Operator none = new AggregateOfEach(
                BatchInput.of(List.of(), 1),
                0,
                List.of(AggregateSpec.of(AggregateFunction.COUNT_ROWS, false, List.of())),
                BatchInput.plainLayout(2),
                () -> 5_000,
                context);
        assertThat(BatchInput.drain(none)).hasSize(5_000).endsWith(row(4_999, 0));
    }

    @Test
    void stopsWhenTheQueryIsCancelled() {
        RowBatch one = RowBatch.of(List.of(Vectors.longs(0)), 1);
        Operator cancelling =
                BatchInput.cancelling(BatchInput.of(List.of(one, one, one), 1), context.cancellation(), 1);
        try (Operator skip = slice(cancelling, 5, 1, 2)) {
            assertThatThrownBy(skip::advance).hasMessage("The query was cancelled.");
        }
        assertThat(context.memory().reservedBytes()).isZero();
    }
}
