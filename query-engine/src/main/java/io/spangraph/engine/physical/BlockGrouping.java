package io.spangraph.engine.physical;

import io.spangraph.engine.physical.PhysicalPlan.AggregateColumn;
import io.spangraph.engine.physical.PhysicalPlan.Computed;
import io.spangraph.engine.row.ColumnId;
import java.util.List;

/**
 * Groups what a pattern inside scopes finds by the row of one of its variables. Such a row is in one block, and so are all
 * rows of its groups: they are complete when the block is, and nobody else has to hold them.
 *
 * @param side the variable, which is bound in every row of the pattern
 * @param rows columns that are row numbers of sides, null where an optional part found nothing
 * @param projections what is computed of the pattern's columns and of row numbers, one after the other; the last one
 *     gives the items of groups
 * @param values items that tell groups of one row apart
 * @param keys items that a group has from its first row
 * @param aggregates over the items
 */
public record BlockGrouping(
        int side,
        List<SideRow> rows,
        List<List<Computed>> projections,
        List<ColumnId> values,
        List<ColumnId> keys,
        List<AggregateColumn> aggregates) {
    public BlockGrouping {
        rows = List.copyOf(rows);
        projections = projections.stream().map(List::copyOf).toList();
        values = List.copyOf(values);
        keys = List.copyOf(keys);
        aggregates = List.copyOf(aggregates);
    }

    /** A column that holds the number of a side's row. */
    public record SideRow(ColumnId column, int side) {}

    List<ColumnId> columns() {
        return PhysicalInputs.joined(
                keys, aggregates.stream().map(AggregateColumn::column).toList());
    }
}
