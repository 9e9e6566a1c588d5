package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.expression.Vectors;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.DoubleVector;
import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.model.value.Value;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code sum} and {@code avg}. Integers are summed in 128 bits and floating point numbers with their rounding errors, so
 * that the answer does not depend on the order of the rows: neither an overflow on the way nor the last digits.
 */
final class Sum extends Accumulator {
    private static final byte INTEGERS = 1;
    private static final byte FLOATS = 2;
    private static final byte DURATIONS = 4;
    private static final int BYTES_PER_GROUP = 5 * Long.BYTES + 1;

    private final AggregateFunction function;
    private long[] counts = new long[0];
    private byte[] seen = new byte[0];
    private long[] low = new long[0];
    private long[] high = new long[0];
    private double[] sums = new double[0];
    private double[] lost = new double[0];
    private DurationSum[] durations = new DurationSum[0];

    Sum(AggregateFunction function, HeldMemory memory) {
        super(memory, BYTES_PER_GROUP);
        this.function = function;
    }

    @Override
    void add(List<Vector> arguments, int[] positions, int[] groups) {
        Vector vector = arguments.getFirst();
        if (vector instanceof LongVector longs && longs.kind() == LongKind.INTEGER) {
            for (int i = 0; i < groups.length; i++) {
                if (!longs.isNull(positions[i])) {
                    add(groups[i], longs.values()[positions[i]]);
                }
            }
        } else if (vector instanceof DoubleVector doubles) {
            for (int i = 0; i < groups.length; i++) {
                if (!doubles.isNull(positions[i])) {
                    add(groups[i], doubles.values()[positions[i]]);
                }
            }
        } else {
            for (int i = 0; i < groups.length; i++) {
                addValue(groups[i], vector.value(positions[i]));
            }
        }
    }

    private void add(int group, long number) {
        note(group, INTEGERS);
        long before = low[group];
        low[group] = before + number;
        high[group] += (number >> 63) + (Long.compareUnsigned(low[group], before) < 0 ? 1 : 0);
    }

    /** Keeps what the sum is too coarse to hold beside it (Neumaier's variant of Kahan's summation). */
    private void add(int group, double number) {
        note(group, FLOATS);
        double before = sums[group];
        double sum = before + number;
        lost[group] += Math.abs(before) >= Math.abs(number) ? (before - sum) + number : (number - sum) + before;
        sums[group] = sum;
    }

    private void addValue(int group, Value value) {
        switch (value) {
            case Value.NullValue none -> {}
            case Value.IntegerValue(long number) -> add(group, number);
            case Value.FloatValue(double number) -> add(group, number);
            case Value.DurationValue duration -> addDuration(group, duration);
            case Value.BooleanValue other -> throw wrongType(other);
            case Value.StringValue other -> throw wrongType(other);
            case Value.BytesValue other -> throw wrongType(other);
            case Value.DateValue other -> throw wrongType(other);
            case Value.LocalTimeValue other -> throw wrongType(other);
            case Value.TimeValue other -> throw wrongType(other);
            case Value.LocalDateTimeValue other -> throw wrongType(other);
            case Value.DateTimeValue other -> throw wrongType(other);
            case Value.ListValue other -> throw wrongType(other);
            case Value.MapValue other -> throw wrongType(other);
            case Value.NodeValue other -> throw wrongType(other);
            case Value.RelationshipValue other -> throw wrongType(other);
            case Value.PathValue other -> throw wrongType(other);
        }
    }

    private void addDuration(int group, Value.DurationValue duration) {
        note(group, DURATIONS);
        if (group >= durations.length) {
            int old = durations.length;
            durations = Arrays.copyOf(durations, seen.length);
            reserve((long) DurationSum.HEAP_BYTES * (durations.length - old));
            for (int i = old; i < durations.length; i++) {
                durations[i] = new DurationSum();
            }
        }
        durations[group].add(duration);
    }

    private void note(int group, byte kind) {
        counts[group]++;
        seen[group] |= kind;
        if ((seen[group] & DURATIONS) != 0 && seen[group] != DURATIONS) {
            throw QueryException.of(
                            QueryErrorCode.TYPE_ERROR, function.spelling() + "() cannot add a Duration to a number.")
                    .withHint("Sum durations and numbers apart.");
        }
    }

    private QueryException wrongType(Value value) {
        return Accumulators.wrongType(function, value);
    }

    @Override
    Vector result(int from, int to) {
        Value[] results = new Value[to - from];
        for (int i = 0; i < results.length; i++) {
            results[i] = function == AggregateFunction.SUM ? sum(from + i) : average(from + i);
        }
        return Vectors.ofValues(results, IntStream.range(0, results.length).toArray());
    }

    private Value sum(int group) {
        return switch (seen[group]) {
            case DURATIONS -> durations[group].sum();
            case 0, INTEGERS -> Value.of(integerSum(group));
            default -> Value.of(floatSum(group));
        };
    }

    private Value average(int group) {
        return switch (seen[group]) {
            case 0 -> Value.NULL;
            case DURATIONS -> durations[group].average(counts[group]);
            default -> Value.of(floatSum(group) / counts[group]);
        };
    }

    private long integerSum(int group) {
        if (high[group] != low[group] >> 63) {
            throw QueryException.of(
                            QueryErrorCode.ARITHMETIC_ERROR,
                            "sum() overflows: the sum of the integers is " + wideSum(group) + ", beyond 64 bits.")
                    .withHint("Sum toFloat(...) of the values instead.");
        }
        return low[group];
    }

    private double floatSum(int group) {
        boolean finite = Double.isFinite(sums[group]);
        double floats = finite ? sums[group] + lost[group] : sums[group];
        boolean fits = high[group] == low[group] >> 63;
        return floats + (fits ? low[group] : wideSum(group).doubleValue());
    }

    private BigInteger wideSum(int group) {
        return new BigInteger(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(high[group])
                .putLong(low[group])
                .array());
    }

    @Override
    void grow(int newCapacity) {
        counts = Arrays.copyOf(counts, newCapacity);
        seen = Arrays.copyOf(seen, newCapacity);
        low = Arrays.copyOf(low, newCapacity);
        high = Arrays.copyOf(high, newCapacity);
        sums = Arrays.copyOf(sums, newCapacity);
        lost = Arrays.copyOf(lost, newCapacity);
    }
}
