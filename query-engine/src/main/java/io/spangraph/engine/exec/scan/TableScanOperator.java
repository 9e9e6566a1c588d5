package io.spangraph.engine.exec.scan;

import io.spangraph.engine.exec.Operator;
import io.spangraph.engine.exec.RowSelection;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.join.KeyReceiver;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.row.Vector.ConstantVector;
import io.spangraph.engine.row.Vector.DictionaryVector;
import io.spangraph.engine.spi.BatchCursor;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.RuntimeKeys;
import io.spangraph.engine.spi.RuntimeKeys.KeySet;
import io.spangraph.model.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a source. The tenant pin is enforced here, on every row and before anything else looks at it, whatever the source
 * promised: there is no other way for a row to enter a query.
 *
 * <p>The source is opened at the first batch, so that keys which a join learns before then can narrow what is read.
 */
public final class TableScanOperator implements Operator, KeyReceiver {
    private final BoundScan scan;
    private final Map<String, Set<Value>> keys = new LinkedHashMap<>();
    private Optional<BatchCursor> cursor = Optional.empty();
    private boolean closed;
    private RowBatch batch = RowBatch.of(List.of(), 0);

    public TableScanOperator(BoundScan scan) {
        this.scan = scan;
    }

    @Override
    public void restrict(String baseColumn, Set<Value> values) {
        if (cursor.isPresent()) {
            throw new IllegalStateException("keys for a scan that is open already");
        }
        keys.merge(baseColumn, values, TableScanOperator::inBoth);
    }

    private static Set<Value> inBoth(Set<Value> left, Set<Value> right) {
        return left.stream().filter(right::contains).collect(java.util.stream.Collectors.toUnmodifiableSet());
    }

    @Override
    public RowLayout layout() {
        return scan.layout();
    }

    @Override
    public boolean advance() {
        if (closed) {
            return false;
        }
        BatchCursor rows = opened();
        while (rows.advance()) {
            scan.monitor().cancellation().poll();
            RowBatch counted = counted(owned(rows.batch()));
            if (counted.rowCount() > 0) {
                batch = wanted(counted);
                if (batch.rowCount() > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private BatchCursor opened() {
        if (cursor.isEmpty()) {
            RuntimeKeys known = new RuntimeKeys(keys.entrySet().stream()
                    .map(key -> new KeySet(key.getKey(), key.getValue()))
                    .toList());
            cursor = Optional.of(scan.source().open(scan.plan(), known, scan.monitor()));
        }
        return cursor.get();
    }

    /** The rows that the query's principal may know of. */
    private RowBatch owned(RowBatch base) {
        if (scan.plan().request().pin() instanceof Pin.Tenant tenant) {
            Vector owners = scan.owner().orElseThrow().evaluate(base);
            Value wanted = Value.of(tenant.tenant());
            if (owners instanceof DictionaryVector dictionary) {
                int code = dictionary.dictionary().indexOf(wanted);
                return RowSelection.where(base, row -> code >= 0 && dictionary.codes()[row] == code);
            }
            return RowSelection.where(base, row -> owners.value(row).equals(wanted));
        }
        return base;
    }

    /** The rows that are vertices or edges by the mapping's own conditions. */
    private RowBatch counted(RowBatch base) {
        RowBatch rows = base;
        for (CompiledExpression condition : scan.conditions()) {
            rows = RowSelection.whereTrue(rows, condition.evaluate(rows));
        }
        return rows;
    }

    private RowBatch wanted(RowBatch base) {
        List<Vector> columns = new ArrayList<>(scan.columns().size());
        for (BoundScan.ColumnMaker column : scan.columns()) {
            columns.add(
                    switch (column) {
                        case BoundScan.ColumnMaker.Constant(Value value) ->
                            new ConstantVector(value, base.physicalRows());
                        case BoundScan.ColumnMaker.Computed(CompiledExpression expression) -> expression.evaluate(base);
                        case BoundScan.ColumnMaker.RowReference reference ->
                            base.column(base.columns().size() - 1);
                    });
        }
        RowBatch rows = base.withColumns(columns);
        for (int position : scan.required()) {
            rows = RowSelection.whereNotNull(rows, rows.column(position));
        }
        if (scan.predicate().isPresent() && rows.rowCount() > 0) {
            rows = RowSelection.whereTrue(rows, scan.predicate().get().evaluate(rows));
        }
        return rows;
    }

    @Override
    public RowBatch batch() {
        return batch;
    }

    @Override
    public void close() {
        closed = true;
        cursor.ifPresent(BatchCursor::close);
    }
}
