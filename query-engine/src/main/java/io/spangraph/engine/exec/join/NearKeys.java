package io.spangraph.engine.exec.join;

import io.spangraph.engine.exec.store.KeyIndex;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.LongKind;
import io.spangraph.engine.row.Vector.LongVector;
import io.spangraph.model.value.Value;
import java.util.Optional;

/**
 * Numbers of integers that lie near each other, as counted ids do: their distances from the smallest one. There is nothing
 * to hash, and finding a key is a subtraction.
 *
 * @param count no number is as large
 */
record NearKeys(long smallest, int count) {
    /** An array may have so many places for each row. */
    private static final int PLACES_PER_ROW = 4;

    private static final int MIN_PLACES = 1024;

    /** The numbers of a column's keys, if all are integers and near. */
    static Optional<NearKeys> of(RowStore rows, int column) {
        Optional<long[]> integers = rows.integers(column);
        if (integers.isEmpty()) {
            return Optional.empty();
        }
        long[] values = integers.get();
        long smallest = Long.MAX_VALUE;
        long largest = Long.MIN_VALUE;
        for (int row = 0; row < rows.rows(); row++) {
            if (!rows.isNull(row, column)) {
                smallest = Math.min(smallest, values[row]);
                largest = Math.max(largest, values[row]);
            }
        }
        long span = largest - smallest;
        long places = Math.min(Integer.MAX_VALUE - 16L, Math.max(MIN_PLACES, (long) PLACES_PER_ROW * rows.rows()));
        return smallest <= largest && span >= 0 && span < places
                ? Optional.of(new NearKeys(smallest, (int) span + 1))
                : Optional.empty();
    }

    /** The number of an integer, or {@link KeyIndex#ABSENT}. */
    int number(long key) {
        long distance = key - smallest;
        // An overflow makes it negative, or larger than any array.
        return distance >= 0 && distance < count && key >= smallest ? (int) distance : KeyIndex.ABSENT;
    }

    /** The numbers of these rows of a vector; {@link KeyIndex#ABSENT} for null and whatever equals no integer. */
    int[] find(Vector keys, int[] positions) {
        int[] numbers = new int[positions.length];
        if (keys instanceof LongVector longs && longs.kind() == LongKind.INTEGER) {
            long[] values = longs.values();
            boolean present = longs.nulls().isEmpty();
            for (int i = 0; i < numbers.length; i++) {
                int position = positions[i];
                numbers[i] = present || !longs.isNull(position) ? number(values[position]) : KeyIndex.ABSENT;
            }
            return numbers;
        }
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(keys.value(positions[i]));
        }
        return numbers;
    }

    private int number(Value value) {
        if (value instanceof Value.IntegerValue(long key)) {
            return number(key);
        }
        if (value instanceof Value.FloatValue(double key)) {
            long whole = (long) key;
            // As in all indexes of keys: the largest long stands for whatever is larger.
            return whole == key && whole != Long.MAX_VALUE ? number(whole) : KeyIndex.ABSENT;
        }
        return KeyIndex.ABSENT;
    }
}
