package io.spangraph.engine.row;

import io.spangraph.engine.expr.Variable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Which column of a batch holds what. */
public final class RowLayout {
    private final List<ColumnId> columns;
    private final Map<ColumnId, Integer> positions = new HashMap<>();

    public RowLayout(List<ColumnId> columns) {
        this.columns = List.copyOf(columns);
        for (int i = 0; i < this.columns.size(); i++) {
            if (positions.put(this.columns.get(i), i) != null) {
                throw new IllegalArgumentException("column " + this.columns.get(i) + " stands twice in a row layout");
            }
        }
    }

    public List<ColumnId> columns() {
        return columns;
    }

    public int width() {
        return columns.size();
    }

    public OptionalInt positionOf(ColumnId column) {
        Integer position = positions.get(column);
        return position == null ? OptionalInt.empty() : OptionalInt.of(position);
    }

    /** The position of a column that a plan promised to provide. */
    public int requirePosition(ColumnId column) {
        return positionOf(column)
                .orElseThrow(() -> new IllegalStateException("no column " + column + " among " + columns));
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
