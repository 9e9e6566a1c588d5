package io.spangraph.iceberg.plan;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * Looks a sorted list of keys up between a file's bounds. Iceberg's own evaluator gives up on lists of more than 200
 * values and keeps every file.
 */
final class KeyBounds {
    static final int ICEBERG_LIMIT = 200;

    private final NestedField column;
    private final List<Object> keys;
    private final Comparator<Object> order;

    private KeyBounds(NestedField column, Object[] keys) {
        this.column = column;
        this.order = Comparators.forType(column.type().asPrimitiveType());
        Arrays.sort(keys, order);
        this.keys = List.of(keys);
    }

    /** For a list of keys that is too long for Iceberg, where keys and bounds compare without conversion. */
    static Optional<KeyBounds> of(Condition condition) {
        return switch (condition) {
            case Condition.InLongs(NestedField column, long[] values)
            when values.length > ICEBERG_LIMIT -> Optional.of(new KeyBounds(column, longs(column, values)));
            case Condition.InTexts(NestedField column, var values)
            when values.size() > ICEBERG_LIMIT && column.type().typeId() == Type.TypeID.STRING ->
                Optional.of(new KeyBounds(column, values.toArray()));
            case Condition other -> Optional.empty();
        };
    }

    /** In the class that bounds of the column have. */
    private static Object[] longs(NestedField column, long[] values) {
        return switch (column.type().typeId()) {
            case INTEGER, DATE ->
                Arrays.stream(values)
                        .filter(value -> value == (int) value)
                        .mapToObj(value -> (Object) (int) value)
                        .toArray();
            default -> Arrays.stream(values).boxed().toArray();
        };
    }

    boolean mayMatch(DataFile file) {
        Optional<Object> lower = bound(file.lowerBounds());
        Optional<Object> upper = bound(file.upperBounds());
        if (lower.isEmpty() || upper.isEmpty()) {
            return true;
        }
        int found = java.util.Collections.binarySearch(keys, lower.get(), order);
        int first = found >= 0 ? found : -found - 1;
        return first < keys.size() && order.compare(keys.get(first), upper.get()) <= 0;
    }

    private Optional<Object> bound(@Nullable Map<Integer, ByteBuffer> bounds) {
        return Optional.ofNullable(bounds)
                .map(all -> all.get(column.fieldId()))
                .map(bytes -> Conversions.fromByteBuffer(column.type(), bytes));
    }
}
