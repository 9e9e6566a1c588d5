package io.spangraph.engine.exec.expression;

import java.math.BigInteger;

/**
 * Divides many whole numbers by one, of at least 2, with a multiplication for each: processors take many times as long to
 * divide. The factor is the reciprocal, rounded up so little that no quotient of 64 bits notices (Granlund and Montgomery,
 * "Division by invariant integers using multiplication").
 */
record ConstantDivisor(long divisor, long reciprocal, int shift) {
    /** @param divisor at least 2 */
    static ConstantDivisor of(long divisor) {
        if (divisor < 2) {
            throw new IllegalArgumentException("a divisor of " + divisor);
        }
        int bits = Long.SIZE - Long.numberOfLeadingZeros(divisor - 1);
        BigInteger reciprocal = BigInteger.ONE
                .shiftLeft(Long.SIZE - 1 + bits)
                .divide(BigInteger.valueOf(divisor))
                .add(BigInteger.ONE);
        // Its highest bit is set, so that it counts as 2^64 too small: what is missing are the numbers themselves.
        return new ConstantDivisor(divisor, reciprocal.longValue(), bits - 1);
    }

    /** The quotients, rounded towards zero. */
    long[] quotients(long[] numbers) {
        long[] quotients = new long[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            long number = numbers[i];
            quotients[i] = ((number + Math.multiplyHigh(reciprocal, number)) >> shift) - (number >> 63);
        }
        return quotients;
    }

    /** What is left of each number, with its sign. */
    long[] remainders(long[] numbers) {
        long[] remainders = quotients(numbers);
        for (int i = 0; i < numbers.length; i++) {
            remainders[i] = numbers[i] - remainders[i] * divisor;
        }
        return remainders;
    }
}
