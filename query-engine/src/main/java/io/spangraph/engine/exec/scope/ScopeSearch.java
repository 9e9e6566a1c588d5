package io.spangraph.engine.exec.scope;

import io.spangraph.engine.context.QueryContext;
import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.scan.ScanRows;
import io.spangraph.engine.exec.scan.SharedScan;
import io.spangraph.engine.exec.store.Gather;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.spi.BatchCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds where scopes begin and end, part by part, by their keys alone. For one thread.
 *
 * @param rows of a scan that reads the columns of the scope key and row references
 */
public record ScopeSearch(ScanRows rows, List<CompiledExpression> scope, QueryContext context) {
    public ScopeSearch {
        scope = List.copyOf(scope);
    }

    /** Searches the next part that nobody has taken; false if there is none left. */
    boolean next(SharedScan scan, FoundRuns found) {
        Optional<SharedScan.Part> part = scan.next();
        if (part.isEmpty()) {
            return false;
        }
        found.beginPart();
        try (BatchCursor cursor = part.get().rows()) {
            while (cursor.advance()) {
                context.cancellation().poll();
                add(rows.owned(cursor.batch()), found);
            }
        }
        return true;
    }

    private void add(RowBatch owned, FoundRuns found) {
        if (owned.rowCount() == 0) {
            return;
        }
        List<Vector> columns = new ArrayList<>();
        for (CompiledExpression part : scope) {
            columns.add(part.evaluate(owned));
        }
        columns.add(owned.columns().getLast());
        RowBatch keys = whole(owned.withColumns(columns));
        found.add(keys, keys.columns().subList(0, scope.size()), keys.columns().getLast());
    }

    /** The selected rows as a batch of their own. */
    static RowBatch whole(RowBatch batch) {
        if (batch.isWhole()) {
            return batch;
        }
        int[] rows = batch.selectedRows();
        return RowBatch.of(
                batch.columns().stream()
                        .map(column -> Gather.rows(column, rows))
                        .toList(),
                rows.length);
    }
}
