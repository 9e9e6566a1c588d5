package io.spangraph.engine.exec.scan;

import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.exec.scan.BoundScan.ColumnMaker;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.spi.Pin;
import java.util.List;
import java.util.Optional;

/**
 * A fetch with everything that a running query knows of it. For use by one thread.
 *
 * @param owner the tenant of a base row; there exactly when the fetch is pinned to a tenant
 * @param columns what makes each of the columns that are read
 * @param layout of the rows with these columns
 * @param reference position of the row references among the columns of the input
 */
public record BoundFetch(
        RowFetches rows,
        Optional<CompiledExpression> owner,
        List<ColumnMaker> columns,
        RowLayout layout,
        int reference) {
    public BoundFetch {
        columns = List.copyOf(columns);
        if (rows.pin() instanceof Pin.Tenant != owner.isPresent()) {
            throw new IllegalArgumentException(
                    "a fetch pinned to a tenant must tell the owner of a row, and no other may");
        }
    }
}
