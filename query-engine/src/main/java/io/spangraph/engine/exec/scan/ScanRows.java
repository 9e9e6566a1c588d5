package io.spangraph.engine.exec.scan;

import io.spangraph.engine.exec.RowSelection;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the rows of a scan out of base rows: first whose they are, before anything else looks at them, then which of them
 * are vertices or edges and which the query wants. For one thread.
 */
public final class ScanRows {
    private final BoundScan scan;
    private final OwnedRows ownedRows;

    public ScanRows(BoundScan scan) {
        this.scan = scan;
        this.ownedRows = new OwnedRows(scan.plan().request().pin(), scan.owner());
    }

    /** The base rows that the query's principal may know of. */
    public RowBatch owned(RowBatch base) {
        return ownedRows.of(base);
    }

    /** The base rows, of those that the principal may know of, that are vertices or edges by the mapping's conditions. */
    public RowBatch counted(RowBatch owned) {
        RowBatch rows = owned;
        for (CompiledExpression condition : scan.conditions()) {
            rows = RowSelection.whereTrue(rows, condition.evaluate(rows));
        }
        return rows;
    }

    /** The scan's columns of the rows, of those that count, that the query wants. */
    public RowBatch wanted(RowBatch counted) {
        List<Vector> columns = new ArrayList<>(scan.columns().size());
        for (BoundScan.ColumnMaker column : scan.columns()) {
            columns.add(column.make(counted));
        }
        RowBatch rows = counted.withColumns(columns);
        for (int position : scan.required()) {
            rows = RowSelection.whereNotNull(rows, rows.column(position));
        }
        if (scan.predicate().isPresent() && rows.rowCount() > 0) {
            rows = RowSelection.whereTrue(rows, scan.predicate().get().evaluate(rows));
        }
        return rows;
    }
}
