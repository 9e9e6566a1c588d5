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

/**
 * {@code min} and {@code max} by the order of ORDER BY, over mixed types too. Longs and doubles are kept as such as long as
 * no value of another form comes.
 */
final class Extreme extends Accumulator {
    private final boolean max;
    private final BitSet present = new BitSet();
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
        super(memory, Long.BYTES);
        this.max = max;
    }

    @Override
    void add(List<Vector> arguments, int[] positions, int[] groups) {
        Vector vector = arguments.getFirst();
        adapt(vector);
        if (form == Form.LONGS && vector instanceof LongVector longVector) {
            addLongs(longVector, positions, groups);
        } else if (form == Form.DOUBLES && vector instanceof DoubleVector doubleVector) {
            addDoubles(doubleVector, positions, groups);
        } else {
            addValues(vector, positions, groups);
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
            case LONGS -> longs = Arrays.copyOf(longs, capacity);
            case DOUBLES -> doubles = Arrays.copyOf(doubles, capacity);
            case VALUES -> {
                int old = values.length;
                values = Arrays.copyOf(values, capacity);
                Arrays.fill(values, old, capacity, Value.NULL);
            }
        }
    }

    private void addLongs(LongVector vector, int[] positions, int[] groups) {
        long[] candidates = vector.values();
        for (int i = 0; i < groups.length; i++) {
            int position = positions[i];
            int group = groups[i];
            if (vector.isNull(position)) {
                continue;
            }
            long candidate = candidates[position];
            if (!present.get(group)) {
                present.set(group);
                longs[group] = candidate;
            } else if (max ? candidate > longs[group] : candidate < longs[group]) {
                longs[group] = candidate;
            }
        }
    }

    private void addDoubles(DoubleVector vector, int[] positions, int[] groups) {
        double[] candidates = vector.values();
        for (int i = 0; i < groups.length; i++) {
            int position = positions[i];
            int group = groups[i];
            if (vector.isNull(position)) {
                continue;
            }
            double candidate = candidates[position];
            if (!present.get(group)) {
                present.set(group);
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

    private void addValues(Vector vector, int[] positions, int[] groups) {
        for (int i = 0; i < groups.length; i++) {
            Value candidate = vector.value(positions[i]);
            if (!candidate.isNull()) {
                addValue(groups[i], candidate);
            }
        }
    }

    private void addValue(int group, Value candidate) {
        Value kept = values[group];
        boolean better = !present.get(group);
        if (!better) {
            int order = Values.compareForOrder(candidate, kept);
            better = max ? order > 0 : order < 0;
        }
        if (better) {
            present.set(group);
            long growth = ValueSize.of(candidate) - ValueSize.of(kept);
            reserve(Math.max(0, growth));
            values[group] = candidate;
        }
    }

    @Override
    Vector result(int from, int to) {
        BitSet missing = present.get(from, to);
        missing.flip(0, to - from);
        NullMask nulls = NullMask.of(missing);
        return switch (form) {
            case OPEN -> new Vector.ConstantVector(Value.NULL, to - from);
            case LONGS -> new LongVector(Arrays.copyOfRange(longs, from, to), nulls, kind);
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
        allocate();
    }
}
