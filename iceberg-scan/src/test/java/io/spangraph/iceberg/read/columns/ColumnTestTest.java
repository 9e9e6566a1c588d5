package io.spangraph.iceberg.read.columns;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.expr.Expression.CompareOperator;
import io.spangraph.iceberg.parquet.ColumnValues;
import io.spangraph.iceberg.parquet.Nulls;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What bounds prove is what a look at each value finds. */
class ColumnTestTest {
    private static final int CASES = 4_000;

    /** Values with their bounds, and a test with its answer for one row. */
    private record Case(ColumnValues values, Bounds bounds, ColumnTest test, List<Boolean> expected) {
        void check() {
            RowMask rows = RowMask.all(values.rows());
            test.apply(values, rows, new CodeTables());
            List<Integer> wanted = IntStream.range(0, expected.size())
                    .filter(expected::get)
                    .boxed()
                    .toList();

            assertThat(Arrays.stream(rows.positions()).boxed().toList())
                    .as("%s", this)
                    .isEqualTo(wanted);
            switch (test.verdict(bounds)) {
                case NONE -> assertThat(wanted).as("%s", this).isEmpty();
                case ALL -> assertThat(wanted).as("%s", this).hasSize(values.rows());
                case SOME -> {}
            }
        }
    }

    private static <T> T any(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static Nulls nulls(Random random, int rows) {
        long[] words = new long[(rows + 63) / 64];
        int kind = random.nextInt(4);
        for (int row = 0; row < rows; row++) {
            if (kind == 1 && random.nextBoolean() || kind == 2) {
                words[row / 64] |= 1L << row;
            }
        }
        return Nulls.of(words);
    }

    private static Bounds bounds(Optional<Bounds.Range> range, int rows, Nulls nulls) {
        return new Bounds(range, rows, OptionalLong.of(nulls.count()));
    }

    private static Case longs(Random random) {
        List<Long> domain = List.of(Long.MIN_VALUE, -1L, 0L, 1L, 2L, 3L, Long.MAX_VALUE);
        int rows = 1 + random.nextInt(130);
        long[] values = new long[rows];
        Nulls nulls = nulls(random, rows);
        for (int row = 0; row < rows; row++) {
            values[row] = nulls.isNull(row) ? 0 : any(random, domain.subList(0, 1 + random.nextInt(domain.size())));
        }
        long[] present = IntStream.range(0, rows)
                .filter(row -> !nulls.isNull(row))
                .mapToLong(row -> values[row])
                .toArray();
        Optional<Bounds.Range> range = present.length == 0
                ? Optional.empty()
                : Optional.of(new Bounds.Range.OfLongs(
                        Arrays.stream(present).min().getAsLong(),
                        Arrays.stream(present).max().getAsLong()));
        List<Boolean> expected = new ArrayList<>();
        ColumnTest test;
        if (random.nextInt(3) == 0) {
            long[] keys = random.ints(random.nextInt(4), 0, domain.size())
                    .mapToLong(domain::get)
                    .sorted()
                    .distinct()
                    .toArray();
            test = new LongTest.In(keys);
            for (int row = 0; row < rows; row++) {
                expected.add(!nulls.isNull(row) && Arrays.binarySearch(keys, values[row]) >= 0);
            }
        } else {
            CompareOperator operator = CompareOperator.values()[random.nextInt(6)];
            long wanted = any(random, domain);
            test = LongTest.compare(operator, wanted);
            for (int row = 0; row < rows; row++) {
                expected.add(!nulls.isNull(row) && operator.holds(Long.compare(values[row], wanted)));
            }
        }
        return new Case(new ColumnValues.Longs(values, nulls), bounds(range, rows, nulls), test, expected);
    }

    private static boolean holds(CompareOperator operator, double left, double right) {
        return switch (operator) {
            case EQUAL -> left == right;
            case NOT_EQUAL -> left != right;
            case LESS -> left < right;
            case LESS_OR_EQUAL -> left <= right;
            case GREATER -> left > right;
            case GREATER_OR_EQUAL -> left >= right;
        };
    }

    private static Case doubles(Random random) {
        List<Double> domain = List.of(
                Double.NaN, Double.NEGATIVE_INFINITY, -1.5, -0.0, 0.0, Double.MIN_VALUE, 1.5, Double.POSITIVE_INFINITY);
        int rows = 1 + random.nextInt(70);
        double[] values = new double[rows];
        Nulls nulls = nulls(random, rows);
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        boolean bounded = false;
        for (int row = 0; row < rows; row++) {
            values[row] = nulls.isNull(row) ? 0 : any(random, domain.subList(0, 1 + random.nextInt(domain.size())));
            if (!nulls.isNull(row) && !Double.isNaN(values[row])) {
                min = Math.min(min, values[row]);
                max = Math.max(max, values[row]);
                bounded = true;
            }
        }
        Optional<Bounds.Range> range = bounded ? Optional.of(new Bounds.Range.OfDoubles(min, max)) : Optional.empty();
        CompareOperator operator = CompareOperator.values()[random.nextInt(6)];
        double wanted = any(random, domain.subList(1, domain.size()));
        List<Boolean> expected = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            expected.add(!nulls.isNull(row) && holds(operator, values[row], wanted));
        }
        return new Case(
                new ColumnValues.Doubles(values, nulls),
                bounds(range, rows, nulls),
                DoubleTest.compare(operator, wanted),
                expected);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Case texts(Random random) {
        List<String> domain = List.of("", "a", "ab", "abc", "b", "\u00e4", "\uffee", "\ud83d\ude00");
        int rows = 1 + random.nextInt(70);
        Nulls nulls = nulls(random, rows);
        List<byte[]> values = new ArrayList<>();
        List<byte[]> present = new ArrayList<>();
        int[] offsets = new int[rows + 1];
        byte[] data = new byte[8 * rows];
        for (int row = 0; row < rows; row++) {
            byte[] value = nulls.isNull(row)
                    ? new byte[0]
                    : utf8(any(random, domain.subList(0, 1 + random.nextInt(domain.size()))));
            values.add(value);
            if (!nulls.isNull(row)) {
                present.add(value);
            }
            System.arraycopy(value, 0, data, offsets[row], value.length);
            offsets[row + 1] = offsets[row] + value.length;
        }
        present.sort(Arrays::compareUnsigned);
        Optional<Bounds.Range> range = present.isEmpty()
                ? Optional.empty()
                : Optional.of(new Bounds.Range.OfBytes(present.getFirst(), present.getLast(), random.nextBoolean()));
        byte[] wanted = utf8(any(random, domain));
        List<Boolean> expected = new ArrayList<>();
        ColumnTest test;
        if (random.nextInt(4) == 0) {
            test = new BytesTest.Prefix(wanted);
            values.forEach(value -> expected.add(
                    value.length >= wanted.length && Arrays.equals(value, 0, wanted.length, wanted, 0, wanted.length)));
        } else {
            CompareOperator operator = CompareOperator.values()[random.nextInt(6)];
            test = BytesTest.compare(operator, wanted);
            values.forEach(value -> expected.add(operator.holds(Arrays.compareUnsigned(value, wanted))));
        }
        for (int row = 0; row < rows; row++) {
            expected.set(row, expected.get(row) && !nulls.isNull(row));
        }
        return new Case(new ColumnValues.Bytes(data, offsets, nulls), bounds(range, rows, nulls), test, expected);
    }

    @Test
    void wholeNumbers() {
        Random random = new Random(1);
        for (int i = 0; i < CASES; i++) {
            longs(random).check();
        }
    }

    @Test
    void fractionsWithNanAndTwoZeros() {
        Random random = new Random(2);
        for (int i = 0; i < CASES; i++) {
            doubles(random).check();
        }
    }

    @Test
    void textsInTheOrderOfTheirCodePoints() {
        Random random = new Random(3);
        for (int i = 0; i < CASES; i++) {
            texts(random).check();
        }
    }

    @Test
    void nullsByTheirCount() {
        ColumnValues values = new ColumnValues.Longs(new long[] {1, 0}, Nulls.of(new long[] {2}));
        Bounds unknown = new Bounds(Optional.empty(), 2, OptionalLong.empty());
        Bounds none = new Bounds(Optional.empty(), 2, OptionalLong.of(0));
        Bounds all = new Bounds(Optional.empty(), 2, OptionalLong.of(2));
        RowMask rows = RowMask.all(2);

        new NullTest(true).apply(values, rows, new CodeTables());

        assertThat(rows.positions()).containsExactly(1);
        assertThat(new NullTest(true).verdict(unknown)).isEqualTo(Verdict.SOME);
        assertThat(new NullTest(true).verdict(none)).isEqualTo(Verdict.NONE);
        assertThat(new NullTest(true).verdict(all)).isEqualTo(Verdict.ALL);
        assertThat(new NullTest(false).verdict(none)).isEqualTo(Verdict.ALL);
        assertThat(new NullTest(false).verdict(all)).isEqualTo(Verdict.NONE);
    }
}
