package io.spangraph.engine.exec.aggregate;

import static io.spangraph.engine.exec.fixture.BatchInput.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.fixture.BatchInput;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector.DictionaryVector;
import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.model.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Large batches with a small dictionary as their key, whose aggregates are computed by the dictionary's entries. */
class CodedGroupsTest {
    private static final long LARGEST = 1L << 31;

    private final QueryContext context = BatchInput.context();

    private final Grouping grouping = new Grouping(
            List.of(new GroupColumn(0, true)),
            List.of(
                    AggregateSpec.of(AggregateFunction.SUM, false, column(1)),
                    AggregateSpec.of(AggregateFunction.COUNT_ROWS, false, List.of()),
                    AggregateSpec.of(AggregateFunction.COUNT, false, column(1)),
                    AggregateSpec.of(AggregateFunction.AVG, false, column(1)),
                    AggregateSpec.of(AggregateFunction.MAX, false, column(1)),
                    AggregateSpec.of(AggregateFunction.SUM, false, column(2))),
            BatchInput.plainLayout(7));

    private static List<CompiledExpression> column(int position) {
        return List.of(rows -> rows.column(position));
    }

    /** Rows, entries, rows of 100 that are null, and the bound of the numbers' absolute values. */
    static Stream<Arguments> shapes() {
        return Stream.of(
                Arguments.of(1, 1, 0, 1000L),
                Arguments.of(63, 2, 50, 1000L),
                Arguments.of(1001, 1, 30, 1000L),
                Arguments.of(1000, 60, 55, 30_000L),
                Arguments.of(1003, 60, 0, 30_000L),
                Arguments.of(1024, 60, 100, 30_000L),
                Arguments.of(65_536, 7, 20, LARGEST),
                Arguments.of(65_537, 500, 20, LARGEST),
                Arguments.of(5000, 700, 20, 5L),
                Arguments.of(140_000, 3, 1, LARGEST),
                Arguments.of(1000, 5, 10, LARGEST + 1),
                Arguments.of(1000, 5, 10, Long.MAX_VALUE / 1_000_000));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void areWhatAddingRowByRowGives(int rows, int entries, int nullPerCent, long bound) {
        Random random = new Random(rows + entries);
        List<RowBatch> batches = new ArrayList<>();
        Map<Value, Expected> expected = new LinkedHashMap<>();
        for (int batch = 0; batch < 4; batch++) {
            int from = batch / 2;
            List<Value> dictionary = IntStream.range(from, from + entries)
                    .mapToObj(entry -> Value.of("entry " + entry))
                    .toList();
            int[] codes = new int[rows];
            long[] numbers = new long[rows];
            long[] others = new long[rows];
            BitSet nulls = new BitSet();
            for (int row = 0; row < rows; row++) {
                codes[row] = random.nextInt(entries + 1) - (entries > 1 ? 1 : 0);
                codes[row] = Math.min(codes[row], entries - 1);
                numbers[row] = random.nextInt(4) == 0 ? bound - 1 : random.nextLong(-bound, bound);
                others[row] = random.nextInt();
                nulls.set(row, random.nextInt(100) < nullPerCent);
                Expected group = expected.computeIfAbsent(
                        codes[row] < 0 ? Value.NULL : dictionary.get(codes[row]), key -> new Expected());
                group.add(numbers[row], nulls.get(row), others[row]);
            }
            batches.add(RowBatch.of(
                    List.of(
                            new DictionaryVector(codes, dictionary),
                            new LongVector(numbers, NullMask.of(nulls), LongKind.INTEGER),
                            new LongVector(others, NullMask.NONE, LongKind.INTEGER)),
                    rows));
        }

        List<List<Value>> found = new ArrayList<>();
        expected.forEach((key, group) -> found.add(group.row(key)));
        assertThat(BatchInput.drain(new HashAggregate(BatchInput.of(batches, 3), grouping, context)))
                .isEqualTo(found);
        assertThat(context.memory().reservedBytes()).isZero();
    }

    private static final class Expected {
        private BigInteger sum = BigInteger.ZERO;
        private long rows;
        private long others;
        private long present;
        private long largest = Long.MIN_VALUE;

        void add(long number, boolean isNull, long other) {
            rows++;
            others += other;
            if (!isNull) {
                sum = sum.add(BigInteger.valueOf(number));
                present++;
                largest = Math.max(largest, number);
            }
        }

        List<Value> row(Value key) {
            return List.of(
                    key,
                    Value.of(sum.longValueExact()),
                    Value.of(rows),
                    Value.of(present),
                    present == 0 ? Value.NULL : Value.of(sum.doubleValue() / present),
                    present == 0 ? Value.NULL : Value.of(largest),
                    Value.of(others));
        }
    }

    @Test
    void largestIntegersAreSummedBeyond64BitsAndOnlyTheResultMayOverflow() {
        long[] small = new long[1000];
        long[] extreme = new long[1000];
        for (int row = 0; row < 1000; row++) {
            small[row] = row % 2 == 0 ? LARGEST - 1 : -LARGEST;
            extreme[row] = row % 4 < 2 ? Long.MAX_VALUE : Long.MIN_VALUE;
        }

        assertThat(sums(small, extreme, small))
                .containsExactly(row("even", 1_000L * (LARGEST - 1) - 250), row("odd", -1_000L * LARGEST - 250));
        extreme[2] = 2;
        assertThatThrownBy(() -> sums(small, extreme))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("the sum of the integers is 9223373110596599060, beyond 64 bits");
    }

    private List<List<Value>> sums(long[]... batches) {
        Grouping sums = new Grouping(
                List.of(new GroupColumn(0, true)),
                List.of(AggregateSpec.of(AggregateFunction.SUM, false, column(1))),
                BatchInput.plainLayout(2));
        List<Value> dictionary = List.of(Value.of("even"), Value.of("odd"));
        int[] codes = IntStream.range(0, 1000).map(row -> row % 2).toArray();
        List<RowBatch> input = Stream.concat(Stream.of(new long[1000]), Stream.of(batches))
                .map(numbers -> RowBatch.of(
                        List.of(
                                new DictionaryVector(codes, dictionary),
                                new LongVector(numbers, NullMask.NONE, LongKind.INTEGER)),
                        1000))
                .toList();
        return BatchInput.drain(new HashAggregate(BatchInput.of(input, 2), sums, context));
    }
}
