package io.spangraph.engine.exec.aggregate;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.ValueSize;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code collect}: the values in the order of the rows, without nulls. */
final class Collect extends Accumulator {
    private static final int EMPTY_LIST_BYTES = 32;

    private final boolean nullsToo;
    private final List<List<Value>> lists = new ArrayList<>();

    Collect(boolean nullsToo, HeldMemory memory) {
        super(memory, EMPTY_LIST_BYTES);
        this.nullsToo = nullsToo;
    }

    @Override
    void add(List<Vector> arguments, GroupedRows rows) {
        Vector vector = arguments.getFirst();
        // The values of a dictionary and of a constant are shared by all rows.
        boolean shared = vector instanceof Vector.DictionaryVector || vector instanceof Vector.ConstantVector;
        long bytes = 0;
        for (int i = 0; i < rows.count(); i++) {
            Value value = vector.value(rows.positions()[i]);
            if (nullsToo || !value.isNull()) {
                bytes += Long.BYTES + (shared ? 0 : ValueSize.of(value));
                lists.get(rows.groups()[i]).add(value);
            }
        }
        reserve(bytes);
    }

    @Override
    void merge(Accumulator other, int count, int[] groupOf) {
        long bytes = 0;
        for (int group = 0; group < count; group++) {
            List<Value> values = ((Collect) other).lists.get(group);
            for (Value value : values) {
                bytes += Long.BYTES + ValueSize.of(value);
            }
            lists.get(groupOf[group]).addAll(values);
        }
        reserve(bytes);
    }

    @Override
    Vector result(int from, int to) {
        Value[] results = new Value[to - from];
        Arrays.setAll(results, i -> Value.of(lists.get(from + i)));
        return new Vector.ValueVector(results);
    }

    @Override
    void grow(int newCapacity) {
        while (lists.size() < newCapacity) {
            lists.add(new ArrayList<>());
        }
    }
}
