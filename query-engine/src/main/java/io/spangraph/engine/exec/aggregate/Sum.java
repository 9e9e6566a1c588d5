package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.context.QueryErrorCode;
import io.spangraph.engine.context.QueryException;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.expression.Vectors;
import io.spangraph.engine.expr.AggregateCall.AggregateFunction;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.DictionaryVector;
import io.spangraph.engine.row.Vector.DoubleVector;
import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.model.value.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * {@code sum} and {@code avg}. Integers are summed in 128 bits where they need it and floating point numbers with their
 * rounding errors, so that the answer does not depend on the order of the rows: neither an overflow on the way nor the
 * last digits.
 */
final class Sum extends Accumulator {
    private static final byte FLOATS = 1;
    private static final byte DURATIONS = 2;
    private static final int BYTES_PER_GROUP = 2 * Long.BYTES + 1;

    private final AggregateFunction function;
    /** How many values each group has, of all types. */
    private long[] counts = new long[0];
    /** Which types each group has besides integers. */
    private byte[] seen = new byte[0];

    /** Whether no batch was found to be of larger integers than {@link SmallSums} takes. */
    private boolean small = true;

    private final LongSums integers = new LongSums(this::reserve);
    private final FloatSums floats = new FloatSums(this::reserve);
    /** Empty as long as no duration came. */
    private DurationSum[] durations = new DurationSum[0];

    Sum(AggregateFunction function, HeldMemory memory) {
        super(memory, BYTES_PER_GROUP);
        this.function = function;
    }

    @Override
    void add(List<Vector> arguments, GroupedRows rows) {
        Vector vector = arguments.getFirst();
        int[] positions = rows.positions();
        int[] groups = rows.groups();
        if (vector instanceof LongVector longs && longs.kind() == LongKind.INTEGER) {
            addLongs(longs, rows);
        } else if (vector instanceof DoubleVector doubles) {
            floats.grow(counts.length);
            for (int i = 0; i < rows.count(); i++) {
                if (!doubles.isNull(positions[i])) {
                    add(groups[i], doubles.values()[positions[i]]);
                }
            }
        } else {
            for (int i = 0; i < rows.count(); i++) {
                addValue(groups[i], vector.value(positions[i]));
            }
        }
    }

    @Override
    Optional<SmallSums> sumsByEntry(List<Vector> arguments, DictionaryVector key) {
        int[] codes = key.codes();
        return arguments.getFirst() instanceof LongVector longs && CodedRows.areMixed(codes)
                ? smallSums(longs, codes.length, codes, 1, key.dictionary().size() + 1)
                : Optional.empty();
    }

    @Override
    void addCoded(List<Vector> arguments, CodedRows rows) {
        Optional<SmallSums> sums = Optional.empty();
        if (arguments.getFirst() instanceof LongVector longs && rows.only() == GroupedRows.SEVERAL) {
            sums = rows.sums().filter(ready -> ready.areOf(longs));
            if (sums.isEmpty()) {
                sums = smallSums(longs, rows.count(), rows.codes(), 1, rows.groups().length);
            }
        }
        if (sums.isPresent()) {
            sums.get().addTo(integers, counts, rows.groups());
        } else {
            add(arguments, rows.grouped());
        }
    }

    /** The sums by a small number, unless there are few rows, or other numbers than small integers. */
    private Optional<SmallSums> smallSums(LongVector vector, int count, int[] numbers, int shift, int width) {
        if (!small || vector.kind() != LongKind.INTEGER || durations.length > 0 || !SmallSums.isWorthIt(count, width)) {
            return Optional.empty();
        }
        Optional<SmallSums> sums = SmallSums.of(vector, count, numbers, shift, width);
        small = sums.isPresent();
        return sums;
    }

    /** Whether the numbers were small, and were added. */
    private boolean addSmall(LongVector vector, GroupedRows rows) {
        if (!rows.whole() || rows.only() != GroupedRows.SEVERAL) {
            return false;
        }
        Optional<SmallSums> sums = smallSums(vector, rows.count(), rows.groups(), 0, counts.length);
        sums.ifPresent(found -> found.addTo(integers, counts));
        return sums.isPresent();
    }

    private void addLongs(LongVector vector, GroupedRows rows) {
        if (addSmall(vector, rows)) {
            return;
        }
        long[] values = vector.values();
        long[] narrow = integers.narrow(magnitudes(values, rows), rows.count());
        if (narrow.length == 0 || durations.length > 0) {
            for (int i = 0; i < rows.count(); i++) {
                if (!vector.isNull(rows.positions()[i])) {
                    add(rows.groups()[i], values[rows.positions()[i]]);
                }
            }
        } else if (!rows.whole()) {
            addSelected(vector, rows, narrow);
        } else if (rows.only() != GroupedRows.SEVERAL) {
            addToOne(vector, rows, narrow);
        } else if (vector.nulls().isEmpty()) {
            int[] groups = rows.groups();
            for (int i = 0; i < rows.count(); i++) {
                int group = groups[i];
                narrow[group] += values[i];
                counts[group]++;
            }
        } else {
            addWithNulls(values, vector.nulls().wordsFor(rows.count()), rows, narrow);
        }
    }

    /** In sorted tables many rows on end have one group: what is added to it is summed up before. */
    private void addWithNulls(long[] values, long[] nulls, GroupedRows rows, long[] narrow) {
        int[] groups = rows.groups();
        int group = groups[0];
        long sum = 0;
        long count = 0;
        for (int i = 0; i < rows.count(); i++) {
            if (groups[i] != group) {
                narrow[group] += sum;
                counts[group] += count;
                group = groups[i];
                sum = 0;
                count = 0;
            }
            long present = ~(nulls[i >> 6] >>> i) & 1;
            sum += values[i] & -present;
            count += present;
        }
        narrow[group] += sum;
        counts[group] += count;
    }

    private void addToOne(LongVector vector, GroupedRows rows, long[] narrow) {
        long[] values = vector.values();
        NullMask mask = vector.nulls();
        long sum = 0;
        if (mask.isEmpty()) {
            for (int i = 0; i < rows.count(); i++) {
                sum += values[i];
            }
        } else {
            long[] nulls = mask.wordsFor(rows.count());
            for (int i = 0; i < rows.count(); i++) {
                sum += values[i] & ((nulls[i >> 6] >>> i & 1) - 1);
            }
        }
        narrow[rows.only()] += sum;
        counts[rows.only()] += rows.count() - mask.cardinality(rows.count());
    }

    private void addSelected(LongVector vector, GroupedRows rows, long[] narrow) {
        long[] values = vector.values();
        int[] positions = rows.positions();
        int[] groups = rows.groups();
        for (int i = 0; i < rows.count(); i++) {
            if (!vector.isNull(positions[i])) {
                narrow[groups[i]] += values[positions[i]];
                counts[groups[i]]++;
            }
        }
    }

    /** What bounds the numbers; those in null rows only make it larger. */
    private static long magnitudes(long[] values, GroupedRows rows) {
        long bits = 0;
        if (rows.whole()) {
            for (int i = 0; i < rows.count(); i++) {
                bits |= values[i] ^ (values[i] >> 63);
            }
        } else {
            for (int i = 0; i < rows.count(); i++) {
                long value = values[rows.positions()[i]];
                bits |= value ^ (value >> 63);
            }
        }
        return bits;
    }

    private void add(int group, long number) {
        if (seen[group] == DURATIONS) {
            throw mixed();
        }
        counts[group]++;
        integers.add(group, number);
    }

    private void add(int group, double number) {
        if (seen[group] == DURATIONS) {
            throw mixed();
        }
        counts[group]++;
        seen[group] |= FLOATS;
        floats.add(group, number);
    }

    private void addValue(int group, Value value) {
        switch (value) {
            case Value.NullValue none -> {}
            case Value.IntegerValue(long number) -> add(group, number);
            case Value.FloatValue(double number) -> {
                floats.grow(counts.length);
                add(group, number);
            }
            case Value.DurationValue duration -> {
                roomForDurations();
                add(group, duration);
            }
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

    private void add(int group, Value.DurationValue duration) {
        if (counts[group] > 0 && seen[group] != DURATIONS) {
            throw mixed();
        }
        counts[group]++;
        seen[group] = DURATIONS;
        durations[group].add(duration);
    }

    private void roomForDurations() {
        int old = durations.length;
        if (old < counts.length) {
            reserve((long) DurationSum.HEAP_BYTES * (counts.length - old));
            durations = Arrays.copyOf(durations, counts.length);
            for (int i = old; i < durations.length; i++) {
                durations[i] = new DurationSum();
            }
        }
    }

    private QueryException mixed() {
        return QueryException.of(
                        QueryErrorCode.TYPE_ERROR, function.spelling() + "() cannot add a Duration to a number.")
                .withHint("Sum durations and numbers apart.");
    }

    private QueryException wrongType(Value value) {
        return Accumulators.wrongType(function, value);
    }

    @Override
    void merge(Accumulator other, int count, int[] groupOf) {
        Sum others = (Sum) other;
        if (!others.floats.isEmpty()) {
            floats.grow(counts.length);
        }
        if (others.durations.length > 0) {
            roomForDurations();
        }
        for (int from = 0; from < count; from++) {
            int group = groupOf[from];
            boolean bothCounted = counts[group] > 0 && others.counts[from] > 0;
            if (bothCounted && (seen[group] == DURATIONS) != (others.seen[from] == DURATIONS)) {
                throw mixed();
            }
            counts[group] += others.counts[from];
            seen[group] |= others.seen[from];
            if (others.seen[from] == DURATIONS) {
                durations[group].add(others.durations[from]);
            } else if (others.seen[from] == FLOATS) {
                floats.add(group, others.floats, from);
            }
        }
        integers.merge(others.integers, count, groupOf);
    }

    @Override
    Vector result(int from, int to) {
        if (function == AggregateFunction.SUM && isOfIntegers(from, to)) {
            long[] sums = new long[to - from];
            for (int i = 0; i < sums.length; i++) {
                sums[i] = integerSum(from + i);
            }
            return new LongVector(sums, NullMask.NONE, LongKind.INTEGER);
        }
        Value[] results = new Value[to - from];
        for (int i = 0; i < results.length; i++) {
            results[i] = function == AggregateFunction.SUM ? sum(from + i) : average(from + i);
        }
        return Vectors.ofValues(results, IntStream.range(0, results.length).toArray());
    }

    private boolean isOfIntegers(int from, int to) {
        for (int group = from; group < to; group++) {
            if (seen[group] != 0) {
                return false;
            }
        }
        return true;
    }

    private Value sum(int group) {
        return switch (seen[group]) {
            case DURATIONS -> durations[group].sum();
            case FLOATS -> Value.of(floatSum(group));
            default -> Value.of(integerSum(group));
        };
    }

    private Value average(int group) {
        if (counts[group] == 0) {
            return Value.NULL;
        }
        return seen[group] == DURATIONS
                ? durations[group].average(counts[group])
                : Value.of(floatSum(group) / counts[group]);
    }

    private long integerSum(int group) {
        if (!integers.fits(group)) {
            throw QueryException.of(
                            QueryErrorCode.ARITHMETIC_ERROR,
                            "sum() overflows: the sum of the integers is " + integers.wide(group) + ", beyond 64 bits.")
                    .withHint("Sum toFloat(...) of the values instead.");
        }
        return integers.sum(group);
    }

    private double floatSum(int group) {
        return (seen[group] == FLOATS ? floats.sum(group) : 0)
                + (integers.fits(group)
                        ? integers.sum(group)
                        : integers.wide(group).doubleValue());
    }

    @Override
    void grow(int newCapacity) {
        counts = Arrays.copyOf(counts, newCapacity);
        seen = Arrays.copyOf(seen, newCapacity);
        integers.grow(newCapacity);
        if (!floats.isEmpty()) {
            floats.grow(newCapacity);
        }
        if (durations.length > 0) {
            roomForDurations();
        }
    }
}
