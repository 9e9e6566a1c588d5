package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.ValueSize;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.DoubleVector;
import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.model.value.Value;
import io.spangraph.model.value.Values;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code min} and {@code max} by the order of ORDER BY, over mixed types too. Longs and doubles are kept as such as long as
 * no value of another form comes.
 */
final class Extreme extends Accumulator {
    private final boolean max;
    /** Turns the order of longs around for max, so that one loop keeps the smallest. */
    private final long flip;

    private boolean[] present = new boolean[0];
    private Form form = Form.OPEN;
    private LongKind kind = LongKind.INTEGER;
    private long[] longs = new long[0];
    private double[] doubles = new double[0];
    private Value[] values = new Value[0];
    private int capacity;

    /** How the extremes are kept; there is one array for each form, and all but one of them are empty. */
    private enum Form {
        OPEN,
        LONGS,
        DOUBLES,
        VALUES
    }

    Extreme(boolean max, HeldMemory memory) {
        super(memory, Long.BYTES + 1);
        this.max = max;
        this.flip = max ? -1 : 0;
    }

    @Override
    void add(List<Vector> arguments, GroupedRows rows) {
        Vector vector = arguments.getFirst();
        adapt(vector);
        if (form == Form.LONGS && vector instanceof LongVector longVector) {
            addLongs(longVector, rows);
        } else if (form == Form.DOUBLES && vector instanceof DoubleVector doubleVector) {
            addDoubles(doubleVector, rows);
        } else {
            addValues(vector, rows);
        }
    }

    private void adapt(Vector vector) {
        if (vector instanceof Vector.ConstantVector(Value constant, int length) && constant.isNull()) {
            return;
        }
        Form fitting =
                vector instanceof LongVector ? Form.LONGS : vector instanceof DoubleVector ? Form.DOUBLES : Form.VALUES;
        boolean otherKind = vector instanceof LongVector longVector && longVector.kind() != kind;
        if (form == Form.OPEN) {
            form = fitting;
            kind = vector instanceof LongVector longVector ? longVector.kind() : kind;
            allocate();
        } else if (form != Form.VALUES && (form != fitting || otherKind)) {
            Value[] kept = keptValues(0, capacity);
            form = Form.VALUES;
            longs = new long[0];
            doubles = new double[0];
            values = kept;
        }
    }

    private void allocate() {
        switch (form) {
            case OPEN -> {}
            case LONGS -> {
                int old = longs.length;
                longs = Arrays.copyOf(longs, capacity);
                Arrays.fill(longs, old, capacity, Long.MAX_VALUE);
            }
            case DOUBLES -> doubles = Arrays.copyOf(doubles, capacity);
            case VALUES -> {
                int old = values.length;
                values = Arrays.copyOf(values, capacity);
                Arrays.fill(values, old, capacity, Value.NULL);
            }
        }
    }

    private void addLongs(LongVector vector, GroupedRows rows) {
        long[] candidates = vector.values();
        int[] groups = rows.groups();
        boolean whole = rows.whole() && vector.nulls().isEmpty();
        if (rows.whole() && !vector.nulls().isEmpty()) {
            addWithNulls(candidates, vector.nulls().wordsFor(rows.count()), rows);
            return;
        }
        if (whole && rows.only() != GroupedRows.SEVERAL) {
            addToOne(candidates, rows);
        } else if (whole) {
            for (int i = 0; i < rows.count(); i++) {
                int group = groups[i];
                long candidate = candidates[i] ^ flip;
                if (candidate < longs[group] | candidate == Long.MAX_VALUE) {
                    longs[group] = Math.min(longs[group], candidate);
                    present[group] = true;
                }
            }
        } else {
            int[] positions = rows.positions();
            for (int i = 0; i < rows.count(); i++) {
                int position = positions[i];
                if (!vector.isNull(position)) {
                    int group = groups[i];
                    longs[group] = Math.min(longs[group], candidates[position] ^ flip);
                    present[group] = true;
                }
            }
        }
    }

    /** Null rows bring what is larger than everything, or equal. */
    private void addWithNulls(long[] candidates, long[] nulls, GroupedRows rows) {
        int[] groups = rows.groups();
        for (int i = 0; i < rows.count(); i++) {
            int group = groups[i];
            boolean counts = (nulls[i >> 6] >>> i & 1) == 0;
            long candidate = counts ? candidates[i] ^ flip : Long.MAX_VALUE;
            // A new extreme is rare, and so is the largest long: mostly nothing is written.
            if (candidate < longs[group] | (counts & candidate == Long.MAX_VALUE)) {
                longs[group] = Math.min(longs[group], candidate);
                present[group] = true;
            }
        }
    }

    private void addToOne(long[] candidates, GroupedRows rows) {
        long smallest = longs[rows.only()];
        for (int i = 0; i < rows.count(); i++) {
            smallest = Math.min(smallest, candidates[i] ^ flip);
        }
        longs[rows.only()] = smallest;
        present[rows.only()] |= rows.count() > 0;
    }

    private void addDoubles(DoubleVector vector, GroupedRows rows) {
        double[] candidates = vector.values();
        int[] positions = rows.positions();
        int[] groups = rows.groups();
        for (int i = 0; i < rows.count(); i++) {
            int position = positions[i];
            int group = groups[i];
            if (vector.isNull(position)) {
                continue;
            }
            double candidate = candidates[position];
            if (!present[group]) {
                present[group] = true;
                doubles[group] = candidate;
            } else if (max ? isLess(doubles[group], candidate) : isLess(candidate, doubles[group])) {
                doubles[group] = candidate;
            }
        }
    }

    /** NaN is the largest number, and the two zeros are one. */
    private static boolean isLess(double left, double right) {
        return left != right && Double.compare(left, right) < 0;
    }

    private void addValues(Vector vector, GroupedRows rows) {
        for (int i = 0; i < rows.count(); i++) {
            Value candidate = vector.value(rows.positions()[i]);
            if (!candidate.isNull()) {
                addValue(rows.groups()[i], candidate);
            }
        }
    }

    private void addValue(int group, Value candidate) {
        Value kept = values[group];
        boolean better = !present[group];
        if (!better) {
            int order = Values.compareForOrder(candidate, kept);
            better = max ? order > 0 : order < 0;
        }
        if (better) {
            present[group] = true;
            long growth = ValueSize.of(candidate) - ValueSize.of(kept);
            reserve(Math.max(0, growth));
            values[group] = candidate;
        }
    }

    @Override
    void merge(Accumulator other, int count, int[] groupOf) {
        int[] all = IntStream.range(0, count).toArray();
        add(List.of(other.result(0, count)), new GroupedRows(count, true, all, groupOf, GroupedRows.SEVERAL));
    }

    @Override
    Vector result(int from, int to) {
        BitSet missing = new BitSet();
        for (int group = from; group < to; group++) {
            missing.set(group - from, !present[group]);
        }
        NullMask nulls = NullMask.of(missing);
        return switch (form) {
            case OPEN -> new Vector.ConstantVector(Value.NULL, to - from);
            case LONGS -> {
                long[] results = new long[to - from];
                Arrays.setAll(results, i -> present[from + i] ? longs[from + i] ^ flip : 0);
                yield new LongVector(results, nulls, kind);
            }
            case DOUBLES -> new DoubleVector(Arrays.copyOfRange(doubles, from, to), nulls);
            case VALUES -> new Vector.ValueVector(Arrays.copyOfRange(values, from, to));
        };
    }

    private Value[] keptValues(int from, int to) {
        Vector kept = result(from, to);
        Value[] all = new Value[to - from];
        Arrays.setAll(all, kept::value);
        return all;
    }

    @Override
    void grow(int newCapacity) {
        capacity = newCapacity;
        present = Arrays.copyOf(present, newCapacity);
        allocate();
    }
}
