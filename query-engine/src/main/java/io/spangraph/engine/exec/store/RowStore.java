package io.spangraph.engine.exec.store;

import io.spangraph.engine.exec.HeldMemory;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Rows kept as growing columns, numbered from 0 in the order in which they came. Sorts, join sides and walks hold their
 * rows here, so that numbers stay primitive, texts stay dictionary codes, and all of it is accounted for.
 *
 * <p>A column keeps the form of its vectors as long as they agree; nulls fit every form. From the first vector of another
 * form on it holds general values.
 */
public final class RowStore {
    /** Stands for no row: gathering it gives null in every column. */
    public static final int NO_ROW = -1;

    private final HeldMemory memory;
    private final boolean unlike;
    private final ColumnBuffer[] columns;
    private int rows;

    /**
     * An empty store of rows with this many columns.
     *
     * @param memory of the operator that owns the store; given back when the operator closes it
     */
    public RowStore(int width, HeldMemory memory) {
        this(width, false, memory);
    }

    /** A store of rows of which no two are alike in any column, so that nothing is gained by looking for repeated texts. */
    public static RowStore ofUnlikeRows(int width, HeldMemory memory) {
        return new RowStore(width, true, memory);
    }

    private RowStore(int width, boolean unlike, HeldMemory memory) {
        this.memory = memory;
        this.unlike = unlike;
        this.columns = new ColumnBuffer[width];
        Arrays.setAll(columns, column -> new NullBuffer(memory));
    }

    /** Appends the selected rows of a batch. */
    public void append(RowBatch batch) {
        append(batch.columns(), batch.selectedRows());
    }

    /**
     * Appends these rows of vectors that lie side by side.
     *
     * @param vectors one for each column, all of one length
     * @param positions of the rows in the vectors
     */
    public void append(List<Vector> vectors, int[] positions) {
        if (vectors.size() != columns.length) {
            throw new IllegalArgumentException(
                    "a row of " + vectors.size() + " columns for a store of " + columns.length);
        }
        for (int column = 0; column < columns.length; column++) {
            columns[column] = appended(columns[column], vectors.get(column), positions);
        }
        rows += positions.length;
    }

    /** Appends rows of another store with as many columns. */
    public void append(RowStore other, int[] wanted) {
        for (int from = 0; from < wanted.length; ) {
            int end = other.endOfPiece(wanted[from]);
            int to = from + 1;
            while (to < wanted.length && wanted[to] >= wanted[from] && wanted[to] < end) {
                to++;
            }
            append(other.gather(Arrays.copyOfRange(wanted, from, to)));
            from = to;
        }
    }

    public int rows() {
        return rows;
    }

    public int width() {
        return columns.length;
    }

    /** The column's values in these rows; {@link #NO_ROW} gives null. */
    public Vector gather(int[] positions, int column) {
        return columns[column].gather(positions);
    }

    /** These rows as a batch. */
    public RowBatch gather(int[] positions) {
        List<Vector> gathered = new ArrayList<>(columns.length);
        for (ColumnBuffer column : columns) {
            gathered.add(column.gather(positions));
        }
        return RowBatch.of(gathered, positions.length);
    }

    /** Behind the last of the rows that are gathered best together with a row. */
    public int endOfPiece(int from) {
        int end = Math.min(rows, from + RowBatch.TARGET_ROWS);
        for (ColumnBuffer column : columns) {
            end = Math.min(end, column.endOfPiece(from));
        }
        return end;
    }

    /** The texts of a store of one column, if they lie in dictionaries. */
    Optional<EntryBuffer> entries() {
        return columns.length == 1 && columns[0] instanceof EntryBuffer texts ? Optional.of(texts) : Optional.empty();
    }

    /** The integers of a column by row, if it holds no other values; those of null rows may be anything. */
    public Optional<long[]> integers(int column) {
        return columns[column] instanceof LongBuffer longs && longs.kind() == Vector.LongKind.INTEGER
                ? Optional.of(longs.values())
                : Optional.empty();
    }

    public Value value(int row, int column) {
        return columns[column].value(row);
    }

    public boolean isNull(int row, int column) {
        return columns[column].isNull(row);
    }

    /**
     * The order of the rows by one column, in the form that is fastest for it. It holds for the rows that are stored now;
     * rows that are appended later need a new one.
     */
    public RowOrder order(int column, boolean descending) {
        RowOrder ascending = columns[column].order();
        return descending ? (left, right) -> ascending.compare(right, left) : ascending;
    }

    private ColumnBuffer appended(ColumnBuffer buffer, Vector vector, int[] positions) {
        ColumnBuffer fitting = buffer;
        if (isNullEverywhere(vector, positions)) {
            fitting.appendNulls(positions.length);
            return fitting;
        }
        if (!fitting.accepts(vector, positions.length)) {
            fitting = otherBuffer(buffer, vector, positions.length);
            fitting.appendAllOf(buffer);
        }
        fitting.append(vector, positions);
        return fitting;
    }

    private static boolean isNullEverywhere(Vector vector, int[] positions) {
        for (int position : positions) {
            if (!vector.isNull(position)) {
                return false;
            }
        }
        return true;
    }

    /** A buffer that takes what is in another one and a vector. */
    private ColumnBuffer otherBuffer(ColumnBuffer before, Vector vector, int rowsOfVector) {
        if (before instanceof NullBuffer) {
            return unlike && EntryBuffer.isWorthIt(vector, rowsOfVector) ? new EntryBuffer(memory) : newBuffer(vector);
        }
        return before instanceof EntryBuffer && TextBuffer.takes(vector)
                ? new TextBuffer(memory)
                : new ValueBuffer(memory);
    }

    private ColumnBuffer newBuffer(Vector vector) {
        if (unlike && TextBuffer.takes(vector)) {
            return new TextBuffer(memory);
        }
        return switch (vector) {
            case Vector.LongVector longs -> new LongBuffer(memory, longs.kind());
            case Vector.DoubleVector doubles -> new DoubleBuffer(memory);
            case Vector.BooleanVector booleans -> new BooleanBuffer(memory);
            case Vector.DictionaryVector dictionary -> new DictionaryBuffer(memory);
            case Vector.TextVector texts -> new DictionaryBuffer(memory);
            case Vector.ValueVector values -> new ValueBuffer(memory);
            case Vector.ConstantVector(Value constant, int length) ->
                constant instanceof Value.StringValue ? new DictionaryBuffer(memory) : new ValueBuffer(memory);
        };
    }
}
