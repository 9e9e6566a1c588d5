package io.spangraph.engine.exec.store;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.util.BitSet;

/** One growing column of a {@link RowStore}, in the form of its vectors. Keeps track of rows, nulls and memory. */
abstract sealed class ColumnBuffer
        permits NullBuffer,
                LongBuffer,
                DoubleBuffer,
                BooleanBuffer,
                DictionaryBuffer,
                EntryBuffer,
                TextBuffer,
                ValueBuffer {
    private static final int FIRST_CAPACITY = 1024;
    private static final int MAX_CAPACITY = Integer.MAX_VALUE - 16;

    private final HeldMemory memory;
    private final int bytesPerRow;
    private final BitSet nulls = new BitSet();
    private boolean anyNull;
    private int rows;
    private int capacity;

    ColumnBuffer(HeldMemory memory, int bytesPerRow) {
        this.memory = memory;
        this.bytesPerRow = bytesPerRow;
    }

    /** Whether a vector can be appended without a change of form. */
    abstract boolean accepts(Vector vector);

    /** Whether so many rows of a vector should be appended without a change of form. */
    boolean accepts(Vector vector, int count) {
        return accepts(vector);
    }

    /** Copies the values of these rows behind the last one; room is there, nulls are already noted. */
    abstract void copy(Vector vector, int[] positions);

    /** Leaves out rows behind the last one, which are null; room is there. */
    void skip(int count) {}

    abstract void grow(int newCapacity);

    /** Behind the last of the rows that are gathered best together with a row. */
    int endOfPiece(int from) {
        return rows;
    }

    /** The value of a row that is not null. */
    abstract Value present(int row);

    /** These rows as a vector; {@link RowStore#NO_ROW} and null rows are null. */
    abstract Vector gather(int[] positions);

    /** The order among rows that are not null. */
    abstract RowOrder presentOrder();

    final int rows() {
        return rows;
    }

    final boolean isNull(int row) {
        return nulls.get(row);
    }

    final Value value(int row) {
        return nulls.get(row) ? Value.NULL : present(row);
    }

    final void append(Vector vector, int[] positions) {
        reserveRows(positions.length);
        if (!vector.isNullFree()) {
            noteNulls(vector, positions);
        }
        copy(vector, positions);
        rows += positions.length;
    }

    private void noteNulls(Vector vector, int[] positions) {
        for (int i = 0; i < positions.length; i++) {
            if (vector.isNull(positions[i])) {
                nulls.set(rows + i);
                anyNull = true;
            }
        }
    }

    final void appendNulls(int count) {
        reserveRows(count);
        anyNull |= count > 0;
        nulls.set(rows, rows + count);
        skip(count);
        rows += count;
    }

    /** Takes over what another buffer holds, in this buffer's form. */
    final void appendAllOf(ColumnBuffer other) {
        if (other instanceof NullBuffer) {
            appendNulls(other.rows);
            return;
        }
        int[] all = new int[other.rows];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
        }
        append(other instanceof EntryBuffer texts ? texts.copies(all) : new Vector.ValueVector(other.values(all)), all);
    }

    /** The order of all rows: null is the largest. */
    final RowOrder order() {
        RowOrder present = presentOrder();
        if (nulls.isEmpty()) {
            return present;
        }
        return (left, right) -> {
            boolean leftNull = nulls.get(left);
            boolean rightNull = nulls.get(right);
            return leftNull || rightNull ? Boolean.compare(leftNull, rightNull) : present.compare(left, right);
        };
    }

    final Value[] values(int[] positions) {
        Value[] values = new Value[positions.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = isAbsent(positions[i]) ? Value.NULL : present(positions[i]);
        }
        return values;
    }

    final boolean isAbsent(int row) {
        return row < 0 || anyNull && nulls.get(row);
    }

    final NullMask nullMask(int[] positions) {
        if (!anyNull && areRows(positions)) {
            return NullMask.NONE;
        }
        BitSet absent = new BitSet();
        for (int i = 0; i < positions.length; i++) {
            if (isAbsent(positions[i])) {
                absent.set(i);
            }
        }
        return NullMask.of(absent);
    }

    private static boolean areRows(int[] positions) {
        int all = 0;
        for (int position : positions) {
            all |= position;
        }
        return all >= 0;
    }

    final void reserve(long bytes) {
        memory.reserve(bytes);
    }

    private void reserveRows(int count) {
        if (count > MAX_CAPACITY - rows) {
            // Cannot be met below a budget of many gigabytes; asking for all there is names the limit to the user.
            memory.reserve(Long.MAX_VALUE / 2);
        }
        int needed = rows + count;
        if (needed > capacity) {
            long grown = Math.max(needed, Math.max(FIRST_CAPACITY, capacity + (long) (capacity / 2)));
            int newCapacity = (int) Math.min(grown, MAX_CAPACITY);
            memory.reserve((long) bytesPerRow * (newCapacity - capacity) + (newCapacity - capacity) / 8);
            grow(newCapacity);
            capacity = newCapacity;
        }
    }
}
