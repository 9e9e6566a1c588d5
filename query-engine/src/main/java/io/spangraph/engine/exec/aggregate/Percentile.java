package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.context.Cancellation;
import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.expression.Vectors;
import io.spangraph.engine.exec.store.RowSort;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.DoubleVector;
import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.ValueText;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code percentileCont} and {@code percentileDisc}. All numbers are kept and sorted at the end; the percentile of a group
 * is that of its first row.
 */
final class Percentile extends Accumulator {
    private final AggregateFunction function;
    private final Cancellation cancellation;
    private final RowStore numbers;
    private double[] percentiles = new double[0];
    /** How many numbers each group has. */
    private int[] counts = new int[0];
    /** The group of each number, in the order in which they came. */
    private int[] groupOf = new int[0];

    private int[] sorted = new int[0];
    /** Where the numbers of each group start among the sorted ones; empty before they are sorted. */
    private int[] starts = new int[0];

    Percentile(AggregateFunction function, HeldMemory memory, Cancellation cancellation) {
        super(memory, Double.BYTES + 2 * Integer.BYTES);
        this.function = function;
        this.cancellation = cancellation;
        this.numbers = new RowStore(1, memory);
    }

    @Override
    void add(List<Vector> arguments, GroupedRows rows) {
        Vector vector = arguments.get(0);
        boolean typed = vector instanceof DoubleVector
                || vector instanceof LongVector longs && longs.kind() == LongKind.INTEGER;
        int[] present = new int[rows.count()];
        int count = 0;
        int first = numbers.rows();
        reserveNumbers(first + rows.count());
        for (int i = 0; i < rows.count(); i++) {
            int position = rows.positions()[i];
            if (vector.isNull(position)) {
                continue;
            }
            if (!typed) {
                requireNumber(vector.value(position));
            }
            int group = rows.groups()[i];
            if (counts[group]++ == 0) {
                percentiles[group] = percentile(arguments.get(1).value(position));
            }
            groupOf[first + count] = group;
            present[count++] = position;
        }
        numbers.append(List.of(vector), Arrays.copyOf(present, count));
    }

    @Override
    void merge(Accumulator other, int count, int[] numberOf) {
        Percentile others = (Percentile) other;
        for (int i = 0; i < count; i++) {
            int group = numberOf[i];
            if (counts[group] == 0) {
                percentiles[group] = others.percentiles[i];
            }
            counts[group] += others.counts[i];
        }
        int first = numbers.rows();
        int moved = others.numbers.rows();
        reserveNumbers(first + moved);
        for (int from = 0; from < moved; from += RowBatch.TARGET_ROWS) {
            cancellation.poll();
            int to = Math.min(moved, from + RowBatch.TARGET_ROWS);
            for (int row = from; row < to; row++) {
                groupOf[first + row] = numberOf[others.groupOf[row]];
            }
            numbers.append(others.numbers.gather(IntStream.range(from, to).toArray()));
        }
    }

    private void reserveNumbers(int needed) {
        if (needed > groupOf.length) {
            int grown = Math.max(needed, groupOf.length + groupOf.length / 2);
            // The numbers of the rows are needed twice more while they are sorted.
            reserve(3L * Integer.BYTES * (grown - groupOf.length));
            groupOf = Arrays.copyOf(groupOf, grown);
        }
    }

    private void requireNumber(Value value) {
        if (!(value instanceof Value.IntegerValue || value instanceof Value.FloatValue)) {
            throw Accumulators.wrongType(function, value);
        }
    }

    private double percentile(Value value) {
        double percentile = value instanceof Value.IntegerValue(long whole)
                ? whole
                : value instanceof Value.FloatValue(double number) ? number : Double.NaN;
        if (!(percentile >= 0 && percentile <= 1)) {
            throw QueryException.of(
                    QueryErrorCode.ARGUMENT_ERROR,
                    function.spelling() + "() takes a percentile between 0.0 and 1.0, not " + ValueText.excerpt(value)
                            + ".");
        }
        return percentile;
    }

    @Override
    Vector result(int from, int to) {
        if (starts.length == 0) {
            sort();
        }
        Value[] results = new Value[to - from];
        for (int i = 0; i < results.length; i++) {
            int group = from + i;
            results[i] = counts[group] == 0
                    ? Value.NULL
                    : function == AggregateFunction.PERCENTILE_DISC ? discrete(group) : continuous(group);
        }
        return Vectors.ofValues(results, IntStream.range(0, results.length).toArray());
    }

    private void sort() {
        starts = new int[counts.length + 1];
        for (int group = 0; group < counts.length; group++) {
            starts[group + 1] = starts[group] + counts[group];
        }
        sorted = new int[numbers.rows()];
        Arrays.setAll(sorted, row -> row);
        RowSort.sort(sorted, numbers.order(0, false), cancellation);
        int[] next = Arrays.copyOf(starts, counts.length);
        int[] byGroup = new int[sorted.length];
        for (int row : sorted) {
            byGroup[next[groupOf[row]]++] = row;
        }
        sorted = byGroup;
    }

    /** The smallest number that so many of the group are not above. */
    private Value discrete(int group) {
        int count = counts[group];
        double place = percentiles[group] * count;
        int index = (int) place;
        boolean whole = index == place && index > 0;
        return number(group, whole ? index - 1 : index);
    }

    /** Between the two numbers that lie around the percentile, in proportion. */
    private Value continuous(int group) {
        double place = percentiles[group] * (counts[group] - 1);
        int below = (int) place;
        double lower = asDouble(number(group, below));
        if (below == place) {
            return Value.of(lower);
        }
        double upper = asDouble(number(group, below + 1));
        return Value.of(lower * (below + 1 - place) + upper * (place - below));
    }

    private Value number(int group, int index) {
        return numbers.value(sorted[starts[group] + index], 0);
    }

    private static double asDouble(Value number) {
        return number instanceof Value.IntegerValue(long whole) ? whole : ((Value.FloatValue) number).value();
    }

    @Override
    void grow(int newCapacity) {
        percentiles = Arrays.copyOf(percentiles, newCapacity);
        counts = Arrays.copyOf(counts, newCapacity);
    }
}
