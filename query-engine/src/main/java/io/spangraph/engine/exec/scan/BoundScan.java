package io.spangraph.engine.exec.scan;

import io.spangraph.engine.exec.expression.CompiledExpression;
import io.spangraph.engine.row.RowBatch;
import io.spangraph.engine.row.RowLayout;
import io.spangraph.engine.row.Vector;
import io.spangraph.engine.spi.Pin;
import io.spangraph.engine.spi.ScanMonitor;
import io.spangraph.engine.spi.ScanPlan;
import io.spangraph.model.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * A scan with everything that a running query knows of it.
 *
 * @param owner the tenant of a base row; there exactly when the plan's request is pinned to a tenant
 * @param conditions of the mapping, over base rows
 * @param columns what makes each column of the layout
 * @param required positions in the layout that are never null in a row that counts
 * @param predicate of the query, over the layout
 */
public record BoundScan(
        ScanPlan plan,
        ScanMonitor monitor,
        Optional<CompiledExpression> owner,
        List<CompiledExpression> conditions,
        RowLayout layout,
        List<ColumnMaker> columns,
        List<Integer> required,
        Optional<CompiledExpression> predicate) {

    public BoundScan {
        conditions = List.copyOf(conditions);
        columns = List.copyOf(columns);
        required = List.copyOf(required);
        if (columns.size() != layout.width()) {
            throw new IllegalArgumentException(columns.size() + " columns for " + layout);
        }
        if (plan.request().pin() instanceof Pin.Tenant != owner.isPresent()) {
            throw new IllegalArgumentException(
                    "a scan pinned to a tenant must tell the owner of a row, and no other may");
        }
    }

    /** What makes a column of a scan's rows. */
    public sealed interface ColumnMaker {
        /** The column for a batch of base rows. */
        default Vector make(RowBatch base) {
            return switch (this) {
                case Constant(Value value) -> new Vector.ConstantVector(value, base.physicalRows());
                case Computed(CompiledExpression expression) -> expression.evaluate(base);
                case RowReference reference -> base.column(base.columns().size() - 1);
            };
        }

        record Constant(Value value) implements ColumnMaker {}

        /** Computed from the base columns; the column itself where the mapping says nothing else. */
        record Computed(CompiledExpression expression) implements ColumnMaker {}

        /** The row reference, which stands last in a base row. */
        record RowReference() implements ColumnMaker {}
    }
}
