package io.spangraph.iceberg.read;

import io.spangraph.engine.row.ValueSize;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.util.Arrays;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;

/** Collects nested values, decimals, UUIDs, bytes and times of day. */
final class ValueColumnBuilder extends ColumnBuilder {
    private final GenericValues reader;
    private final Value[] values;
    private int size;
    private long heapBytes;

    ValueColumnBuilder(Type type, int capacity) {
        this.reader = GenericValues.of(type);
        this.values = new Value[capacity];
    }

    @Override
    void add(@Nullable Object value) {
        Value converted = value == null ? Value.NULL : reader.of(value);
        heapBytes += ValueSize.of(converted);
        values[size++] = converted;
    }

    @Override
    Vector build(int rows) {
        size = 0;
        heapBytes = 0;
        Value[] taken = Arrays.copyOf(values, rows);
        Arrays.fill(values, 0, rows, Value.NULL);
        return new Vector.ValueVector(taken);
    }

    @Override
    long heapBytes() {
        return heapBytes;
    }
}
