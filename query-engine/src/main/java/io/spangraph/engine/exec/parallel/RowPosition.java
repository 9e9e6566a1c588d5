package io.spangraph.engine.exec.parallel;

import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.expr.Variable;
import io.spangraph.engine.row.ColumnId;
import io.spangraph.engine.row.NullMask;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.LongKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Adds a column that says where in the table's order a row stands: its part above, its place in the part below. */
final class RowPosition implements Operator {
    private static final int PLACE_BITS = 40;
    private static final ColumnId COLUMN = ColumnId.of(new Variable("position", -1, Variable.Kind.VALUE));

    private final Pipeline.Copy rows;
    private final RowLayout layout;
    private long part = -1;
    private long place;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    RowPosition(Pipeline.Copy rows) {
        this.rows = rows;
        this.layout = behind(rows.top().layout());
    }

    /** The layout with the further column. */
    static RowLayout behind(RowLayout layout) {
        return new RowLayout(
                Stream.concat(layout.columns().stream(), Stream.of(COLUMN)).toList());
    }

    @Override
    public RowLayout layout() {
        return layout;
    }

    @Override
    public boolean advance() {
        if (!rows.top().advance()) {
            return false;
        }
        if (part != rows.scan().part()) {
            part = rows.scan().part();
            place = 0;
        }
        RowBatch input = rows.top().batch();
        long[] positions = new long[input.physicalRows()];
        for (int row : input.selectedRows()) {
            positions[row] = part << PLACE_BITS | place++;
        }
        List<Vector> columns = new ArrayList<>(input.columns());
        columns.add(new Vector.LongVector(positions, NullMask.NONE, LongKind.INTEGER));
        batch = input.withColumns(columns);
        return true;
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public void close() {
        rows.top().close();
    }
}
