package io.spangraph.engine.exec.join;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.store.KeyIndex;
import io.spangraph.engine.exec.store.RowStore;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.ValueSize;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The rows of a join's build side, found by key. Rows of one key lie side by side in an array of row numbers, so that a
 * look-up costs one search and no object.
 */
final class BuildSide {
    private static final int FIRST_CAPACITY = 1024;
    /** To put fewer rows aside and read them again would cost more than they take. */
    private static final int MIN_ROWS_TO_SPILL = 1024;
    /** What numbering keys that wait will take for each row, about. */
    private static final int INDEX_BYTES_PER_ROW = 24;

    private final int[] keyColumns;
    private final QueryContext context;
    private final HeldMemory memory;
    private final RowStore rows;
    /** Of keys that are not near each other. */
    private final KeyIndex index;
    /** Present when a key of one column was found to be near integers. */
    private Optional<NearKeys> nearKeys = Optional.empty();
    /** By row: the number of its key, or {@link KeyIndex#ABSENT} where a part of the key is null. */
    private int[] keyOfRow = new int[0];
    /** Rows whose keys have numbers already; the others wait until all are there. */
    private int numbered;
    /** By key: where its rows start in {@link #rowsByKey}; one more at the end. */
    private int[] starts = new int[1];

    private int[] rowsByKey = new int[0];

    BuildSide(int width, int[] keyColumns, QueryContext context, HeldMemory memory) {
        this.keyColumns = keyColumns;
        this.context = context;
        this.memory = memory;
        this.rows = new RowStore(width, memory);
        this.index = new KeyIndex(keyColumns.length, memory);
    }

    /**
     * Takes over the rows of an operator, as many as there is memory for.
     *
     * @return whether these were all; then the operator is closed
     */
    boolean read(Operator input) {
        while (input.advance()) {
            context.cancellation().poll();
            append(input.batch());
            if (rows.rows() >= MIN_ROWS_TO_SPILL && memory.shouldSpill()) {
                return false;
            }
        }
        input.close();
        return true;
    }

    /** Hands all rows to somebody else, a batch at a time. */
    void forEach(Consumer<RowBatch> reader) {
        for (int from = 0; from < rows.rows(); from += RowBatch.TARGET_ROWS) {
            reader.accept(rows.gather(IntStream.range(from, Math.min(rows.rows(), from + RowBatch.TARGET_ROWS))
                    .toArray()));
        }
    }

    private void append(RowBatch batch) {
        int[] positions = batch.selectedRows();
        int first = rows.rows();
        rows.append(batch.columns(), positions);
        makeRoom(rows.rows());
        if (keyColumns.length == 1 && rows.integers(keyColumns[0]).isPresent()) {
            // Once all are there it shows how near they are.
            memory.reserve((long) INDEX_BYTES_PER_ROW * positions.length);
            return;
        }
        numberRowsBefore(first);
        numberRows(Arrays.stream(keyColumns).mapToObj(batch::column).toList(), positions, first);
        numbered = rows.rows();
    }

    /** Numbers rows that were left out while all keys were integers. */
    private void numberRowsBefore(int end) {
        for (int from = numbered; from < end; from += RowBatch.TARGET_ROWS) {
            context.cancellation().poll();
            int[] piece = IntStream.range(from, Math.min(end, from + RowBatch.TARGET_ROWS))
                    .toArray();
            Vector keys = rows.gather(piece, keyColumns[0]);
            memory.release((long) INDEX_BYTES_PER_ROW * piece.length);
            numberRows(List.of(keys), IntStream.range(0, piece.length).toArray(), from);
        }
        numbered = Math.max(numbered, end);
    }

    private void numberRows(List<Vector> key, int[] positions, int first) {
        if (key.stream().allMatch(Vector::isNullFree)) {
            System.arraycopy(index.add(key, positions), 0, keyOfRow, first, positions.length);
            return;
        }
        int[] complete = new int[positions.length];
        int[] rowOf = new int[positions.length];
        int count = 0;
        for (int i = 0; i < positions.length; i++) {
            int position = positions[i];
            keyOfRow[first + i] = KeyIndex.ABSENT;
            if (isComplete(key, position)) {
                complete[count] = position;
                rowOf[count++] = first + i;
            }
        }
        int[] numbers = index.add(key, Arrays.copyOf(complete, count));
        for (int i = 0; i < count; i++) {
            keyOfRow[rowOf[i]] = numbers[i];
        }
    }

    private static boolean isComplete(List<Vector> key, int position) {
        for (Vector part : key) {
            if (part.isNull(position)) {
                return false;
            }
        }
        return true;
    }

    private void makeRoom(int needed) {
        if (needed > keyOfRow.length) {
            int capacity = (int) Math.min(
                    Integer.MAX_VALUE - 16L, Math.max(Math.max(needed, FIRST_CAPACITY), keyOfRow.length * 3L / 2));
            memory.reserve((long) Integer.BYTES * (capacity - keyOfRow.length));
            keyOfRow = Arrays.copyOf(keyOfRow, capacity);
        }
    }

    /** Makes rows findable by their keys, when all were read that are held together. */
    void groupByKey() {
        int open = rows.rows() - numbered;
        nearKeys = open == 0 || numbered > 0 ? Optional.empty() : NearKeys.of(rows, keyColumns[0]);
        if (nearKeys.isPresent()) {
            memory.release((long) INDEX_BYTES_PER_ROW * open);
            numberRows(nearKeys.get());
        } else {
            numberRowsBefore(rows.rows());
        }
        int keys = nearKeys.map(NearKeys::count).orElseGet(index::size);
        memory.reserve(Integer.BYTES * (keys + 1L + rows.rows()));
        starts = new int[keys + 1];
        int[] next = new int[keys];
        for (int row = 0; row < rows.rows(); row++) {
            if (keyOfRow[row] != KeyIndex.ABSENT) {
                next[keyOfRow[row]]++;
            }
        }
        for (int key = 0; key < keys; key++) {
            starts[key + 1] = starts[key] + next[key];
            next[key] = starts[key];
        }
        context.cancellation().poll();
        rowsByKey = new int[starts[keys]];
        for (int row = 0; row < rows.rows(); row++) {
            if (keyOfRow[row] != KeyIndex.ABSENT) {
                rowsByKey[next[keyOfRow[row]]++] = row;
            }
        }
    }

    private void numberRows(NearKeys near) {
        long[] values = rows.integers(keyColumns[0]).orElseThrow();
        for (int row = 0; row < rows.rows(); row++) {
            keyOfRow[row] = rows.isNull(row, keyColumns[0]) ? KeyIndex.ABSENT : near.number(values[row]);
        }
    }

    /** The different values of one of the key columns, unless there are more than can be passed sideways. */
    Optional<Set<Value>> distinctValues(int column) {
        Set<Value> values = new LinkedHashSet<>();
        try (HeldMemory whileCounting = new HeldMemory(context.memory(), "HashJoin")) {
            KeyIndex seen = new KeyIndex(1, whileCounting);
            for (int from = 0; from < keys(); from += RowBatch.TARGET_ROWS) {
                context.cancellation().poll();
                int[] firstRows = firstRows(from, Math.min(keys(), from + RowBatch.TARGET_ROWS));
                Vector parts = rows.gather(firstRows, column);
                int known = seen.size();
                int[] all = new int[firstRows.length];
                Arrays.setAll(all, i -> i);
                int[] numbers = seen.add(List.of(parts), all);
                if (seen.size() > SidewaysKey.MAX_VALUES) {
                    return Optional.empty();
                }
                for (int i = 0; i < numbers.length; i++) {
                    if (numbers[i] == known) {
                        known++;
                        values.add(parts.value(i));
                    }
                }
            }
        }
        values.forEach(value -> memory.reserve(ValueSize.of(value)));
        return Optional.of(Collections.unmodifiableSet(values));
    }

    /** Of each of these keys that has rows the first one. */
    private int[] firstRows(int fromKey, int toKey) {
        return IntStream.range(fromKey, toKey)
                .filter(key -> rowsOfKey(key) > 0)
                .map(key -> rowsByKey[starts[key]])
                .toArray();
    }

    /** The numbers of these keys, or {@link KeyIndex#ABSENT}; keys with null parts are absent. */
    int[] find(List<Vector> key, int[] positions) {
        return nearKeys.isPresent() ? nearKeys.get().find(key.getFirst(), positions) : index.find(key, positions);
    }

    int keys() {
        return starts.length - 1;
    }

    int rows() {
        return rows.rows();
    }

    /** Rows whose key is complete, so that they may have a match. */
    int matchable() {
        return rowsByKey.length;
    }

    int keyOfRow(int row) {
        return keyOfRow[row];
    }

    int rowsOfKey(int key) {
        return starts[key + 1] - starts[key];
    }

    int rowOfKey(int key, int i) {
        return rowsByKey[starts[key] + i];
    }

    /** Whether a column is the key, and all its values are integers that are found by their distances. */
    boolean isNearKey(int column) {
        return nearKeys.isPresent() && column == keyColumns[0];
    }

    Vector gather(int[] wanted, int column) {
        return rows.gather(wanted, column);
    }
}
