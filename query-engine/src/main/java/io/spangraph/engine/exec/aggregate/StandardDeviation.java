package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.DoubleVector;
import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.model.value.Value;
import java.util.Arrays;
import java.util.List;

/** {@code stDev} and {@code stDevP}, by Welford's method, which does not cancel digits out. */
final class StandardDeviation extends Accumulator {
    private final AggregateFunction function;
    private long[] counts = new long[0];
    private double[] means = new double[0];
    private double[] squares = new double[0];

    StandardDeviation(AggregateFunction function, HeldMemory memory) {
        super(memory, 3 * Long.BYTES);
        this.function = function;
    }

    @Override
    void add(List<Vector> arguments, GroupedRows rows) {
        int[] positions = rows.positions();
        int[] groups = rows.groups();
        Vector vector = arguments.getFirst();
        for (int i = 0; i < rows.count(); i++) {
            int position = positions[i];
            if (vector.isNull(position)) {
                continue;
            }
            if (vector instanceof LongVector longs && longs.kind() == LongKind.INTEGER) {
                add(groups[i], longs.values()[position]);
            } else if (vector instanceof DoubleVector doubles) {
                add(groups[i], doubles.values()[position]);
            } else {
                add(groups[i], number(vector.value(position)));
            }
        }
    }

    private double number(Value value) {
        if (value instanceof Value.IntegerValue(long number)) {
            return number;
        }
        if (value instanceof Value.FloatValue(double number)) {
            return number;
        }
        throw Accumulators.wrongType(function, value);
    }

    private void add(int group, double number) {
        long count = ++counts[group];
        double fromOldMean = number - means[group];
        means[group] += fromOldMean / count;
        squares[group] += fromOldMean * (number - means[group]);
    }

    /** Adds two means and sums of squares as Chan, Golub and LeVeque do. */
    @Override
    void merge(Accumulator other, int groups, int[] groupOf) {
        StandardDeviation others = (StandardDeviation) other;
        for (int i = 0; i < groups; i++) {
            int group = groupOf[i];
            long count = counts[group] + others.counts[i];
            if (others.counts[i] == 0) {
                continue;
            }
            double between = others.means[i] - means[group];
            double share = (double) others.counts[i] / count;
            squares[group] += others.squares[i] + between * between * counts[group] * share;
            means[group] += between * share;
            counts[group] = count;
        }
    }

    /** 0 for less than two values, as Cypher has it. */
    @Override
    Vector result(int from, int to) {
        double[] results = new double[to - from];
        for (int i = 0; i < results.length; i++) {
            long count = counts[from + i];
            long divisor = function == AggregateFunction.STDEVP ? count : count - 1;
            results[i] = count < 2 ? 0 : Math.sqrt(squares[from + i] / divisor);
        }
        return new DoubleVector(results, NullMask.NONE);
    }

    @Override
    void grow(int newCapacity) {
        counts = Arrays.copyOf(counts, newCapacity);
        means = Arrays.copyOf(means, newCapacity);
        squares = Arrays.copyOf(squares, newCapacity);
    }
}
