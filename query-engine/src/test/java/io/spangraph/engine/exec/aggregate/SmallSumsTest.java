package io.spangraph.engine.exec.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.engine.row.Vector.LongVector;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums by a small number beside a plain loop: blocks, rests of blocks, nulls, and what is just small enough. */
class SmallSumsTest {
    private static final int WIDTH = 7;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 63, 64, 65, 1023, 1024, 1025, 1027, 2048, 4093, 65_536})
    void areThoseOfAPlainLoop(int count) {
        Random random = new Random(count);
        long[] integers =
                random.longs(count, Integer.MIN_VALUE, Integer.MAX_VALUE + 1L).toArray();
        int[] numbers = random.ints(count, -1, WIDTH - 1).toArray();
        BitSet nulls = new BitSet();
        random.ints(count / 2, 0, count).forEach(nulls::set);

        assertSums(new LongVector(integers, NullMask.of(nulls), LongKind.INTEGER), count, numbers);
        assertSums(new LongVector(integers, NullMask.NONE, LongKind.INTEGER), count, numbers);
        assertSums(new LongVector(integers, NullMask.NONE, LongKind.INTEGER), (count + 1) / 2, numbers);
        assertSums(new LongVector(integers, NullMask.of(nulls), LongKind.INTEGER, true), count, numbers);
    }

    @ParameterizedTest
    @ValueSource(longs = {Integer.MIN_VALUE, -1, 0, 1, Integer.MAX_VALUE})
    void oneNumberMayHaveAllRowsOfABlockAndTheLargestIntegersIn32Bits(long integer) {
        long[] integers = new long[5000];
        Arrays.fill(integers, integer);

        assertSums(new LongVector(integers, NullMask.NONE, LongKind.INTEGER), 5000, new int[5000]);
    }

    @ParameterizedTest
    @ValueSource(longs = {Integer.MIN_VALUE - 1L, Integer.MAX_VALUE + 1L, Long.MIN_VALUE, Long.MAX_VALUE})
    void oneLargeIntegerIsFoundWhereverItLies(long integer) {
        for (int row : new int[] {0, 1, 2, 3, 1023, 1024, 4095, 4096, 4098}) {
            long[] integers = new long[4099];
            integers[row] = integer;

            assertThat(SmallSums.of(
                            new LongVector(integers, NullMask.NONE, LongKind.INTEGER), 4099, new int[4099], 1, WIDTH))
                    .isEmpty();
        }
    }

    @Test
    void areOfTheVectorTheyWereMadeOf() {
        LongVector vector = new LongVector(new long[100], NullMask.NONE, LongKind.INTEGER);
        LongVector other = new LongVector(new long[100], NullMask.NONE, LongKind.INTEGER);
        LongVector otherNulls = new LongVector(vector.values(), NullMask.ofWords(new long[] {1}), LongKind.INTEGER);

        SmallSums sums = SmallSums.of(vector, 100, new int[100], 1, WIDTH).orElseThrow();
        assertThat(sums.areOf(vector)).isTrue();
        assertThat(sums.areOf(other)).isFalse();
        assertThat(sums.areOf(otherNulls)).isFalse();
        assertThat(SmallSums.of(vector, 50, new int[100], 1, WIDTH)
                        .orElseThrow()
                        .areOf(vector))
                .isFalse();
    }

    private static void assertSums(LongVector vector, int count, int[] numbers) {
        long[] expectedSums = new long[WIDTH];
        long[] expectedCounts = new long[WIDTH];
        int[] expectedRows = new int[WIDTH];
        for (int row = 0; row < count; row++) {
            int number = numbers[row] + 1;
            expectedRows[number]++;
            if (!vector.isNull(row)) {
                expectedSums[number] += vector.values()[row];
                expectedCounts[number]++;
            }
        }

        Optional<SmallSums> found = SmallSums.of(vector, count, numbers, 1, WIDTH);
        LongSums sums = new LongSums(bytes -> {});
        sums.grow(WIDTH);
        long[] counts = new long[WIDTH];
        found.orElseThrow().addTo(sums, counts);
        assertThat(found.orElseThrow().rows()).isEqualTo(expectedRows);
        assertThat(counts).isEqualTo(expectedCounts);
        for (int number = 0; number < WIDTH; number++) {
            assertThat(sums.sum(number)).isEqualTo(expectedSums[number]);
        }
    }
}
