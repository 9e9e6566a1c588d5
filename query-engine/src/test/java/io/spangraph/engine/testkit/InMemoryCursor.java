package io.spangraph.engine.testkit;

import io.spangraph.engine.reference.ReferenceTable;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.model.table.Column;
import io.spangraph.model.table.ColumnType;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Hands out chosen rows of a table, a few at a time. */
final class InMemoryCursor implements BatchCursor {
    private final ReferenceTable table;
    private final List<Integer> rows;
    private final List<String> columns;
    private final boolean references;
    private final int batchRows;
    private final ScanMonitor monitor;
    private int next;
    private RowBatch batch = RowBatch.of(List.of(), 0);
    private boolean closed;

    InMemoryCursor(
            ReferenceTable table,
            List<Integer> rows,
            List<String> columns,
            boolean references,
            int batchRows,
            ScanMonitor monitor) {
        this.table = table;
        this.rows = List.copyOf(rows);
        this.columns = List.copyOf(columns);
        this.references = references;
        this.batchRows = batchRows;
        this.monitor = monitor;
    }

    @Override
    public boolean advance() {
        monitor.cancellation().poll();
        if (closed || next >= rows.size()) {
            return false;
        }
        List<Integer> taken = rows.subList(next, Math.min(next + batchRows, rows.size()));
        next += taken.size();
        List<Vector> vectors = new ArrayList<>();
        for (String column : columns) {
            vectors.add(TypedVectors.of(type(column), values(column, taken)));
        }
        if (references) {
            List<Value> ofRows =
                    taken.stream().map(row -> Value.of(table.reference(row))).toList();
            vectors.add(TypedVectors.of(ColumnType.Primitive.LONG, ofRows));
        }
        batch = RowBatch.of(vectors, taken.size());
        return true;
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public void close() {
        closed = true;
    }

    private ColumnType type(String column) {
        return table.schema()
                .column(column)
                .map(Column::type)
                .orElseThrow(() -> new IllegalArgumentException("no column " + column + " in " + table.schema()));
    }

    private List<Value> values(String column, List<Integer> taken) {
        return taken.stream()
                .map(row -> table.rows().get(row).getOrDefault(column, Value.NULL))
                .toList();
    }
}
