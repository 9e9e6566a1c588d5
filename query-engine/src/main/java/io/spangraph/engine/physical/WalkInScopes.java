package io.spangraph.engine.physical;

import io.spangraph.engine.row.ColumnId;
import java.util.function.Supplier;

/**
 * Reads a table once where walks of any length stay inside scopes, and follows their edges by row numbers.
 *
 * <pre>{@code
 * VarExpand: (a)<-[:CHILD_OF*0..]-(d)       ScopeScan: (a:Span), a<-[:CHILD_OF*0..]-(d:Span) IN tenant_id, trace_id
 *   Scan: a:Span                      =>
 *   Scan: :CHILD_OF
 *   Scan: :Span
 *   Scan: d:Span
 * }</pre>
 *
 * What {@link ReadScopeOnce} says of hops is true of walks: a block holds whole scopes, and a walk never leaves the scope
 * of its start. Nothing of the table is kept. Hops beside a walk become part of the same scan.
 */
public final class WalkInScopes implements PhysicalRule {
    @Override
    public String summary() {
        return "Reads a table once where walks of any length stay inside scopes, and follows their edges by row numbers.";
    }

    @Override
    public PhysicalPlan apply(PhysicalPlan plan, Supplier<ColumnId> newColumns) {
        return ScopePatterns.replacing(plan, ScopePatterns::ofWalks);
    }
}
