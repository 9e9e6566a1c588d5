package io.spangraph.engine.physical;

import io.spangraph.engine.row.ColumnId;
import java.util.function.Supplier;

/**
 * Reads a table once where its rows are joined to each other inside scopes, and follows the edges by row numbers.
 *
 * <pre>{@code
 * HashJoin: c.trace_id = p.trace_id, c.far = p.key       ScopeScan: (c)-->(p) IN tenant_id, trace_id
 *   Scan: c:Span                                    =>
 *   Scan: p:Span
 * }</pre>
 *
 * Rows of a scope are neighbours in a table that is sorted by it, so that a block of rows holds both ends of nearly all of
 * its edges; scopes that lie in several places are put together by the references of their rows. The joins stay at hand
 * for a table that turns out not to be in that order.
 */
public final class ReadScopeOnce implements PhysicalRule {
    @Override
    public String summary() {
        return "Reads a table once where its rows are joined to each other inside scopes, and follows the edges by row"
                + " numbers.";
    }

    @Override
    public PhysicalPlan apply(PhysicalPlan plan, Supplier<ColumnId> newColumns) {
        return ScopePatterns.replacing(plan, ScopePatterns::ofJoins);
    }
}
