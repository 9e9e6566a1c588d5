package io.spangraph.engine.row;

import io.spangraph.engine.expr.Variable;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Which column of a batch holds what. */
public final class RowLayout {
    private static final int FREE = -1;

    private final List<ColumnId> columns;
    /** Positions by the hash of their columns, with free places between them: plans have many layouts. */
    private final int[] table;

    public RowLayout(List<ColumnId> columns) {
        this.columns = List.copyOf(columns);
        this.table = new int[Integer.highestOneBit(Math.max(1, this.columns.size())) * 4];
        Arrays.fill(table, FREE);
        for (int i = 0; i < this.columns.size(); i++) {
            int place = place(this.columns.get(i));
            if (table[place] != FREE) {
                throw new IllegalArgumentException("column " + this.columns.get(i) + " stands twice in a row layout");
            }
            table[place] = i;
        }
    }

    /** Where the column stands in the table, or the free place where it would. */
    private int place(ColumnId column) {
        int hash = column.hashCode();
        int place = (hash ^ hash >>> 16) & table.length - 1;
        while (table[place] != FREE && !columns.get(table[place]).equals(column)) {
            place = place + 1 & table.length - 1;
        }
        return place;
    }

    public List<ColumnId> columns() {
        return columns;
    }

    public int width() {
        return columns.size();
    }

    public OptionalInt positionOf(ColumnId column) {
        int position = table[place(column)];
        return position == FREE ? OptionalInt.empty() : OptionalInt.of(position);
    }

    /** The position of a column that a plan promised to provide. */
    public int requirePosition(ColumnId column) {
        int position = table[place(column)];
        if (position == FREE) {
            throw new IllegalStateException("no column " + column + " among " + columns);
        }
        return position;
    }

    /** Positions of all columns of a variable, in layout order. */
    public int[] positionsOf(Variable variable) {
        return IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).variable().equals(variable))
                .toArray();
    }

    @Override
    public String toString() {
        return columns.toString();
    }
}
