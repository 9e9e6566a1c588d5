package io.spangraph.engine.physical;

import io.spangraph.engine.row.ColumnId;
import java.util.function.Supplier;

/**
 * Reads large columns that decide nothing after filters, joins and limits, for the rows that are left.
 *
 * <pre>{@code
 * Top: s.start LIMIT 20                        FetchColumns: s.output BY row
 *   Scan: s:Span {start, output}       =>        Top: s.start LIMIT 20
 *                                                  Scan: s:Span {start, row}
 * }</pre>
 *
 * The references come with the rows from the one scan that decides, so ties fall as they would. What is computed of such
 * columns waits with them. They come in before anything that asks for them, and where rows lose the order of the table
 * without becoming few: to fetch those would read pages again and again.
 */
public final class ReadLate implements PhysicalRule {
    @Override
    public String summary() {
        return "Reads large columns that decide nothing after filters, joins and limits, for the rows that are left.";
    }

    @Override
    public PhysicalPlan apply(PhysicalPlan plan, Supplier<ColumnId> newColumns) {
        return new LateReads(newColumns).settled(plan);
    }
}
