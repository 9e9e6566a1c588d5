package io.spangraph.engine.exec.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConstantDivisorTest {
    @ParameterizedTest
    @ValueSource(
            longs = {
                2,
                3,
                5,
                7,
                10,
                64,
                1000,
                86_400,
                86_400_000,
                0x7fff_ffffL,
                0x8000_0000L,
                0x1_0000_0001L,
                1L << 61,
                (1L << 62) - 1,
                1L << 62,
                (1L << 62) + 1,
                Long.MAX_VALUE - 1,
                Long.MAX_VALUE
            })
    void givesWhatDivisionGives(long divisor) {
        SplittableRandom random = new SplittableRandom(divisor);
        long[] numbers = LongStream.concat(
                        LongStream.of(0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1),
                        LongStream.concat(
                                random.longs(2_000).map(number -> number >> random.nextInt(64)),
                                random.longs(2_000)
                                        .map(number -> number / divisor * divisor)
                                        .flatMap(multiple -> LongStream.of(multiple - 1, multiple, multiple + 1))))
                .toArray();

        ConstantDivisor constant = ConstantDivisor.of(divisor);
        assertThat(constant.quotients(numbers))
                .isEqualTo(
                        Arrays.stream(numbers).map(number -> number / divisor).toArray());
        assertThat(constant.remainders(numbers))
                .isEqualTo(
                        Arrays.stream(numbers).map(number -> number % divisor).toArray());
    }

    @Test
    void refusesDivisorsThatNeedNoReciprocal() {
        assertThatThrownBy(() -> ConstantDivisor.of(1)).hasMessage("a divisor of 1");
    }
}
